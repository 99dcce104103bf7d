using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>What port names that policies use mean on each pod: by name and protocol, the pods that have it, grouped by the port numbers it leads to.</summary>
internal sealed class NamedPortIndex(EndpointTable endpoints)
{
    private readonly Dictionary<(string Name, Protocol Protocol), IReadOnlyList<(PortSet Ports, IndexSet Pods)>> _groups = [];

    /// <summary>Pods without this name are in no group.</summary>
    public IReadOnlyList<(PortSet Ports, IndexSet Pods)> Groups(string name, Protocol protocol)
    {
        if (_groups.TryGetValue((name, protocol), out var known))
            return known;

        var builders = new Dictionary<PortSet, IndexSet.Builder>();
        for (var i = 0; i < endpoints.SelectableCount; i++)
        {
            var ports = On(endpoints[i], name, protocol);
            if (ports.IsEmpty)
                continue;
            if (!builders.TryGetValue(ports, out var builder))
                builders.Add(ports, builder = new IndexSet.Builder());
            builder.Add(i);
        }

        var groups = builders.Select(static entry => (entry.Key, entry.Value.Build())).ToArray();
        _groups.Add((name, protocol), groups);
        return groups;
    }

    /// <summary>A name may stand in several containers of a pod; each port it leads to is meant.</summary>
    public static PortSet On(Endpoint endpoint, string name, Protocol protocol)
    {
        var found = PortSet.None;
        foreach (var port in endpoint.Spec.Ports)
        {
            if (port.Name == name && port.Protocol == protocol)
                found = found.Union(PortSet.Of(protocol, port.Number));
        }

        return found;
    }
}
