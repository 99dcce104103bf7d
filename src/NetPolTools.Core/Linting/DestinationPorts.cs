using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Linting;

/// <summary>Which pods declare which ports, and which ports Services lead to on them: sets, so that rules ask about all pods at once.</summary>
internal sealed class DestinationPorts
{
    private readonly NamedPortIndex _names;
    private readonly Dictionary<(Protocol Protocol, int Port), IndexSet> _declared;
    private readonly Dictionary<(Protocol Protocol, int Port), IndexSet> _served = [];
    private readonly Dictionary<(Protocol Protocol, int Port), List<ServiceMapping>> _mappings = [];

    public DestinationPorts(ReachabilityMap map)
    {
        _names = new NamedPortIndex(map.Endpoints);
        var (declared, without) = (new Dictionary<(Protocol, int), IndexSet.Builder>(), new IndexSet.Builder());
        for (var pod = 0; pod < map.Endpoints.SelectableCount; pod++)
        {
            var ports = map.Endpoints[pod].Spec.Ports;
            if (ports.Count == 0)
                without.Add(pod);
            for (var i = 0; i < ports.Count; i++)
            {
                var port = (ports[i].Protocol, ports[i].Number);
                if (!declared.TryGetValue(port, out var pods))
                    declared.Add(port, pods = new IndexSet.Builder());
                pods.Add(pod);
            }
        }

        _declared = declared.ToDictionary(static entry => entry.Key, static entry => entry.Value.Build());
        DeclaringNone = without.Build();
        foreach (var service in map.Snapshot.Services.Where(static service => service is { Selector: not null, ExternalName: null }))
        {
            // A namespace of Services alone has no pods.
            if (map.Endpoints.FindNamespace(service.Metadata.Namespace!) is { } ns)
                Add(service, map.Peers.Pods(ns, service.Selector!));
        }
    }

    /// <summary>The pods that declare no port at all: what they listen on, nobody knows.</summary>
    public IndexSet DeclaringNone { get; }

    /// <summary>The pods that declare a port with this name, with the numbers that it has there.</summary>
    public (PortSet Ports, IndexSet Pods)[] Named(string name, Protocol protocol) => _names.Groups(name, protocol);

    /// <summary>Whether one of some pods declares a port, or one of a range.</summary>
    public bool IsDeclared(PodSets pods, Protocol protocol, int first, int last) => Has(_declared, pods, protocol, first, last);

    /// <summary>Whether a Service leads to a port of one of some pods, or to one of a range.</summary>
    public bool IsServed(PodSets pods, Protocol protocol, int first, int last) => Has(_served, pods, protocol, first, last);

    /// <summary>The Services that have a port of their own by this number, which leads to another of their pods.</summary>
    public IReadOnlyList<ServiceMapping> LeadingElsewhere(Protocol protocol, int port) =>
        _mappings.TryGetValue((protocol, port), out var all) ? all : [];

    private static bool Has(
        Dictionary<(Protocol Protocol, int Port), IndexSet> index, PodSets pods, Protocol protocol, int first, int last)
    {
        if (first == last)
            return index.TryGetValue((protocol, first), out var having) && pods.Overlaps(having);
        foreach (var ((ofProtocol, port), havingIt) in index)
        {
            if (ofProtocol == protocol && port >= first && port <= last && pods.Overlaps(havingIt))
                return true;
        }

        return false;
    }

    private static bool IsPort(int number) => number is >= PortSet.MinPort and <= PortSet.MaxPort;

    private void Add(Service service, IndexSet pods)
    {
        if (pods.IsEmpty)
            return;
        foreach (var port in service.Ports.Where(static port => IsPort(port.Port) && (port.TargetPort.Name is not null || IsPort(port.TargetPort.Number))))
        {
            var targets = port.TargetPort.Name is { } name
                ? Named(name, port.Protocol).Select(group => (group.Ports, Pods: group.Pods.Intersect(pods)))
                : [(PortSet.Of(port.Protocol, port.TargetPort.Number), pods)];
            foreach (var (numbers, having) in targets.Where(static target => !target.Pods.IsEmpty))
            {
                foreach (var (_, number, _) in numbers.Ranges())
                {
                    var key = (port.Protocol, number);
                    _served[key] = _served.TryGetValue(key, out var before) ? before.Union(having) : having;
                }

                // Who dials a headless Service dials the pods themselves.
                if (service.IsHeadless || numbers.Contains(port.Protocol, port.Port))
                    continue;
                if (!_mappings.TryGetValue((port.Protocol, port.Port), out var known))
                    _mappings.Add((port.Protocol, port.Port), known = []);
                known.Add(new ServiceMapping(service, port, numbers, having));
            }
        }
    }
}

/// <summary>That a port of a Service leads to ports of other numbers.</summary>
/// <param name="Service">Whose.</param>
/// <param name="Port">Of the Service.</param>
/// <param name="Targets">The ports of the pods.</param>
/// <param name="Pods">That have them.</param>
internal sealed record ServiceMapping(Service Service, ServicePort Port, PortSet Targets, IndexSet Pods);
