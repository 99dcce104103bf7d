using NetPolTools.Difference;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;

namespace NetPolTools.Causes;

/// <summary>Everything but the policies of <see cref="PairedPolicies"/>: each workload with its pods, the network plugin, and any other object.</summary>
internal sealed class PairedObjects : IPairedParts
{
    private static readonly ObjectReference Plugin = new(SnapshotChange.PluginKind, null, "");

    private readonly Dictionary<ObjectReference, KubernetesObject[]> _before;
    private readonly Dictionary<ObjectReference, KubernetesObject[]> _after;
    private readonly Dictionary<ObjectReference, string> _translatedBefore;
    private readonly Dictionary<ObjectReference, string> _translatedAfter;
    private readonly ObjectReference[] _references;

    /// <param name="before">The earlier state, compiled.</param>
    /// <param name="after">The later one.</param>
    /// <param name="isElsewhere">Which objects are left out.</param>
    public PairedObjects(ReachabilityMap before, ReachabilityMap after, Predicate<KubernetesObject> isElsewhere)
    {
        (_before, _after) = (Parts(before.Snapshot, isElsewhere), Parts(after.Snapshot, isElsewhere));
        (_translatedBefore, _translatedAfter) = (Translated(before), Translated(after));
        _references = [.. _before.Keys.Union(_after.Keys)];
    }

    public int Count => _references.Length;

    public bool[] Relevant(RelevantObjects relevant) => Array.ConvertAll(
        _references,
        reference => (_before.TryGetValue(reference, out var was) && relevant.Contains(reference, was))
            || (_after.TryGetValue(reference, out var becomes) && relevant.Contains(reference, becomes)));

    public bool[] Changed(bool[]? asked)
    {
        var areChanged = new bool[Count];
        for (var i = 0; i < areChanged.Length; i++)
            areChanged[i] = (asked is null || asked[i]) && !AreSame(_references[i]);
        return areChanged;
    }

    public KubernetesObject[] Before(int part) => _before.GetValueOrDefault(_references[part], []);

    public KubernetesObject[] After(int part) => _after.GetValueOrDefault(_references[part], []);

    public ObjectReference Reference(int part) => _references[part];

    private bool AreSame(ObjectReference reference) =>
        _before.TryGetValue(reference, out var was) && _after.TryGetValue(reference, out var becomes) && (was[0], becomes[0]) switch
        {
            (NetworkPolicy a, NetworkPolicy b) => PolicyContent.AreSame(a, b),
            (PolicyObject, PolicyObject) when _translatedBefore.TryGetValue(reference, out var a) && _translatedAfter.TryGetValue(reference, out var b) =>
                a == b,
            _ => ObjectContent.Of(was) is { } a && a == ObjectContent.Of(becomes),
        };

    private static Dictionary<ObjectReference, KubernetesObject[]> Parts(ClusterSnapshot snapshot, Predicate<KubernetesObject> isElsewhere)
    {
        var owners = new OwnerChains(snapshot.Workloads);
        return snapshot.Objects().Where(found => found is not Namespace { IsOnlyMentioned: true } && !isElsewhere(found))
            .GroupBy(found => found switch
            {
                PluginTrace => Plugin,
                Pod or Workload => owners.OwnerOf(found),
                _ => found.Reference,
            })

            // The workload itself comes before its pods: it is what people change.
            .ToDictionary(static part => part.Key, static part => part.OrderBy(static found => found is Pod).ToArray());
    }

    private static Dictionary<ObjectReference, string> Translated(ReachabilityMap map) => map.Stack.Policies
        .GroupBy(static policy => policy.Origin.Reference)
        .ToDictionary(static policies => policies.Key, TieredContent.Of);
}
