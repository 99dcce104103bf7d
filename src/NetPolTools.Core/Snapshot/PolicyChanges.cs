using NetPolTools.Objects;

namespace NetPolTools.Snapshot;

/// <summary>In which NetworkPolicies alone one cluster is other than another: most of a large cluster is then the same in both.</summary>
/// <param name="Gone">Those that the one has and the other has not, each with its position in the one, ascending.</param>
/// <param name="Added">Those that the other has instead or besides, each with a position that puts it among the policies of the one where it stands.</param>
internal sealed record PolicyChanges(IReadOnlyList<(int Position, NetworkPolicy Policy)> Gone, IReadOnlyList<(int Position, NetworkPolicy Policy)> Added)
{
    /// <summary>All of them.</summary>
    public IEnumerable<NetworkPolicy> Policies => Gone.Concat(Added).Select(static found => found.Policy);

    /// <summary>
    /// Null where something else is different too, or policies stand in another order: objects and lists of them that both have are the very same ones where
    /// one cluster was made of the other.
    /// </summary>
    public static PolicyChanges? Between(ClusterSnapshot before, ClusterSnapshot after) =>
        AreAlikeBesides(before, after) ? Between(before.NetworkPolicies, after.NetworkPolicies, before.PositionOf) : null;

    /// <summary>Whether NetworkPolicies are all that may be different, as one cluster was made of the other.</summary>
    public static bool AreAlikeBesides(ClusterSnapshot before, ClusterSnapshot after) =>
        ReferenceEquals(before.Namespaces, after.Namespaces)
        && ReferenceEquals(before.Nodes, after.Nodes)
        && ReferenceEquals(before.Workloads, after.Workloads)
        && ReferenceEquals(before.Pods, after.Pods)
        && ReferenceEquals(before.PolicyObjects, after.PolicyObjects)
        && ReferenceEquals(before.ServiceAccounts, after.ServiceAccounts)
        && ReferenceEquals(before.Services, after.Services)
        && ReferenceEquals(before.ServiceEndpoints, after.ServiceEndpoints)
        && ReferenceEquals(before.Entrances, after.Entrances);

    private static PolicyChanges? Between(IReadOnlyList<NetworkPolicy> before, IReadOnlyList<NetworkPolicy> after, Func<NetworkPolicy, int> positionOf)
    {
        List<(int, NetworkPolicy)> gone = [], added = [];
        var (next, waiting) = (0, 0);
        for (var i = 0; i < after.Count; i++)
        {
            var position = next < before.Count && ReferenceEquals(before[next], after[i]) ? next : positionOf(after[i]);
            if (position < 0)
            {
                added.Add((next + waiting++, after[i]));
                continue;
            }

            // What stands between two that stayed has to have a position between theirs.
            if (position < next + waiting)
                return null;
            for (; next < position; next++)
                gone.Add((next, before[next]));
            (next, waiting) = (position + 1, 0);
        }

        for (; next < before.Count; next++)
            gone.Add((next, before[next]));
        return new PolicyChanges(gone, added);
    }
}
