using NetPolTools.Authoring.Inference;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.SeenTraffic;

/// <summary>What the policies of one state of a cluster say of traffic between workloads and addresses.</summary>
/// <param name="map">Of the state.</param>
/// <param name="directory">Of the same pods.</param>
internal sealed class FlowVerdicts(ReachabilityMap map, EndDirectory directory)
{
    private readonly Dictionary<TrafficEnd, int[]> _endpoints = [];

    public ReachabilityMap Map => map;

    /// <summary>The end of the same name in this state; null where it has none.</summary>
    public TrafficEnd? Find(TrafficEnd end) => directory.Find(end.Name) is { } found && EndpointsOf(found).Length > 0 ? found : null;

    /// <summary>Whether this state has both ends.</summary>
    public bool Knows(Traffic traffic) => Find(traffic.Source) is not null && Find(traffic.Destination) is not null;

    /// <summary>All endpoints of the map that an end stands for; none for addresses.</summary>
    public IndexSet All(TrafficEnd end) => directory.Find(end.Name) is not { Addresses.Count: 0 } found ? IndexSet.Empty
        : directory.MembersOf(found) is { Count: > 0 } members ? IndexSet.Of(members)
        : IndexSet.Of(EndpointsOf(found));

    /// <summary>Whether no policy is asked about any of it: a pod that reaches itself, or a node the pods that it runs.</summary>
    public bool IsFree(Traffic traffic)
    {
        var (source, destination) = (Find(traffic.Source)!, Find(traffic.Destination)!);
        return Pairs(source, destination).All(pair => IsFree(pair.From, pair.To, source, destination));
    }

    /// <summary>Whether a policy could be about it.</summary>
    public bool IsDecided(Traffic traffic)
    {
        var selectable = map.Endpoints.SelectableCount;
        return Pairs(Find(traffic.Source)!, Find(traffic.Destination)!).Any(pair => pair.From < selectable || pair.To < selectable
            || map.EgressOf(pair.From) is not null || map.IngressOf(pair.To) is not null);
    }

    /// <summary>
    /// What becomes of some ports. Where policies tell the pods of a workload apart, a port is denied that is denied between any two of them: nobody knows
    /// which of them will be there the next time.
    /// </summary>
    /// <param name="source">An end of this state.</param>
    /// <param name="destination">The same.</param>
    /// <param name="ports">Those that were seen.</param>
    public FlowVerdict Of(TrafficEnd source, TrafficEnd destination, PortSet ports)
    {
        var (allowed, denied, allowedBySome) = (ports, PortSet.None, PortSet.None);
        (int, int)? example = null;
        foreach (var (from, to) in Pairs(source, destination))
        {
            var isFree = IsFree(from, to, source, destination);
            var sure = isFree ? ports : map.Between(from, to).Intersect(ports);
            var not = isFree ? PortSet.None : ports.Except((map.AtMost ?? map).Between(from, to));
            if (example is null || (denied.IsEmpty && !not.IsEmpty) || (denied.IsEmpty && allowed.Equals(ports) && !sure.Equals(ports)))
                example = (from, to);
            allowed = allowed.Intersect(sure);
            denied = PortSet.UnionOf([denied, not]);
            allowedBySome = PortSet.UnionOf([allowedBySome, sure]);
        }

        return new FlowVerdict(allowed, denied, denied.Intersect(allowedBySome), example!.Value);
    }

    /// <summary>Endpoints of the map, at most one of each class where that makes no difference.</summary>
    private int[] EndpointsOf(TrafficEnd end)
    {
        if (_endpoints.TryGetValue(end, out var known))
            return known;
        int[] found = end.Addresses.Count > 0 ? OfAddresses(end)
            : end.Name.Kind == Listing.ConnectionEnd.IngressControllerKind ? [map.Endpoints.UnknownPod]
            : directory.MembersOf(end) is { Count: > 0 } members ? [.. members]
            : end.Name.Name is { } name ? [.. map.Endpoints.IndexesOfNamed(named => named.Name == name)]
            : [];
        var selectable = map.Endpoints.SelectableCount;
        return _endpoints[end] = [.. found.Where(pod => pod < selectable).DistinctBy(map.Classes.ClassOf), .. found.Where(pod => pod >= selectable)];
    }

    private int[] OfAddresses(TrafficEnd end)
    {
        int[] all = [.. end.Addresses.SelectMany(map.Endpoints.IndexesOfAddresses).Distinct()];
        int[] free = [.. all.Where(range => !map.Occupied.ByPods.Contains(range))];
        return free.Length > 0 ? free : all;
    }

    private IEnumerable<(int From, int To)> Pairs(TrafficEnd source, TrafficEnd destination) =>
        from a in EndpointsOf(source) from b in EndpointsOf(destination) select (a, b);

    /// <summary>Whether no policy is asked: a pod that reaches itself, or a node the pods that it runs.</summary>
    private bool IsFree(int from, int to, TrafficEnd source, TrafficEnd destination)
    {
        var endpoints = map.Endpoints;
        if (from == to && from < endpoints.PodCount && directory.MembersOf(source).Count == 1 && !endpoints[from].MayHaveReplicas)
            return true;
        if (to >= endpoints.SelectableCount || from < endpoints.SelectableCount)
            return false;
        var isOwnNode = from < endpoints.PodCount ? map.AreOnOneNode(from, to)
            : endpoints.NamedAt(from) is { } named ? named.IsOwnNode
            : source.Addresses is [var range] && range.IsSingle
                && directory.MembersOf(destination).Any(pod => endpoints[pod].NodeAddresses.Contains(range.FirstAddress));
        return isOwnNode && map.NodeReaches(to, from);
    }
}

/// <summary>What policies say of the ports of traffic.</summary>
/// <param name="Allowed">Between all pods of both ends.</param>
/// <param name="Denied">Between some.</param>
/// <param name="DeniedInPart">Those denied between some and allowed between others.</param>
/// <param name="Example">Two endpoints of the map to explain it with.</param>
internal readonly record struct FlowVerdict(PortSet Allowed, PortSet Denied, PortSet DeniedInPart, (int Source, int Destination) Example);
