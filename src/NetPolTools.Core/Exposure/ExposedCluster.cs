using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Exposure;

/// <summary>The workloads of a cluster that are asked about.</summary>
internal sealed class ExposedCluster
{
    private readonly Func<Endpoint, bool> _asked;

    /// <param name="endpoints">Of the cluster.</param>
    /// <param name="asked">Whether a pod is asked about.</param>
    public ExposedCluster(EndpointTable endpoints, Func<Endpoint, bool> asked)
    {
        _asked = asked;
        Workloads = Asked(endpoints)
            .Select(pod => endpoints[pod])
            .GroupBy(static pod => pod.Owner)
            .ToDictionary(static pods => pods.Key, static pods => new ExposedWorkload(pods.Key, [.. pods.DistinctBy(KeyOf).Take(ExposedWorkload.MostPods)]));
    }

    public IReadOnlyDictionary<ObjectReference, ExposedWorkload> Workloads { get; }

    /// <summary>The pods that are asked about, ascending.</summary>
    public IEnumerable<int> Asked(EndpointTable endpoints) =>
        Enumerable.Range(0, endpoints.PodCount).Where(pod => !PodsToCome.IsOne(endpoints[pod]) && _asked(endpoints[pod]));

    /// <summary>What is allowed between any pod of a group and another end.</summary>
    public static ExposureValue ValueOf(ReachabilityMap map, EndpointGroup group, PolicyDirection direction, int other)
    {
        if (group.Classes.Length == 1)
            return ValueOf(map, group.Classes[0], direction, other);
        ExposureValue[] values = [.. group.Classes.Select(member => ValueOf(map, member, direction, other))];
        var ports = PortSet.UnionOf([.. values.Select(static value => value.Ports)]);
        return new ExposureValue(ports, PortSet.UnionOf([.. values.Select(static value => value.Undetermined)]).Except(ports));
    }

    /// <inheritdoc cref="ValueOf(ReachabilityMap, EndpointGroup, PolicyDirection, int)"/>
    public static ExposureValue ValueOf(ReachabilityMap map, int member, PolicyDirection direction, int other) => direction == PolicyDirection.Ingress
        ? new ExposureValue(map.Between(other, member), map.Undetermined(other, member))
        : new ExposureValue(map.Between(member, other), map.Undetermined(member, other));

    /// <summary>What policies can see of a pod. Addresses matter where blocks of addresses name them, which is looked at one by one.</summary>
    private static (LabelSet, string, string) KeyOf(Endpoint pod) => (pod.Labels, pod.Spec.ServiceAccount, string.Join(',', pod.Addresses));
}
