using NetPolTools.Difference;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;

namespace NetPolTools.Causes;

/// <summary>
/// What is different between two states of a cluster, in parts that can be undone one by one: each policy, Namespace, Service and other object, each
/// workload with its pods, and the network plugin.
/// </summary>
internal sealed class SnapshotChanges
{
    private static readonly ObjectReference Plugin = new(SnapshotChange.PluginKind, null, "");

    private readonly ClusterSnapshot _after;
    private readonly bool _isWhole;
    private readonly List<KubernetesObject> _unchanged = [];
    private readonly List<(KubernetesObject[] Before, KubernetesObject[] After)> _parts = [];
    private readonly List<SnapshotChange> _changes = [];
    private ClusterSnapshot? _few;

    /// <param name="before">The earlier state, compiled.</param>
    /// <param name="after">The later one.</param>
    /// <param name="matters">Whether a part of a state is looked at: one that is not in either state is left out.</param>
    public SnapshotChanges(ReachabilityMap before, ReachabilityMap after, Func<ObjectReference, IEnumerable<KubernetesObject>, bool> matters)
    {
        _after = after.Snapshot;
        var (earlier, later) = (Parts(before.Snapshot), Parts(after.Snapshot));
        _isWhole = Keep(earlier, later, matters);
        var (translatedBefore, translatedAfter) = (Translated(before), Translated(after));
        var changed = new List<ObjectReference>();
        foreach (var reference in earlier.Keys.Union(later.Keys))
        {
            var (was, becomes) = (Of(earlier, reference), Of(later, reference));
            if (was.Length > 0 && becomes.Length > 0 && AreSame(reference, was, becomes))
                _unchanged.AddRange(becomes);
            else
                changed.Add(reference);
        }

        foreach (var reference in changed.OrderBy(static key => key.ToString(), StringComparer.Ordinal))
        {
            var (was, becomes) = (Of(earlier, reference), Of(later, reference));
            _parts.Add((was, becomes));
            var kind = was.Length == 0 ? ChangeOfObject.Added : becomes.Length == 0 ? ChangeOfObject.Removed : ChangeOfObject.Changed;
            _changes.Add(new SnapshotChange(
                kind,
                reference,
                kind == ChangeOfObject.Changed ? [.. ChangeDetails.Between(was, becomes)] : [],
                (becomes.Length > 0 ? becomes : was)[0].Location));
        }

        bool AreSame(ObjectReference reference, KubernetesObject[] was, KubernetesObject[] becomes) => (was[0], becomes[0]) switch
        {
            (NetworkPolicy a, NetworkPolicy b) => PolicyContent.AreSame(a, b),
            (PolicyObject, PolicyObject) when translatedBefore.TryGetValue(reference, out var a) && translatedAfter.TryGetValue(reference, out var b) => a == b,
            _ => ObjectContent.Of(was) is { } a && a == ObjectContent.Of(becomes),
        };
    }

    /// <summary>By kind, namespace and name.</summary>
    public IReadOnlyList<SnapshotChange> All => _changes;

    /// <summary>What is looked at of the later state: the very same state where that is all of it.</summary>
    public ClusterSnapshot Few => _few ??= _isWhole ? _after : _after.Of(_unchanged.Concat(_parts.SelectMany(static part => part.After)));

    /// <summary>The same with some changes undone.</summary>
    /// <param name="undone">Positions in <see cref="All"/>.</param>
    public ClusterSnapshot Without(IReadOnlyCollection<int> undone)
    {
        if (Undone(Few, undone) is { } known)
            return known;
        var isUndone = undone.ToHashSet();
        return _after.Of(_unchanged.Concat(_parts.SelectMany((part, i) => isUndone.Contains(i) ? part.Before : part.After)));
    }

    /// <summary>The whole of the later state, with some changes undone.</summary>
    /// <param name="undone">Positions in <see cref="All"/>.</param>
    public ClusterSnapshot WholeWithout(IReadOnlyCollection<int> undone)
    {
        if (Undone(_after, undone) is { } known)
            return known;
        var gone = new HashSet<KubernetesObject>(undone.SelectMany(i => _parts[i].After), ReferenceEqualityComparer.Instance);
        return _after.Of(_after.Objects().Where(found => !gone.Contains(found)).Concat(undone.SelectMany(i => _parts[i].Before)));
    }

    /// <summary>A state with some changes undone where these are of NetworkPolicies alone, so that it shares everything else; null for others.</summary>
    private ClusterSnapshot? Undone(ClusterSnapshot state, IReadOnlyCollection<int> undone)
    {
        if (!undone.All(i => _parts[i].Before.Concat(_parts[i].After).All(found => found is NetworkPolicy policy && state.KeepsNamespace(policy.Namespace))))
            return null;
        var gone = new HashSet<KubernetesObject>(undone.SelectMany(i => _parts[i].After), ReferenceEqualityComparer.Instance);
        return state.WithOnly(
            [.. state.NetworkPolicies.Where(policy => !gone.Contains(policy)), .. undone.SelectMany(i => _parts[i].Before).Cast<NetworkPolicy>()]);
    }

    /// <summary>A part that matters in one of the states is looked at in both.</summary>
    /// <returns>Whether all are.</returns>
    private static bool Keep(
        Dictionary<ObjectReference, KubernetesObject[]> earlier,
        Dictionary<ObjectReference, KubernetesObject[]> later,
        Func<ObjectReference, IEnumerable<KubernetesObject>, bool> matters)
    {
        HashSet<ObjectReference> kept = [.. earlier.Concat(later).Where(part => matters(part.Key, part.Value)).Select(static part => part.Key)];
        var areAll = earlier.Keys.All(kept.Contains) && later.Keys.All(kept.Contains);
        foreach (var state in areAll ? [] : new[] { earlier, later })
        {
            foreach (var reference in state.Keys.Where(reference => !kept.Contains(reference)))
                state.Remove(reference);
        }

        return areAll;
    }

    private static KubernetesObject[] Of(Dictionary<ObjectReference, KubernetesObject[]> parts, ObjectReference reference) =>
        parts.GetValueOrDefault(reference, []);

    private static Dictionary<ObjectReference, KubernetesObject[]> Parts(ClusterSnapshot snapshot)
    {
        var owners = new OwnerChains(snapshot.Workloads);
        return snapshot.Objects().Where(static found => found is not Namespace { IsOnlyMentioned: true })
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
