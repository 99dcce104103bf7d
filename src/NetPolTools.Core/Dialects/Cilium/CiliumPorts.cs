using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Dialects.Cilium;

/// <summary>Ports and ICMP messages of an entry as terms of the model.</summary>
internal static class CiliumPorts
{
    /// <summary>The ports of an item of <c>toPorts</c>: none where it lists none.</summary>
    public static PortTerm Of(CiliumPortRule rule) => Any((rule.Ports ?? []).SelectMany(Of));

    public static PortTerm Of(IReadOnlyList<CiliumIcmpRule> rules) =>
        Any(rules.SelectMany(static rule => rule.Fields ?? []).Select(static field =>
            new PortTerm.Icmp(CiliumIcmpTypes.Family(field), CiliumIcmpTypes.Number(field))));

    /// <summary>Any of them.</summary>
    public static PortTerm Any(IEnumerable<PortTerm> terms)
    {
        PortTerm[] all = [.. terms];
        return all.Length == 1 ? all[0] : new PortTerm.AnyOf([.. all]);
    }

    private static IEnumerable<PortTerm> Of(CiliumPort port)
    {
        var protocol = CiliumProtocol.Of(port.Protocol)!;
        if (protocol.IsExtended)
            return [new PortTerm.ProtocolNumber(protocol.Number!.Value)];
        IEnumerable<Protocol> protocols = protocol.Name == "ANY" ? Protocols.WithPorts : [Enum.Parse<Protocol>(protocol.Name)];

        // Names of container ports have small letters, and the comparison goes by these.
        if (CiliumPortNumber.IsName(port.Port!))
            return protocols.Select(given => new PortTerm.Named(port.Port!.ToLowerInvariant(), given));
        var first = CiliumPortNumber.Parse(port.Port!)!.Value;
        return first == 0
            ? protocols.Select(PortTerm.Every)
            : protocols.Select(given => new PortTerm.Range(given, first, Math.Max(first, port.EndPort ?? first)));
    }
}
