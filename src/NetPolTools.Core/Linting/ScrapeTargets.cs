using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Linting;

/// <summary>Which ports of which pods monitors mean.</summary>
internal sealed class ScrapeTargets(LintContext context)
{
    private readonly ILookup<string, Service> _services = context.Snapshot.Services.ToLookup(static service => service.Metadata.Namespace!);

    /// <summary>Pods that policies can select, each with the ports that are asked; none where the monitor finds nothing.</summary>
    public IReadOnlyDictionary<int, PortSet> Of(ScrapeMonitor monitor)
    {
        var found = new SortedDictionary<int, PortSet>();
        foreach (var ns in NamespacesOf(monitor))
        {
            foreach (var (pod, ports) in monitor.Kind == ScrapeMonitor.OfPods ? OfPods(monitor, ns) : OfServices(monitor, ns))
            {
                if (!ports.IsEmpty && pod < context.Endpoints.SelectableCount)
                    found[pod] = ports.Union(found.GetValueOrDefault(pod, PortSet.None));
            }
        }

        return found;
    }

    private IEnumerable<string> NamespacesOf(ScrapeMonitor monitor) => monitor.IsAnyNamespace
        ? context.Snapshot.Namespaces.Select(static ns => ns.Name)
        : monitor.Namespaces ?? [monitor.Metadata.Namespace!];

    private IEnumerable<(int Pod, PortSet Ports)> OfPods(ScrapeMonitor monitor, string ns)
    {
        var (start, end) = context.Endpoints.InNamespace(ns);
        for (var pod = start; pod < end; pod++)
        {
            if (monitor.Selector.Matches(context.Endpoints[pod].Labels))
                yield return (pod, PortSet.UnionOf([.. monitor.Ports.Select(port => OnPod(pod, port.OnPod ?? new PortNumberOrName(0, port.Name)))]));
        }
    }

    private IEnumerable<(int Pod, PortSet Ports)> OfServices(ScrapeMonitor monitor, string ns)
    {
        foreach (var service in _services[ns].Where(service => monitor.Selector.Matches(service.Metadata.Labels)))
        {
            foreach (var port in monitor.Ports)
            {
                // A name that no port of the Service has is taken for that of the pods' port, as many write it.
                var isOfService = port.Name is { } name && service.Ports.Any(served => served.Name == name);
                var onPod = port.OnPod ?? (isOfService ? null : new PortNumberOrName(0, port.Name));
                foreach (var pod in context.Services.Resolve(service, [.. service.Ports.Where(served => !isOfService || served.Name == port.Name)]).Pods)
                    yield return (pod.Endpoint, onPod is { } given ? OnPod(pod.Endpoint, given) : pod.Ports);
            }
        }
    }

    /// <summary>Metrics go over TCP.</summary>
    private PortSet OnPod(int pod, PortNumberOrName port) => port.Name is { } name
        ? NamedPortIndex.PortsOn(context.Endpoints[pod], name, Protocol.TCP)
        : port.Number is >= PortSet.MinPort and <= PortSet.MaxPort ? PortSet.Of(Protocol.TCP, port.Number) : PortSet.None;
}
