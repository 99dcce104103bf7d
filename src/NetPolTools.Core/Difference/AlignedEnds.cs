using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;

namespace NetPolTools.Difference;

/// <summary>
/// The same ends on two sides, by the same numbers. Pods of one owner that policies distinguish, on either side, are ends of their own where both
/// sides have pods of the same names; otherwise, as after a rollout or from manifests to a cluster, they are one, with the ports of any of them.
/// </summary>
internal sealed class AlignedEnds
{
    private AlignedEnds(EndpointGroup[] before, EndpointGroup[] after)
    {
        Before = before;
        After = after;
    }

    public int Count => Before.Length;

    /// <summary>Without members where the end is only on the other side.</summary>
    public EndpointGroup[] Before { get; }

    /// <inheritdoc cref="Before"/>
    public EndpointGroup[] After { get; }

    public static AlignedEnds Create(ReachabilityMap before, ReachabilityMap after, GroupBy by)
    {
        var ownersBefore = Owners(before);
        var ownersAfter = Owners(after);
        var groupsBefore = Create(before, by, ownersAfter);
        var groupsAfter = Create(after, by, ownersBefore);
        var ends = ConnectionEnd.InOrder(groupsBefore.Keys.Union(groupsAfter.Keys), static end => end).ToArray();
        return new AlignedEnds([.. ends.Select(end => In(groupsBefore, end))], [.. ends.Select(end => In(groupsAfter, end))]);

        static EndpointGroup In(Dictionary<ConnectionEnd, EndpointGroup> groups, ConnectionEnd end) =>
            groups.GetValueOrDefault(end) ?? new EndpointGroup(end, [], []);
    }

    public ConnectionEnd EndOf(int number) => Before[number].End;

    public EndStatus StatusOf(int number) =>
        Before[number].Members.Length == 0 ? EndStatus.Added : After[number].Members.Length == 0 ? EndStatus.Removed : EndStatus.Kept;

    private static Dictionary<ConnectionEnd, EndpointGroup> Create(ReachabilityMap map, GroupBy by, Dictionary<ObjectReference, OwnedPods> otherSide)
    {
        return EndpointGroup.Create(map, by, StandApart)
            .GroupBy(static group => group.End)
            .ToDictionary(static same => same.Key, same => same.Count() == 1 ? same.First() : Merge(map, same));

        bool StandApart(ObjectReference owner, int[] members)
        {
            var own = OwnedPods.Create(map, members);
            if (!otherSide.TryGetValue(owner, out var other))
                return !own.AreAlike;
            return !(own.AreAlike && other.AreAlike) && own.Names.SetEquals(other.Names);
        }
    }

    /// <summary>Several templates of one owner that is not in the input have no names of their own.</summary>
    private static EndpointGroup Merge(ReachabilityMap map, IGrouping<ConnectionEnd, EndpointGroup> same) =>
        EndpointGroup.Create(map, same.Key, [.. same.SelectMany(static group => group.Members).Order()]);

    private static Dictionary<ObjectReference, OwnedPods> Owners(ReachabilityMap map) => Enumerable.Range(0, map.Endpoints.PodCount)
        .GroupBy(i => map.Endpoints[i].Owner)
        .ToDictionary(static owner => owner.Key, owner => OwnedPods.Create(map, [.. owner]));

    /// <param name="Names">Null for a template.</param>
    /// <param name="AreAlike">Whether no policy tells them apart.</param>
    private sealed record OwnedPods(HashSet<string?> Names, bool AreAlike)
    {
        public static OwnedPods Create(ReachabilityMap map, int[] members) =>
            new([.. members.Select(member => map.Endpoints[member].PodName)], EndpointGroup.AreAlike(map, members));
    }
}
