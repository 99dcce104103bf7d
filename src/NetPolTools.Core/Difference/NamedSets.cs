using NetPolTools.Dialects.Calico;
using NetPolTools.Dialects.Cilium;
using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Difference;

/// <summary>
/// The sets of addresses that policies refer to, as far as the two sides do not have them in common. A policy whose text is the same means something else
/// where its set is another: then the set is the change, and not the policy.
/// </summary>
internal sealed class NamedSets
{
    /// <summary>Each is undone by itself to see what it makes of policies. Where more sets differ, policies are named instead.</summary>
    private const int Most = 50;

    private readonly DifferenceSide _after;
    private readonly Dictionary<ObjectReference, PolicyObject> _setsBefore;
    private readonly Dictionary<ObjectReference, PolicyObject> _setsAfter;
    private readonly Dictionary<ObjectReference, PolicyChange> _changes = [];

    public NamedSets(DifferenceSide before, DifferenceSide after)
    {
        _after = after;
        (_setsBefore, _setsAfter) = (SetsOf(before), SetsOf(after));
        foreach (var reference in _setsBefore.Keys.Union(_setsAfter.Keys))
        {
            if (Change(reference, _setsBefore.GetValueOrDefault(reference), _setsAfter.GetValueOrDefault(reference)) is { } change)
                _changes.Add(reference, change);
        }
    }

    /// <summary>What is different in a set, in words; nothing of other objects.</summary>
    public static IEnumerable<string> Details(PolicyObject before, PolicyObject after) => BlocksOf(before) is { } were && BlocksOf(after) is { } are
        ? [.. ChangedParts.Labels(before.Metadata.Labels, after.Metadata.Labels), .. ChangedParts.ComeAndGone(were, are)]
        : [];

    /// <summary>What is responsible where policies say something else than before.</summary>
    /// <param name="before">What the policies come to before; those alone that differ and are on both sides.</param>
    /// <param name="after">The same after.</param>
    /// <returns>The sets, and the policy itself where it is another too; of policies to which no set matters there is nothing.</returns>
    public Dictionary<ObjectReference, PolicyChange[]> Responsible(
        IReadOnlyDictionary<ObjectReference, string> before, IReadOnlyDictionary<ObjectReference, string> after)
    {
        var responsible = new Dictionary<ObjectReference, PolicyChange[]>();
        if (before.Count == 0 || _changes.Count is 0 or > Most)
            return responsible;
        var withoutAll = Without(_changes.Keys);
        ObjectReference[] concerned = [.. before.Keys.Where(policy => withoutAll.GetValueOrDefault(policy) != after[policy])];
        if (concerned.Length == 0)
            return responsible;
        var without = _changes.ToDictionary(static change => change.Key, change => Without([change.Key]));
        foreach (var policy in concerned)
        {
            PolicyChange[] sets =
            [
                .. _changes.Where(change => without[change.Key].GetValueOrDefault(policy) != after[policy]).Select(static change => change.Value),
            ];
            if (sets.Length == 0)
                continue;
            responsible.Add(
                policy,
                withoutAll.GetValueOrDefault(policy) == before[policy]
                    ? sets
                    : [new PolicyChange(PolicyChangeKind.Changed, policy.Namespace, policy.Name) { PolicyKind = policy.Kind }, .. sets]);
        }

        return responsible;
    }

    /// <summary>What policies would come to after, were some sets as before.</summary>
    private Dictionary<ObjectReference, string> Without(IEnumerable<ObjectReference> undone)
    {
        HashSet<ObjectReference> gone = [.. undone];
        var snapshot = _after.Snapshot.Of(_after.Snapshot.Objects().Where(found => !gone.Contains(found.Reference))
            .Concat(gone.Select(set => _setsBefore.GetValueOrDefault(set)).OfType<KubernetesObject>()));
        var options = _after.Map.Options;
        return TieredContent.ByPolicy(PolicyStack.Of(snapshot, options.Layout, found => !options.NotEnforced.Contains(found.Reference)));
    }

    private static Dictionary<ObjectReference, PolicyObject> SetsOf(DifferenceSide side) =>
        side.Snapshot.PolicyObjects.Where(static found => BlocksOf(found) is not null).ToDictionary(static found => found.Reference);

    private static IReadOnlyList<string>? BlocksOf(PolicyObject found) => found switch
    {
        CalicoNetworkSet set => set.Nets,
        CiliumCidrGroup group => group.Cidrs,
        _ => null,
    };

    private static PolicyChange? Change(ObjectReference reference, PolicyObject? before, PolicyObject? after)
    {
        string[] details = before is null || after is null ? [] : [.. Details(before, after)];
        if (before is not null && after is not null && details.Length == 0)
            return null;
        var kind = before is null ? PolicyChangeKind.Added : after is null ? PolicyChangeKind.Removed : PolicyChangeKind.Changed;
        return new PolicyChange(kind, reference.Namespace, reference.Name) { PolicyKind = reference.Kind, Details = details };
    }
}
