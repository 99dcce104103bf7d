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

    public bool UsesHost(EndpointTable endpoints) => Members.Any(member => endpoints[member].IsHostNetwork);

    /// <summary>All endpoints of a map as groups, hostNetwork pods among them, by namespace, name and kind.</summary>
    public static EndpointGroup[] Create(ReachabilityMap map, GroupBy by) => Create(map, by, (_, members) => !AreAlike(map, members));

    /// <param name="map">Whose endpoints to group.</param>
    /// <param name="by">What a group stands for.</param>
    /// <param name="standApart">By workload: whether its members, the pods of this owner, are groups of their own.</param>
    public static EndpointGroup[] Create(ReachabilityMap map, GroupBy by, Func<ObjectReference, int[], bool> standApart)
    {
        var groups = by switch
        {
            GroupBy.Pod => Enumerable.Range(0, map.Endpoints.PodCount).Select(i => Create(map, AsPod(map.Endpoints[i]), [i])),
            GroupBy.Namespace => Enumerable.Range(0, map.Endpoints.PodCount)
                .GroupBy(i => map.Endpoints[i].Namespace)
                .Select(ns => Create(map, ConnectionEnd.InCluster(ns.Key, ns.Key, Namespace.KindName), [.. ns])),
            _ => Enumerable.Range(0, map.Endpoints.PodCount)
                .GroupBy(i => map.Endpoints[i].Owner)
                .SelectMany(owner => OfOneOwner(map, owner.Key, [.. owner], standApart)),
        };
        return [.. ConnectionEnd.InOrder(groups, static group => group.End)];
    }

    /// <summary>The position of the group that each endpoint in the cluster belongs to.</summary>
    public static int[] IndexByMember(EndpointGroup[] groups, EndpointTable endpoints)
    {
        var index = new int[endpoints.PodCount];
        for (var g = 0; g < groups.Length; g++)
        {
            foreach (var member in groups[g].Members)
                index[member] = g;
        }

        return index;
    }

    /// <summary>Whether no policy tells these apart.</summary>
    public static bool AreAlike(ReachabilityMap map, int[] members) =>
        members.All(member => map.Classes.ClassOf(member) == map.Classes.ClassOf(members[0]));

    private static IEnumerable<EndpointGroup> OfOneOwner(
        ReachabilityMap map, ObjectReference owner, int[] members, Func<ObjectReference, int[], bool> standApart)
    {
        if (!standApart(owner, members))
            return [Create(map, ConnectionEnd.InCluster(owner.Namespace!, owner.Name, owner.Kind), members)];
        return members.Select(member => Create(map, AsPod(map.Endpoints[member]), [member]));
    }

    private static ConnectionEnd AsPod(Endpoint endpoint) => endpoint.PodName is { } pod
        ? ConnectionEnd.InCluster(endpoint.Namespace, pod, Pod.KindName)
        : ConnectionEnd.InCluster(endpoint.Namespace, endpoint.Owner.Name, endpoint.Owner.Kind);

    public static EndpointGroup Create(ReachabilityMap map, ConnectionEnd end, int[] members) =>
        new(end, members, [.. members.Select(map.Classes.ClassOf).Distinct()]);
}
