using NetPolTools.Objects;
using NetPolTools.Reachability;

namespace NetPolTools.Listing;

public enum GroupBy
{
    /// <summary>A line per workload; pods of one owner that policies distinguish stand alone.</summary>
    Workload,
    Pod,

    /// <summary>A line per namespace: allowed when any pod of it is.</summary>
    Namespace,
}

/// <summary>Endpoints that a listing shows as one.</summary>
internal sealed class EndpointGroup(ConnectionEnd end, int[] members, int[] classes)
{
    public ConnectionEnd End { get; } = end;

    /// <summary>Ascending.</summary>
    public int[] Members { get; } = members;

    /// <summary>The classes of the members, each once.</summary>
    public int[] Classes { get; } = classes;

    /// <summary>Whether pods on the host network are among them: these have the highest numbers of all pods.</summary>
    public bool UsesHost(EndpointTable endpoints) => Members is [.., var last] && last >= endpoints.SelectableCount;

    /// <summary>All endpoints of a map as groups, hostNetwork pods among them, by namespace, name and kind.</summary>
    public static EndpointGroup[] Create(ReachabilityMap map, GroupBy by) => Create(map, by, (_, members) => !AreAlike(map, members));

    /// <param name="map">Whose endpoints to group.</param>
    /// <param name="by">What a group stands for.</param>
    /// <param name="standApart">By workload: whether its members, the pods of this owner, are groups of their own.</param>
    public static EndpointGroup[] Create(ReachabilityMap map, GroupBy by, Func<ObjectReference, int[], bool> standApart) => InOrder(by switch
    {
        GroupBy.Pod => [.. Enumerable.Range(0, map.Endpoints.PodCount).Select(pod => OfPod(map, pod))],
        GroupBy.Namespace =>
        [
            .. Enumerable.Range(0, map.Endpoints.PodCount)
                .GroupBy(pod => map.Endpoints[pod].Namespace)
                .Select(ns => Create(map, ConnectionEnd.InCluster(ns.Key, ns.Key, Namespace.KindName), [.. ns])),
        ],
        _ => new GroupMaker(map, standApart).All(),
    });

    /// <summary>Those groups of <see cref="Create(ReachabilityMap, GroupBy)"/> that some pods are in, and groups of the same workloads.</summary>
    /// <param name="map">Whose endpoints to group.</param>
    /// <param name="by">By pod or by workload.</param>
    /// <param name="pods">Ascending.</param>
    public static EndpointGroup[] CreateFor(ReachabilityMap map, GroupBy by, IEnumerable<int> pods) => InOrder(by == GroupBy.Pod
        ? [.. pods.Select(pod => OfPod(map, pod))]
        : new GroupMaker(map, (_, members) => !AreAlike(map, members)).Of(pods));

    public static EndpointGroup Create(ReachabilityMap map, ConnectionEnd end, int[] members)
    {
        // Most members are classes of their own, or all of them are one class.
        if (members.Length == 1 && map.Classes.ClassOf(members[0]) == members[0])
            return new EndpointGroup(end, members, members);
        return new EndpointGroup(end, members, AreAlike(map, members)
            ? [map.Classes.ClassOf(members[0])]
            : [.. members.Select(map.Classes.ClassOf).Distinct()]);
    }

    /// <summary>The same endpoints where they may be of other classes; itself where they are not.</summary>
    /// <param name="map">Of the same endpoints as that which the group was made of.</param>
    public EndpointGroup In(ReachabilityMap map)
    {
        return Classes is [var only] && IsAll(only) ? this : Create(map, End, Members);

        bool IsAll(int ofClass)
        {
            foreach (var member in Members)
            {
                if (map.Classes.ClassOf(member) != ofClass)
                    return false;
            }

            return true;
        }
    }

    /// <summary>A pod, or a template without pods, for itself.</summary>
    public static EndpointGroup OfPod(ReachabilityMap map, int pod)
    {
        var endpoint = map.Endpoints[pod];
        var end = endpoint.PodName is { } name
            ? ConnectionEnd.InCluster(endpoint.Namespace, name, Pod.KindName)
            : ConnectionEnd.InCluster(endpoint.Namespace, endpoint.Owner.Name, endpoint.Owner.Kind);
        return Create(map, end, [pod]);
    }

    /// <summary>The position of the group that each endpoint in the cluster belongs to.</summary>
    public static int[] IndexByMember(EndpointGroup[] groups, EndpointTable endpoints)
    {
        var index = new int[endpoints.PodCount];
        for (var g = 0; g < groups.Length; g++)
        {
            foreach (var member in groups[g].Members.Where(member => member < index.Length))
                index[member] = g;
        }

        return index;
    }

    /// <summary>Whether no policy tells these apart.</summary>
    public static bool AreAlike(ReachabilityMap map, ReadOnlySpan<int> members)
    {
        foreach (var member in members)
        {
            if (map.Classes.ClassOf(member) != map.Classes.ClassOf(members[0]))
                return false;
        }

        return true;
    }

    /// <summary>They mostly are in order already, as endpoints are.</summary>
    private static EndpointGroup[] InOrder(List<EndpointGroup> groups)
    {
        for (var i = 1; i < groups.Count; i++)
        {
            if (ConnectionEnd.Compare(groups[i - 1].End, groups[i].End) > 0)
                return [.. ConnectionEnd.InOrder(groups, static group => group.End)];
        }

        return [.. groups];
    }
}
