using System.Runtime.InteropServices;
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
    private readonly GroupBy _by;

    private AlignedEnds(EndpointGroup[] before, EndpointGroup[] after, GroupBy by)
    {
        Before = before;
        After = after;
        _by = by;
    }

    public int Count => Before.Length;

    /// <summary>Without members where the end is only on the other side.</summary>
    public EndpointGroup[] Before { get; }

    /// <inheritdoc cref="Before"/>
    public EndpointGroup[] After { get; }

    /// <summary>The classes by which the side before was grouped alone; null where both were looked at.</summary>
    private EndpointClasses? Classes { get; init; }

    /// <param name="before">One side.</param>
    /// <param name="after">The other.</param>
    /// <param name="by">What an end stands for.</param>
    /// <param name="known">Those of the side before and others, which are taken where they are the same; null for none.</param>
    public static AlignedEnds Create(ReachabilityMap before, ReachabilityMap after, GroupBy by, AlignedEnds? known = null)
    {
        if (known is not null && known._by == by && known.Classes == before.Classes && ReferenceEquals(before.Endpoints, after.Endpoints)
            && known.With(after) is { } same)
        {
            return same;
        }

        if (ReferenceEquals(before.Endpoints, after.Endpoints))
            return OfSamePods(before, after, by);
        var (ownersBefore, ownersAfter) = by == GroupBy.Workload ? (Owners(before), Owners(after)) : ([], []);
        var ofBefore = EndpointGroup.Create(before, by, (owner, members) => StandApart(before, members, after, ownersAfter.GetValueOrDefault(owner)));
        var ofAfter = EndpointGroup.Create(after, by, (owner, members) => StandApart(after, members, before, ownersBefore.GetValueOrDefault(owner)));

        // Both are in the order of listings already.
        var (endsBefore, endsAfter) = (new List<EndpointGroup>(ofBefore.Length), new List<EndpointGroup>(ofBefore.Length));
        for (int b = 0, a = 0; b < ofBefore.Length || a < ofAfter.Length;)
        {
            var order = b == ofBefore.Length ? 1 : a == ofAfter.Length ? -1 : ConnectionEnd.Compare(ofBefore[b].End, ofAfter[a].End);
            var end = order <= 0 ? ofBefore[b].End : ofAfter[a].End;
            endsBefore.Add(order <= 0 ? Next(before, ofBefore, ref b) : new EndpointGroup(end, [], []));
            endsAfter.Add(order >= 0 ? Next(after, ofAfter, ref a) : new EndpointGroup(end, [], []));
        }

        return new AlignedEnds([.. endsBefore], [.. endsAfter], by);
    }

    /// <summary>The same where both sides have the very same endpoints, and only policies may be others.</summary>
    private static AlignedEnds OfSamePods(ReachabilityMap before, ReachabilityMap after, GroupBy by)
    {
        var groups = EndpointGroup.Create(
            before, by, (_, members) => !(EndpointGroup.AreAlike(before, members) && EndpointGroup.AreAlike(after, members)));
        var ends = new List<EndpointGroup>(groups.Length);
        for (var position = 0; position < groups.Length;)
            ends.Add(Next(before, groups, ref position));
        EndpointGroup[] ofBefore = [.. ends];
        return before.Classes == after.Classes
            ? new AlignedEnds(ofBefore, ofBefore, by) { Classes = before.Classes }
            : new AlignedEnds(ofBefore, Array.ConvertAll(ofBefore, group => group.In(after)), by);
    }

    /// <summary>The ends of the side before beside those of another state of the same endpoints; null where that one tells pods of an end apart.</summary>
    private AlignedEnds? With(ReachabilityMap after)
    {
        if (after.Classes == Classes)
            return this;
        var ends = new EndpointGroup[Count];
        for (var end = 0; end < ends.Length; end++)
        {
            ends[end] = Before[end].In(after);
            if (_by == GroupBy.Workload && ends[end].Classes.Length != Before[end].Classes.Length)
                return null;
        }

        return new AlignedEnds(Before, ends, _by);
    }

    public ConnectionEnd EndOf(int number) => Before[number].End;

    public EndStatus StatusOf(int number) =>
        Before[number].Members.Length == 0 ? EndStatus.Added : After[number].Members.Length == 0 ? EndStatus.Removed : EndStatus.Kept;

    private static bool StandApart(ReachabilityMap map, int[] members, ReachabilityMap otherMap, List<int>? others)
    {
        var areAlike = EndpointGroup.AreAlike(map, members);
        if (others is null)
            return !areAlike;
        return !(areAlike && EndpointGroup.AreAlike(otherMap, CollectionsMarshal.AsSpan(others))) && NamesOf(map, members).SetEquals(NamesOf(otherMap, others));
    }

    /// <summary>The group at a position, and the position behind it. Several templates of one owner that is not in the input have no names of their own:
    /// they are one end.</summary>
    private static EndpointGroup Next(ReachabilityMap map, EndpointGroup[] groups, ref int position)
    {
        var first = position++;
        while (position < groups.Length && groups[position].End == groups[first].End)
            position++;
        return position == first + 1
            ? groups[first]
            : EndpointGroup.Create(map, groups[first].End, [.. groups[first..position].SelectMany(static group => group.Members).Order()]);
    }

    private static Dictionary<ObjectReference, List<int>> Owners(ReachabilityMap map)
    {
        var owners = new Dictionary<ObjectReference, List<int>>();
        for (var pod = 0; pod < map.Endpoints.PodCount; pod++)
        {
            if (!owners.TryGetValue(map.Endpoints[pod].Owner, out var members))
                owners.Add(map.Endpoints[pod].Owner, members = []);
            members.Add(pod);
        }

        return owners;
    }

    /// <summary>Null for a template.</summary>
    private static HashSet<string?> NamesOf(ReachabilityMap map, IEnumerable<int> members) => [.. members.Select(member => map.Endpoints[member].PodName)];
}
