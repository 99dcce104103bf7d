using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Services;

/// <summary>
/// Finds what a Service leads to: the ready pods its selector picks, on their target port; without a selector, what its Endpoints and
/// EndpointSlices name; for an ExternalName, the outside.
/// </summary>
public sealed class ServiceResolver
{
    // ExternalNames may lead from one to the next, and in a circle.
    private const int MaxAliases = 4;

    private readonly EndpointTable _endpoints;
    private readonly Dictionary<(string Namespace, string Name), Service> _services = [];
    private readonly ILookup<(string? Namespace, string Name), ServiceEndpoints> _endpointsOf;
    private Dictionary<NetAddress, int>? _podByAddress;
    private Dictionary<(string Namespace, string Name), int>? _podByName;

    public ServiceResolver(ClusterSnapshot snapshot, EndpointTable endpoints)
    {
        _endpoints = endpoints;
        foreach (var service in snapshot.Services)
            _services[(service.Metadata.Namespace!, service.Name)] = service;
        _endpointsOf = snapshot.ServiceEndpoints.ToLookup(static endpoints => (endpoints.Metadata.Namespace, endpoints.ServiceName));
    }

    public Service? Find(string ns, string name) => _services.GetValueOrDefault((ns, name));

    /// <summary>
    /// What clients of a Service reach. The name of a headless one gives them the pods themselves, so they may dial any port.
    /// </summary>
    /// <param name="service">The Service.</param>
    /// <param name="asked">Only these of its ports count.</param>
    public ServiceTargets Resolve(Service service, AskedPorts asked) =>
        Resolve(service, served => served.IsHeadless ? null : asked.Of(served), 0);

    /// <summary>What is behind some of a Service's ports, as an ingress controller looks them up, be the Service headless or not.</summary>
    public ServiceTargets Resolve(Service service, IReadOnlyList<ServicePort> ports) =>
        Resolve(service, served => served == service ? ports : served.IsHeadless ? null : served.Ports, 0);

    /// <param name="service">What to resolve.</param>
    /// <param name="portsOf">Those that count of a Service; null for every port of its pods.</param>
    /// <param name="aliases">How many ExternalNames led here.</param>
    private ServiceTargets Resolve(Service service, Func<Service, IReadOnlyList<ServicePort>?> portsOf, int aliases)
    {
        if (service.ExternalName is { } name)
        {
            if (aliases < MaxAliases && FindByHostName(name) is { } other)
                return Resolve(other, portsOf, aliases + 1) with { Service = service };
            return name.Length > 0
                ? new ServiceTargets(service) { OutsideName = name }
                : new ServiceTargets(service) { WhyNowhere = "its type is ExternalName and it has no externalName" };
        }

        var ports = portsOf(service);
        if (ports is { Count: 0 })
        {
            var why = service.Ports.Count == 0
                ? "it has no ports"
                : "it has no such port; its ports are "
                + string.Join(", ", service.Ports.Select(static port => port.Name.Length > 0 ? $"{port.Port} ({port.Name})" : $"{port.Port}"));
            return new ServiceTargets(service) { WhyNowhere = why };
        }

        return service.Selector is { } selector ? OfSelector(service, selector, ports) : OfEndpoints(service, ports);
    }

    private ServiceTargets OfSelector(Service service, LabelSelector selector, IReadOnlyList<ServicePort>? ports)
    {
        var picked = PodsIn(service.Metadata.Namespace!).Where(pod => selector.Matches(_endpoints[pod].Labels)).ToArray();
        if (picked.Length == 0)
            return new ServiceTargets(service) { WhyNowhere = $"no pod of its namespace matches its selector {selector}" };
        var ready = picked.Where(pod => service.PublishNotReadyAddresses || _endpoints[pod].IsReady).ToArray();
        if (ready.Length == 0)
        {
            var none = picked.Length == 1 ? "the one pod that matches" : $"none of the {picked.Length} pods that match";
            return new ServiceTargets(service) { WhyNowhere = $"{none} its selector {selector} is {(picked.Length == 1 ? "not " : "")}ready" };
        }

        var served = ready.Select(pod => new ServicePod(pod, TargetPorts(_endpoints[pod], ports), Leads(_endpoints[pod], ports)))
            .Where(static pod => !pod.Ports.IsEmpty).ToArray();
        return served.Length > 0
            ? new ServiceTargets(service) { Pods = served }
            : new ServiceTargets(service) { WhyNowhere = $"none of its pods has a container port named {Names(ports!)}" };
    }

    /// <summary>A number is any pod's; a name is looked up on each, and a pod without it is not served.</summary>
    private static PortSet TargetPorts(Endpoint pod, IReadOnlyList<ServicePort>? ports) => ports is null
        ? PortSet.All
        : ports.Select(port =>
            port.TargetPort.Name is { } name ? NamedPortIndex.PortsOn(pod, name, port.Protocol) : PortOf(port.Protocol, port.TargetPort.Number))
            .Aggregate(static (a, b) => a.Union(b));

    /// <summary>Which of the ports lead to another number on a pod.</summary>
    private static string Leads(Endpoint pod, IReadOnlyList<ServicePort>? ports) => string.Join(", ", (ports ?? [])
        .Select(port => (port.Port, Target: TargetPorts(pod, [port]), Same: PortOf(port.Protocol, port.Port)))
        .Where(static port => !port.Target.IsEmpty && !port.Target.Equals(port.Same))
        .Select(static port => $"port {port.Port} leads to {port.Target}"));

    private ServiceTargets OfEndpoints(Service service, IReadOnlyList<ServicePort>? ports)
    {
        var written = _endpointsOf[(service.Metadata.Namespace!, service.Name)].ToArray();
        if (written.Length == 0)
            return new ServiceTargets(service) { WhyNowhere = "it has no selector, and the input has no Endpoints or EndpointSlice for it" };

        var pods = new SortedDictionary<int, PortSet>();
        var outside = new SortedDictionary<NetAddress, PortSet>();
        foreach (var subset in written.SelectMany(static endpoints => endpoints.Subsets))
        {
            var open = EndpointPorts(subset, ports);
            if (open.IsEmpty)
                continue;
            foreach (var address in subset.Addresses.Where(address => address.IsReady || service.PublishNotReadyAddresses))
            {
                if (FindPod(service.Metadata.Namespace!, address) is { } pod)
                    pods[pod] = open.Union(pods.GetValueOrDefault(pod, PortSet.None));
                else if (address.Address is { } other)
                    outside[other] = open.Union(outside.GetValueOrDefault(other, PortSet.None));
            }
        }

        if (pods.Count + outside.Count == 0)
            return new ServiceTargets(service) { WhyNowhere = "it has no selector, and its Endpoints and EndpointSlices name no ready address on its ports" };
        return new ServiceTargets(service)
        {
            Pods = [.. pods.Select(static pod => new ServicePod(pod.Key, pod.Value, ""))],
            Outside = [.. outside.Select(static address => (address.Key, address.Value))],
        };
    }

    private static PortSet EndpointPorts(EndpointSubset subset, IReadOnlyList<ServicePort>? ports) => ports is null
        ? PortSet.All
        : subset.Ports.Where(endpoint => ports.Any(port => port.Name == endpoint.Name && port.Protocol == endpoint.Protocol))
            .Select(static endpoint => endpoint.Number is { } number ? PortOf(endpoint.Protocol, number) : PortSet.Of(endpoint.Protocol))
            .Aggregate(PortSet.None, static (a, b) => a.Union(b));

    private int? FindPod(string ns, EndpointAddress address)
    {
        _podByName ??= IndexPods<(string Namespace, string Name)>(pod => _endpoints[pod].PodName is { } name ? [(_endpoints[pod].Namespace, name)] : []);
        if (address.Pod is { } name && _podByName.TryGetValue((ns, name), out var pod))
            return pod;

        // The address of a hostNetwork pod is its node's, which others have too.
        _podByAddress ??= IndexPods(pod => _endpoints[pod].IsHostNetwork ? [] : _endpoints[pod].Addresses);
        return address.Address is { } known && _podByAddress.TryGetValue(known, out pod) ? pod : null;
    }

    private Dictionary<T, int> IndexPods<T>(Func<int, IEnumerable<T>> keysOf)
        where T : notnull
    {
        var index = new Dictionary<T, int>();
        for (var pod = 0; pod < _endpoints.PodCount; pod++)
        {
            foreach (var key in keysOf(pod))
                index[key] = pod;
        }

        return index;
    }

    /// <summary>Services pick hostNetwork pods too: they do not care whose address a pod has.</summary>
    private IEnumerable<int> PodsIn(string ns)
    {
        var (start, end) = _endpoints.InNamespace(ns);
        return Enumerable.Range(start, end - start).Concat(
            Enumerable.Range(_endpoints.SelectableCount, _endpoints.PodCount - _endpoints.SelectableCount).Where(pod => _endpoints[pod].Namespace == ns));
    }

    /// <summary><c>web.shop.svc</c> and <c>web.shop.svc.cluster.local</c> are the names of a Service in the cluster's own DNS.</summary>
    private Service? FindByHostName(string host)
    {
        var parts = host.TrimEnd('.').Split('.');
        return parts.Length >= 3 && parts[2] == "svc" ? Find(parts[1], parts[0]) : null;
    }

    private static PortSet PortOf(Protocol protocol, int number) =>
        number is >= PortSet.MinPort and <= PortSet.MaxPort ? PortSet.Of(protocol, number) : PortSet.None;

    private static string Names(IReadOnlyList<ServicePort> ports) =>
        string.Join(" or ", ports.Select(static port => $"{port.TargetPort} ({port.Protocol})").Distinct());
}
