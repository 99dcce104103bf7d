using System.Collections.Concurrent;
using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// Resolves named ports: for each name and protocol, the pods that declare it, grouped by number. Thread safe.
/// </summary>
internal sealed class NamedPortIndex(EndpointTable endpoints)
{
    private readonly ConcurrentDictionary<(string Name, Protocol Protocol), Lazy<(PortSet Ports, IndexSet Pods)[]>> _groups = [];

    /// <summary>Pods without this name are in no group.</summary>
    public (PortSet Ports, IndexSet Pods)[] Groups(string name, Protocol protocol) =>
        (_groups.TryGetValue((name, protocol), out var known) ? known : _groups.GetOrAdd((name, protocol), Later(name, protocol))).Value;

    /// <summary>A name may stand in several containers of a pod; each port it leads to is meant. A pool remembers what many have.</summary>
    public static PortSet PortsOn(Endpoint endpoint, string name, Protocol protocol, PortSetPool? pool = null) => PortsOn(endpoint.Spec, name, protocol, pool);

    private static PortSet PortsOn(PodSpec spec, string name, Protocol protocol, PortSetPool? pool = null)
    {
        if (spec.NamesAnyPort)
            return PortSet.Of(protocol);
        var found = PortSet.None;
        for (var i = 0; i < spec.Ports.Count; i++)
        {
            var port = spec.Ports[i];
            if (port.Name == name && port.Protocol == protocol)
                found = found.Union(pool?.Of(protocol, port.Number, port.Number) ?? PortSet.Of(protocol, port.Number));
        }

        return found;
    }

    // Threads that ask for the same name at the same time wait for one of them to find it.
    private Lazy<(PortSet, IndexSet)[]> Later(string name, Protocol protocol) => new(() => Find(name, protocol));

    private (PortSet, IndexSet)[] Find(string name, Protocol protocol)
    {
        // Replicas have the same specs, and the reading gives one object for those of the same text.
        var bySpec = new Dictionary<PodSpec, PortSet>(ReferenceEqualityComparer.Instance);
        var builders = new Dictionary<PortSet, IndexSet.Builder>();
        for (var i = 0; i < endpoints.SelectableCount; i++)
        {
            var spec = endpoints[i].Spec;
            if (!bySpec.TryGetValue(spec, out var ports))
                bySpec.Add(spec, ports = PortsOn(spec, name, protocol));
            if (ports.IsEmpty)
                continue;
            if (!builders.TryGetValue(ports, out var builder))
                builders.Add(ports, builder = new IndexSet.Builder());
            builder.Add(i);
        }

        return [.. builders.Select(static entry => (entry.Key, entry.Value.Build()))];
    }
}
