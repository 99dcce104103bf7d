using System.Collections.Immutable;
using NetPolTools.Policies;

namespace NetPolTools.Dialects.Cilium;

/// <summary>Ports and ICMP messages of an entry as terms of the model.</summary>
internal static class CiliumPorts
{
    /// <summary>The ports of an item of <c>toPorts</c>: none where it lists none.</summary>
    public static PortTerm Of(CiliumPortRule rule)
    {
        var terms = ImmutableArray.CreateBuilder<PortTerm>(rule.Ports?.Count ?? 0);
        for (var i = 0; i < rule.Ports?.Count; i++)
            Add(rule.Ports[i], terms);
        return terms.Count == 1 ? terms[0] : new PortTerm.AnyOf(terms.DrainToImmutable());
    }

    public static PortTerm Of(IReadOnlyList<CiliumIcmpRule> rules) =>
        Any(rules.SelectMany(static rule => rule.Fields ?? []).Select(static field =>
            new PortTerm.Icmp(CiliumIcmpTypes.Family(field), CiliumIcmpTypes.Number(field))));

    /// <summary>Any of them.</summary>
    public static PortTerm Any(IEnumerable<PortTerm> terms)
    {
        PortTerm[] all = [.. terms];
        return all.Length == 1 ? all[0] : new PortTerm.AnyOf([.. all]);
    }

    private static void Add(CiliumPort port, ImmutableArray<PortTerm>.Builder terms)
    {
        var protocol = CiliumProtocol.Of(port.Protocol)!;
        if (protocol.IsExtended)
        {
            terms.Add(new PortTerm.ProtocolNumber(protocol.Number!.Value));
            return;
        }

        // Names of container ports have small letters, and the comparison goes by these.
        var name = CiliumPortNumber.IsName(port.Port!) ? port.Port!.ToLowerInvariant() : null;
        var first = name is null ? CiliumPortNumber.Parse(port.Port!)!.Value : 0;
        foreach (var given in protocol.WithPorts)
        {
            terms.Add(name is not null ? new PortTerm.Named(name, given)
                : first == 0 ? PortTerm.Every(given)
                : new PortTerm.Range(given, first, Math.Max(first, port.EndPort ?? first)));
        }
    }
}
