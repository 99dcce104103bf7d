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
    /// <summary>Of so few, as most clusters have, states are compiled in no time: the less of them is looked at, the better.</summary>
    public const int FewestForWhole = 1000;

    /// <summary>
    /// Where more than one part in so many matters, all are looked at: a state that is compiled already is asked sooner, as it is and under other policies,
    /// than a large part of it is compiled.
    /// </summary>
    private const int LeastLeftOut = 3;

    private readonly ClusterSnapshot _before;
    private readonly ClusterSnapshot _after;
    private readonly (KubernetesObject[] Before, KubernetesObject[] After)[] _parts;

    /// <summary>What is the same in both states, as each of them has it.</summary>
    private readonly List<KubernetesObject> _unchangedBefore = [];
    private readonly List<KubernetesObject> _unchanged = [];
    private ClusterSnapshot? _few;
    private ClusterSnapshot? _fewBefore;

    /// <param name="before">The earlier state, compiled.</param>
    /// <param name="after">The later one.</param>
    /// <param name="relevant">What can matter: what matters in neither state is no change to be undone. Null where everything does.</param>
    /// <param name="fewestForWhole">Where there are less parts, those that cannot matter are left out however few these are.</param>
    public SnapshotChanges(ReachabilityMap before, ReachabilityMap after, RelevantObjects? relevant, int fewestForWhole = FewestForWhole)
    {
        (_before, _after) = (before.Snapshot, after.Snapshot);
        IPairedParts[] parts =
        [
            new PairedObjects(before, after, static found => found is NetworkPolicy policy && HasOwnName(policy)),
            new PairedPolicies([.. _before.NetworkPolicies.Where(HasOwnName)], [.. _after.NetworkPolicies.Where(HasOwnName)]),
        ];
        var matter = relevant is null ? null : Array.ConvertAll(parts, found => found.Relevant(relevant));
        var all = parts.Sum(static found => found.Count);
        var areMany = matter is null
            || (all >= fewestForWhole && matter.Sum(static some => some.Count(static matters => matters)) * LeastLeftOut > all);
        bool[][] changed = [.. parts.Select((found, i) => found.Changed(areMany ? null : matter![i]))];

        // A change that does not matter is in no state that is tried.
        IsWhole = areMany && matter?.Zip(changed).Any(static some => some.First.Zip(some.Second).Any(static part => part is (false, true))) != true;
        ChangedPart[] changes = [.. Take(parts, IsWhole ? null : matter, changed).OrderBy(static part => part.Reference.ToString(), StringComparer.Ordinal)];
        _parts = Array.ConvertAll(changes, static part => (part.Before, part.After));
        All = Array.ConvertAll(changes, ChangeOf);
    }

    /// <summary>Whether everything is looked at.</summary>
    public bool IsWhole { get; }

    /// <summary>By kind, namespace and name.</summary>
    public IReadOnlyList<SnapshotChange> All { get; }

    /// <summary>What is looked at of the later state: the very same state where that is all of it.</summary>
    public ClusterSnapshot Few => _few ??= IsWhole ? _after : _after.Of(_unchanged.Concat(_parts.SelectMany(static part => part.After)));

    /// <summary>The same of the earlier one.</summary>
    private ClusterSnapshot FewBefore => _fewBefore ??= IsWhole ? _before : _before.Of(_unchangedBefore.Concat(_parts.SelectMany(static part => part.Before)));

    /// <summary>Whether a state is looked at as it was or has become: others share with it what is not undone.</summary>
    public bool IsShared(ClusterSnapshot state) => ReferenceEquals(state, _few) || ReferenceEquals(state, _fewBefore);

    /// <summary>What is looked at of the later state, with some changes undone.</summary>
    /// <param name="undone">Positions in <see cref="All"/>.</param>
    public ClusterSnapshot Without(IReadOnlyCollection<int> undone)
    {
        if (WithOtherPolicies(Few, undone.Select(i => (_parts[i].After, _parts[i].Before))) is { } likeAfter)
            return likeAfter;
        var isUndone = undone.ToHashSet();
        return LikeBefore(isUndone) ?? _after.Of(_unchanged.Concat(_parts.SelectMany((part, i) => isUndone.Contains(i) ? part.Before : part.After)));
    }

    /// <summary>The whole of the later state, with some changes undone.</summary>
    /// <param name="undone">Positions in <see cref="All"/>.</param>
    public ClusterSnapshot WholeWithout(IReadOnlyCollection<int> undone)
    {
        if (IsWhole)
            return Without(undone);
        if (WithOtherPolicies(_after, undone.Select(i => (_parts[i].After, _parts[i].Before))) is { } likeAfter)
            return likeAfter;
        var gone = new HashSet<KubernetesObject>(undone.SelectMany(i => _parts[i].After), ReferenceEqualityComparer.Instance);
        return _after.Of(_after.Objects().Where(found => !gone.Contains(found)).Concat(undone.SelectMany(i => _parts[i].Before)));
    }

    /// <summary>A policy that no other policy of its state has the name of.</summary>
    private static bool HasOwnName(NetworkPolicy policy) => policy.Name.Length > 0 && !policy.Metadata.IsNameGenerated;

    /// <summary>
    /// Where policies are all that is not undone, the earlier state under these; null where more is. States of other versions of Kubernetes are not alike.
    /// </summary>
    private ClusterSnapshot? LikeBefore(HashSet<int> isUndone) => _before.KubernetesVersion == _after.KubernetesVersion
        ? WithOtherPolicies(FewBefore, _parts.Where((_, i) => !isUndone.Contains(i)).Select(static part => (part.Before, part.After)))
        : null;

    /// <summary>A state in which NetworkPolicies alone are changed, so that it shares everything else; null where other objects are.</summary>
    private static ClusterSnapshot? WithOtherPolicies(ClusterSnapshot state, IEnumerable<(KubernetesObject[] Gone, KubernetesObject[] Added)> changes)
    {
        (KubernetesObject[] Gone, KubernetesObject[] Added)[] changed = [.. changes];
        if (changed.Length == 0)
            return state;
        if (!changed.All(part => part.Gone.Concat(part.Added).All(found => found is NetworkPolicy policy && state.KeepsNamespace(policy.Namespace))))
            return null;
        var gone = new HashSet<KubernetesObject>(changed.SelectMany(static part => part.Gone), ReferenceEqualityComparer.Instance);
        return state.WithOnly(
            [.. state.NetworkPolicies.Where(policy => !gone.Contains(policy)), .. changed.SelectMany(static part => part.Added).Cast<NetworkPolicy>()]);
    }

    /// <summary>Remembers what is the same.</summary>
    /// <param name="parts">Of both states.</param>
    /// <param name="kept">Which of them are looked at; null for all.</param>
    /// <param name="changed">Which of them are changed.</param>
    /// <returns>What is changed.</returns>
    private List<ChangedPart> Take(IPairedParts[] parts, bool[][]? kept, bool[][] changed)
    {
        var changes = new List<ChangedPart>();
        for (var i = 0; i < parts.Length; i++)
        {
            for (var part = 0; part < parts[i].Count; part++)
            {
                if (kept?[i][part] == false)
                    continue;
                if (changed[i][part])
                {
                    changes.Add(new ChangedPart(parts[i].Reference(part), parts[i].Before(part), parts[i].After(part)));
                    continue;
                }

                _unchangedBefore.AddRange(parts[i].Before(part));
                _unchanged.AddRange(parts[i].After(part));
            }
        }

        return changes;
    }

    private static SnapshotChange ChangeOf(ChangedPart part)
    {
        var (reference, was, becomes) = part;
        var kind = was.Length == 0 ? ChangeOfObject.Added : becomes.Length == 0 ? ChangeOfObject.Removed : ChangeOfObject.Changed;
        return new SnapshotChange(
            kind,
            reference,
            kind == ChangeOfObject.Changed ? [.. ChangeDetails.Between(was, becomes)] : [],
            (becomes.Length > 0 ? becomes : was)[0].Location);
    }

    private readonly record struct ChangedPart(ObjectReference Reference, KubernetesObject[] Before, KubernetesObject[] After);
}
