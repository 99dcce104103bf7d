using System.Collections.Immutable;
using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>The ports that a term stands for.</summary>
/// <param name="everything">All traffic that is looked at.</param>
internal sealed class PortTermResolver(PortSet everything)
{
    private static readonly ImmutableArray<Protocol> Protocols = [.. Enum.GetValues<Protocol>()];

    /// <param name="term">Ports of a rule.</param>
    /// <param name="lookUp">What a port name means on the destination.</param>
    public PortMatch Resolve(PortTerm term, Func<string, Protocol, PortMatch> lookUp) => term switch
    {
        PortTerm.Range range => Exactly(range.First <= range.Last ? PortSet.Of(range.Protocol, range.First, range.Last) : PortSet.None),
        PortTerm.Named named => ProtocolsOf(named).Select(protocol => lookUp(named.Name, protocol)).Aggregate(PortMatch.None, static (a, b) => a.Union(b)),
        PortTerm.ProtocolNumber number => Exactly(OfNumber(number.Number)),
        PortTerm.Icmp => PortMatch.None,
        PortTerm.AllOf all => all.Parts.Select(part => Resolve(part, lookUp)).Aggregate(new PortMatch(everything), static (a, b) => a.Intersect(b)),
        PortTerm.AnyOf any => any.Parts.Select(part => Resolve(part, lookUp)).Aggregate(PortMatch.None, static (a, b) => a.Union(b)),
        PortTerm.Not not => Resolve(not.Part, lookUp).Not(everything),
        _ => throw new ArgumentException($"{term.GetType()} is not known.", nameof(term)),
    };

    /// <summary>Every port name of a term, with each protocol that it may have.</summary>
    public static IEnumerable<(string Name, Protocol Protocol)> NamesIn(PortTerm term) => term switch
    {
        PortTerm.Named named => ProtocolsOf(named).Select(protocol => (named.Name, protocol)),
        PortTerm.AllOf all => all.Parts.SelectMany(NamesIn),
        PortTerm.AnyOf any => any.Parts.SelectMany(NamesIn),
        PortTerm.Not not => NamesIn(not.Part),
        _ => [],
    };

    private static ImmutableArray<Protocol> ProtocolsOf(PortTerm.Named named) => named.Protocol is { } protocol ? [protocol] : Protocols;

    private static PortSet OfNumber(int number) => number switch
    {
        6 => PortSet.Of(Protocol.TCP),
        17 => PortSet.Of(Protocol.UDP),
        132 => PortSet.Of(Protocol.SCTP),
        _ => PortSet.None,
    };

    private PortMatch Exactly(PortSet ports) => new(ports.Intersect(everything));
}
