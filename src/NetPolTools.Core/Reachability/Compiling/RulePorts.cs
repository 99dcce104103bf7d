using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>The ports that a rule's <c>ports</c> stand for.</summary>
internal static class RulePorts
{
    /// <summary>Port numbers, ranges and whole protocols; everything where the rule names no ports. Names are left out.</summary>
    /// <param name="rule">Valid.</param>
    /// <param name="traffic">What the map is about.</param>
    /// <param name="pool">Remembers what other rules name too.</param>
    public static PortSet Numbers(NetworkPolicyRule rule, TrafficScope traffic, PortSetPool pool)
    {
        if (rule.Ports is not { Count: > 0 })
            return traffic.OfUnrestrictedRule;
        var sets = new PortSet[rule.Ports.Count];
        for (var i = 0; i < sets.Length; i++)
        {
            var port = rule.Ports[i];
            sets[i] = port.Port switch
            {
                null => pool.Of(ProtocolOf(port), PortSet.MinPort, PortSet.MaxPort),
                { Name: null, Number: var first } => pool.Of(ProtocolOf(port), first, port.EndPort ?? first),
                _ => PortSet.None,
            };
            if (traffic.CountsIcmp)
                sets[i] = sets[i].CountingIcmp();
        }

        return pool.UnionOf(sets);
    }

    public static IReadOnlyList<(string Name, Protocol Protocol)> Names(NetworkPolicyRule rule)
    {
        List<(string, Protocol)>? names = null;
        for (var i = 0; i < rule.Ports?.Count; i++)
        {
            if (rule.Ports[i].Port is { Name: { } name })
                (names ??= []).Add((name, ProtocolOf(rule.Ports[i])));
        }

        return names ?? (IReadOnlyList<(string, Protocol)>)[];
    }

    /// <summary>All of them, names looked up on a destination; null where there is no pod to look on.</summary>
    public static PortSet Resolve(NetworkPolicyRule rule, TrafficScope traffic, Endpoint? destination) => destination is null
        ? Numbers(rule, traffic, new PortSetPool())
        : PortSet.UnionOf([Numbers(rule, traffic, new PortSetPool()), .. Names(rule)
            .Select(named => NamedPortIndex.PortsOn(destination, named.Name, named.Protocol))]);

    /// <summary>The same of a rule that is asked about many destinations, whose numbers and names are known.</summary>
    /// <param name="numbers">As <see cref="Numbers"/> gives them.</param>
    /// <param name="names">As <see cref="Names"/> gives them.</param>
    /// <param name="destination">Where names are looked up.</param>
    /// <param name="pool">Remembers what other destinations have too.</param>
    public static PortSet Resolve(PortSet numbers, IReadOnlyList<(string Name, Protocol Protocol)> names, Endpoint destination, PortSetPool pool)
    {
        var ports = numbers;
        for (var i = 0; i < names.Count; i++)
            ports = pool.Union(ports, NamedPortIndex.PortsOn(destination, names[i].Name, names[i].Protocol, pool));
        return ports;
    }

    /// <summary>TCP where the item names none.</summary>
    public static Protocol ProtocolOf(NetworkPolicyPort port) => port.Protocol switch
    {
        null or "TCP" => Protocol.TCP,
        "UDP" => Protocol.UDP,
        "SCTP" => Protocol.SCTP,
        _ => throw new ArgumentException($"'{port.Protocol}' is not a protocol.", nameof(port)),
    };
}
