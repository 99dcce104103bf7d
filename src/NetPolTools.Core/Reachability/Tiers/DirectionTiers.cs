using System.Collections.Concurrent;
using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// The policies beside NetworkPolicies in one direction: which of them each class of endpoints is under, and what they come to. Thread safe.
/// </summary>
internal sealed class DirectionTiers
{
    // Beyond so many policies that may select a subject or not, each of their rules is taken to match or not by itself, which finds undetermined a little
    // more than is.
    private const int MostOpen = 6;

    private readonly TieredPolicyCompiler _compiler;
    private readonly ImmutableArray<CompiledPolicy> _policies;
    private readonly Func<NetworkPolicy, ImmutableArray<CompiledPolicy>> _compile;
    private readonly EngineLayout _layout;
    private readonly PortSet _everything;
    private readonly PeerRegions _start;
    private readonly ConcurrentDictionary<object[], Lazy<NormalForm>> _forms = new(Sequence.Instance);
    private readonly ConcurrentDictionary<int, ImmutableArray<CompiledPolicy>> _networkPolicies = new();

    /// <summary>By class, the policies that select it or may; null for none.</summary>
    private PoliciesOfClass?[] _under = [];

    /// <param name="compiler">Looks up names.</param>
    /// <param name="policies">In the order of a <see cref="PolicyStack"/>.</param>
    /// <param name="compile">Gives a NetworkPolicy as one policy among others.</param>
    /// <param name="layout">Where NetworkPolicies stand.</param>
    /// <param name="everyone">All endpoints.</param>
    /// <param name="everything">All traffic that is looked at.</param>
    public DirectionTiers(
        TieredPolicyCompiler compiler,
        ImmutableArray<CompiledPolicy> policies,
        Func<NetworkPolicy, ImmutableArray<CompiledPolicy>> compile,
        EngineLayout layout,
        IndexSet everyone,
        PortSet everything)
    {
        _compiler = compiler;
        _policies = policies;
        _compile = compile;
        _layout = layout;
        _everything = everything;
        _start = PeerRegions.Start(everyone, everything);
    }

    /// <summary>Whether policies of this direction select what is no selectable pod.</summary>
    public bool SelectsOthers(int selectableCount) => _policies.Any(policy => !policy.Subjects.May.Slice(selectableCount, int.MaxValue).IsEmpty);

    /// <summary>Every set whose members the policies treat differently from others.</summary>
    public IEnumerable<IndexSet> Splitters(NamedPortIndex namedPorts)
    {
        if (_policies.Any(static policy => policy.GoesByNode))
        {
            foreach (var set in _compiler.NodeSplitters())
                yield return set;
        }

        foreach (var policy in _policies)
        {
            yield return policy.Subjects.Must;
            yield return policy.Subjects.May;
            foreach (var rule in policy.Rules)
            {
                foreach (var match in rule.Pieces.Select(static piece => piece.Peers).Append(rule.Only).Append(rule.Peers))
                {
                    yield return match.Must;
                    yield return match.May;
                }

                foreach (var (name, protocol) in rule.SubjectNames)
                {
                    foreach (var (_, pods) in namedPorts.Groups(name, protocol))
                        yield return policy.Subjects.May.Intersect(pods);
                }
            }
        }
    }

    /// <summary>Finds the policies of each class. To be called once, before anything is asked.</summary>
    public void Assign(EndpointClasses classes, int endpointCount)
    {
        // Thousands of policies may have the same subjects, and most classes are under the same policies.
        var bySubjects = _policies.Select(static (policy, position) => (policy, position))
            .GroupBy(static IndexSet (entry) => entry.policy.Subjects.May, static entry => entry.position, ReferenceEqualityComparer.Instance)
            .Select(static group => (Subjects: group.Key, Positions: group.ToArray()))
            .ToArray();
        var under = new List<object>?[endpointCount];
        foreach (var (subjects, positions) in bySubjects)
        {
            foreach (var subject in subjects)
            {
                if (classes.ClassOf(subject) == subject)
                    (under[subject] ??= []).Add(positions);
            }
        }

        var known = new Dictionary<object[], PoliciesOfClass>(Sequence.Instance);
        _under = new PoliciesOfClass?[endpointCount];
        for (var c = 0; c < endpointCount; c++)
        {
            if (under[c] is not { } positions)
                continue;
            object[] key = [.. positions];
            if (!known.TryGetValue(key, out var same))
                known.Add(key, same = new PoliciesOfClass([.. positions.SelectMany(static some => (int[])some).Order().Select(i => _policies[i])], _layout));
            _under[c] = same;
        }
    }

    /// <inheritdoc cref="TieredPolicyCompiler.PortsOn"/>
    public PortMatch PortsOn(int destination, CompiledRule rule) => _compiler.PortsOn(destination, rule);

    /// <summary>The policies that select a class, or may; in order.</summary>
    public IReadOnlyList<CompiledPolicy> Of(int ofClass) => _under[ofClass]?.All ?? [];

    /// <summary>What the policies of a class come to; null where it is under none.</summary>
    /// <param name="ofClass">The subject.</param>
    /// <param name="groups">Its NetworkPolicies.</param>
    public NormalForm? Fold(int ofClass, ReadOnlySpan<SubjectGroup> groups)
    {
        if (_under[ofClass] is not { } policies)
            return null;
        List<CompiledPolicy> mixed = !groups.IsEmpty && policies.StandBeside ? NetworkPoliciesOf(groups) : [];
        List<object> key = [policies, groups.IsEmpty];
        foreach (var policy in policies.Particular.Concat(mixed))
        {
            foreach (var (name, protocol) in policy.Rules.SelectMany(static rule => rule.SubjectNames))
                key.Add(_compiler.MeaningOn(ofClass, name, protocol));

            // Whether one policy selects the subject or only may is a matter of the subject.
            key.Add(policy.Subjects.Must.Contains(ofClass));
            foreach (var rule in policy.Rules.Where(static rule => rule.Rule.Only is not null))
                key.Add(rule.Only.Contains(ofClass) ?? (object)"perhaps");
        }

        if (policies.GoByNode)
            key.Add(_compiler.NodeOf(ofClass));
        if (mixed.Count > 0)
            key.AddRange(groups.ToArray());
        var isAround = !groups.IsEmpty && mixed.Count == 0;
        return _forms.GetOrAdd([.. key], _ => new Lazy<NormalForm>(() => Normalise(ofClass, [.. policies.All, .. mixed], isAround))).Value;
    }

    private NormalForm Normalise(int ofClass, IReadOnlyList<CompiledPolicy> policies, bool isAround)
    {
        var fold = new StackFold(_compiler, ofClass);
        if (!isAround)
            return new NormalForm(Combine(ofClass, policies, world => fold.Fold(_start, world, null)), _everything);
        var (granting, notGranting) = Combine(ofClass, policies, world => fold.FoldAround(_start, world, _layout), static (a, b) => (
            a.Granting.Beside(b.Granting), a.NotGranting.Beside(b.NotGranting)));
        return new NormalForm(granting, notGranting, _everything);
    }

    private static PeerRegions Combine(int ofClass, IReadOnlyList<CompiledPolicy> policies, Func<IReadOnlyList<CompiledPolicy>, PeerRegions> fold) =>
        Combine(ofClass, policies, fold, static (a, b) => a.Beside(b));

    /// <summary>Folds; where policies may select the subject or not, once for each way that this can be.</summary>
    private static T Combine<T>(int ofClass, IReadOnlyList<CompiledPolicy> policies, Func<IReadOnlyList<CompiledPolicy>, T> fold, Func<T, T, T> beside)
    {
        CompiledPolicy[] open = [.. policies.Where(policy => policy.Subjects.Contains(ofClass) is null)];
        if (open.Length is 0 or > MostOpen)
            return fold(policies);
        return Enumerable.Range(0, 1 << open.Length)
            .Select(selecting => fold(
            [
                .. policies
                    .Where(policy => Array.IndexOf(open, policy) is var at && (at < 0 || (selecting & (1 << at)) != 0))
                    .Select(static policy => policy with { Subjects = new EndpointMatch(policy.Subjects.May) }),
            ]))
            .Aggregate(beside);
    }

    /// <summary>How the traffic between one subject and one peer is decided, rule by rule; null where the subject is under none of these policies.</summary>
    /// <param name="ofClass">The subject.</param>
    /// <param name="peer">The other end.</param>
    /// <param name="groups">The subject's NetworkPolicies.</param>
    public TierTrace? Trace(int ofClass, int peer, ReadOnlySpan<SubjectGroup> groups)
    {
        if (_under[ofClass] is null)
            return null;
        var (policies, main) = StackOf(ofClass, groups);
        var trace = new TierTrace(peer);
        var start = PeerRegions.Start(IndexSet.Range(peer, peer + 1), _everything);
        new StackFold(_compiler, ofClass, trace).Fold(start, policies, main);
        trace.Finish(Combine(ofClass, policies, world => new StackFold(_compiler, ofClass).Fold(start, world, main)));
        return trace;
    }

    /// <summary>What denies a pod to come, of which the namespace alone is known, traffic with a pod of which nothing is known; empty where something
    /// allows it.</summary>
    public IReadOnlyList<string> DeniesToCome(Namespace ns, int unknownPod)
    {
        var one = IndexSet.Range(unknownPod, unknownPod + 1);
        var policies = ToCome(ns, unknownPod);
        if (policies.Length == 0)
            return [];
        var trace = new TierTrace(unknownPod);
        trace.Finish(new StackFold(_compiler, unknownPod, trace).Fold(PeerRegions.Start(one, _everything), policies, null));
        return trace.State.Allowed.IsEmpty
            ? [.. trace.Decisions.Where(static decision => decision.Action == RuleAction.Deny)
                .Select(static decision => decision.Policy.Policy.Origin.Reference.ToString()).Distinct()]
            : [];
    }

    /// <summary>
    /// The policies above NetworkPolicies that allow a pod to come, of which the namespace alone is known, some traffic whatever NetworkPolicies say; or may,
    /// where it depends on the pod's labels.
    /// </summary>
    public IReadOnlyList<string> AllowsToCome(Namespace ns, int unknownPod)
    {
        CompiledPolicy[] policies = [.. ToCome(ns, unknownPod).Where(policy => policy.Policy.Rank.CompareTo(_layout.NetworkPolicies) < 0)];
        var fold = new StackFold(_compiler, unknownPod);
        var before = fold.Fold(_start, [], _layout.NetworkPolicies);
        var allowing = new List<string>();
        for (var i = 0; i < policies.Length; i++)
        {
            var after = fold.Fold(_start, policies[..(i + 1)], _layout.NetworkPolicies);
            if (after.AllowsMoreThan(before))
                allowing.Add(policies[i].Policy.Origin.Reference.ToString());
            before = after;
        }

        return [.. allowing.Distinct()];
    }

    /// <summary>The policies that select a pod to come, or may.</summary>
    private CompiledPolicy[] ToCome(Namespace ns, int unknownPod)
    {
        var one = IndexSet.Range(unknownPod, unknownPod + 1);
        return
        [
            .. _policies
                .Select(policy => (Policy: policy, Selects: PodToCome.IsSelected(policy.Policy.Subjects, ns)))
                .Where(static entry => entry.Selects != false)
                .Select(entry => entry.Policy with { Subjects = new EndpointMatch(entry.Selects == true ? one : IndexSet.Empty, one) }),
        ];
    }

    /// <summary>The policies to walk through, and where the NetworkPolicies stand that decide all that comes to them.</summary>
    private (IReadOnlyList<CompiledPolicy> Policies, PolicyRank? Main) StackOf(int ofClass, ReadOnlySpan<SubjectGroup> groups)
    {
        var policies = _under[ofClass]!;
        if (groups.IsEmpty)
            return (policies.All, null);

        // What comes behind NetworkPolicies in their tier is asked for what they leave, so their rules are told in their place among all others.
        return policies.StandBesideOrBehind ? ([.. policies.All, .. NetworkPoliciesOf(groups)], null) : (policies.All, _layout.NetworkPolicies);
    }

    private List<CompiledPolicy> NetworkPoliciesOf(ReadOnlySpan<SubjectGroup> groups)
    {
        var found = new List<CompiledPolicy>();
        foreach (var group in groups)
        {
            foreach (var (position, policy) in group.Policies)
                found.AddRange(_networkPolicies.GetOrAdd(position, (_, given) => _compile(given), policy));
        }

        return found;
    }

    /// <summary>Compares arrays item by item.</summary>
    private sealed class Sequence : IEqualityComparer<object[]>
    {
        public static readonly Sequence Instance = new();

        public bool Equals(object[]? x, object[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(object[] items)
        {
            var hash = default(HashCode);
            foreach (var item in items)
                hash.Add(item);
            return hash.ToHashCode();
        }
    }
}
