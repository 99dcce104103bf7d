using System.Collections.Concurrent;
using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// What the policies beside NetworkPolicies do in one direction with a pod to come, of which the namespace alone is known. Namespaces that the policies do not
/// tell apart share the work. Thread safe.
/// </summary>
/// <param name="compiler">Looks up names.</param>
/// <param name="policies">In the order of a <see cref="PolicyStack"/>.</param>
/// <param name="layout">Where NetworkPolicies stand.</param>
/// <param name="everything">All traffic that is looked at.</param>
/// <param name="atomsOf">What stands for peers, given whether rules are about the own node.</param>
/// <param name="unknownPod">A pod of which nothing is known.</param>
internal sealed class PoliciesToCome(
    TieredPolicyCompiler compiler, ImmutableArray<CompiledPolicy> policies, EngineLayout layout, PortSet everything, Func<bool, PeerAtoms> atomsOf,
        int unknownPod)
{
    private readonly ConcurrentDictionary<object[], Lazy<string[]>> _denying = new(ItemsComparer.Instance);
    private readonly ConcurrentDictionary<object[], Lazy<string[]>> _allowing = new(ItemsComparer.Instance);

    /// <summary>Those that deny it traffic with a pod of which nothing is known; empty where something allows it.</summary>
    public IReadOnlyList<string> Denying(Namespace ns)
    {
        var selecting = Selecting(ns);
        return selecting.Count == 0 ? [] : _denying.GetOrAdd(KeyOf(selecting), _ => new Lazy<string[]>(() => [.. FindDenying(selecting)])).Value;
    }

    /// <summary>
    /// Those asked before NetworkPolicies that allow it some traffic whatever these say; or may, where it depends on the pod's labels.
    /// </summary>
    public IReadOnlyList<string> Allowing(Namespace ns)
    {
        var selecting = Selecting(ns);
        selecting.RemoveAll(entry => policies[entry.Position].Policy.Rank.CompareTo(layout.NetworkPolicies) >= 0);
        return selecting.Count == 0 ? [] : _allowing.GetOrAdd(KeyOf(selecting), _ => new Lazy<string[]>(() => [.. FindAllowing(selecting)])).Value;
    }

    private IEnumerable<string> FindDenying(List<(int Position, bool IsCertain)> selecting)
    {
        var trace = new TierTrace(unknownPod);
        var start = PeerRegions.Start(IndexSet.Range(unknownPod, unknownPod + 1), everything);
        trace.Finish(new StackFold(compiler, unknownPod, trace).Fold(start, Stack(selecting, static policy => policy), null));
        return trace.State.Allowed.IsEmpty
            ? trace.Decisions.Where(static decision => decision.Action == RuleAction.Deny).SelectMany(static decision => decision.Policies)
                .Select(static policy => policy.Policy.Origin.Reference.ToString()).Distinct()
            : [];
    }

    private IEnumerable<string> FindAllowing(List<(int Position, bool IsCertain)> selecting)
    {
        var effects = new TierEffects(layout);
        var atoms = atomsOf(selecting.Exists(entry => policies[entry.Position].GoesByNode));
        new StackFold(compiler, unknownPod, effects).Fold(PeerRegions.Start(atoms.All, everything), Stack(selecting, atoms.Of), layout.NetworkPolicies);
        return effects.All.Where(static effect => effect.Action == RuleAction.Allow).Select(static effect => effect.Policy.Origin.Reference.ToString())
            .Distinct();
    }

    private List<(int Position, bool IsCertain)> Selecting(Namespace ns)
    {
        var found = new List<(int, bool)>();
        for (var i = 0; i < policies.Length; i++)
        {
            if (PodToCome.IsSelected(policies[i].Policy.Subjects, ns) is var selects && selects != false)
                found.Add((i, selects == true));
        }

        return found;
    }

    private CompiledPolicy[] Stack(List<(int Position, bool IsCertain)> selecting, Func<CompiledPolicy, CompiledPolicy> adapt)
    {
        var one = IndexSet.Range(unknownPod, unknownPod + 1);
        return [.. selecting.Select(entry => adapt(policies[entry.Position]) with
        {
            Subjects = new EndpointMatch(entry.IsCertain ? one : IndexSet.Empty, one),
        })];
    }

    private static object[] KeyOf(List<(int Position, bool IsCertain)> selecting) => [.. selecting];
}
