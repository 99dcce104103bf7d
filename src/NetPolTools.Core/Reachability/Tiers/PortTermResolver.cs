using System.Collections.Concurrent;
using System.Collections.Immutable;
using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>The ports that a term stands for. Thread safe.</summary>
/// <param name="everything">All traffic that is looked at.</param>
internal sealed class PortTermResolver(PortSet everything)
{
    // Thousands of rules have the same ports.
    private readonly ConcurrentDictionary<PortTerm, GivenPorts> _known = new(PortTermComparer.Instance);

    /// <summary>The ports of a rule as far as they are the same on every endpoint.</summary>
    public GivenPorts Resolve(PortTerm term) => _known.TryGetValue(term, out var known) ? known : _known.GetOrAdd(term, Find(term));

    private GivenPorts Find(PortTerm term)
    {
        ImmutableArray<(string, Protocol)> names = [.. NamesIn(term).Distinct()];
        return new GivenPorts(names, names.IsEmpty ? Resolve(term, static (name, _) => throw new InvalidOperationException($"{name} is a name.")) : null);
    }

    /// <param name="term">Ports of a rule.</param>
    /// <param name="lookUp">What a port name means on the destination.</param>
    public PortMatch Resolve(PortTerm term, Func<string, Protocol, PortMatch> lookUp) => term switch
    {
        PortTerm.Range range => Seen(new PortMatch(range.First <= range.Last ? PortSet.Of(range.Protocol, range.First, range.Last) : PortSet.None)),
        PortTerm.Named named => Named(named, lookUp),
        PortTerm.ProtocolNumber number => Seen(new PortMatch(OfNumber(number.Number))),
        PortTerm.Icmp icmp => OfIcmp(icmp),
        PortTerm.AllOf all => InAll(all, lookUp),
        PortTerm.AnyOf any => InAny(any, lookUp),
        PortTerm.Not not => Resolve(not.Part, lookUp).Not(everything),
        _ => throw new ArgumentException($"{term.GetType()} is not known.", nameof(term)),
    };

    private PortMatch Named(PortTerm.Named named, Func<string, Protocol, PortMatch> lookUp)
    {
        if (named.Protocol is { } only)
            return Seen(lookUp(named.Name, only));
        var found = PortMatch.None;
        foreach (var protocol in Protocols.WithPorts)
            found = found.Union(Seen(lookUp(named.Name, protocol)));
        return found;
    }

    private PortMatch InAll(PortTerm.AllOf all, Func<string, Protocol, PortMatch> lookUp)
    {
        var found = new PortMatch(everything);
        foreach (var part in all.Parts)
            found = found.Intersect(Resolve(part, lookUp));
        return found;
    }

    private PortMatch InAny(PortTerm.AnyOf any, Func<string, Protocol, PortMatch> lookUp)
    {
        var found = PortMatch.None;
        foreach (var part in any.Parts)
            found = found.Union(Resolve(part, lookUp));
        return found;
    }

    /// <summary>
    /// Whether a rule with these ports is about ICMP or other protocols in another way than about ports, so that an answer has to tell them apart. A rule that
    /// names ports alone is not, nor is one for all traffic.
    /// </summary>
    public static bool TellsIcmpApart(PortTerm term)
    {
        if (IsOfPortsAlone(term))
            return false;
        if (Names(term))
            return true;
        var all = PortSet.All.CountingIcmp();
        var ports = new PortTermResolver(all).Resolve(term, static (_, _) => PortMatch.None).May;
        return !ports.IsAll && !ports.Intersect(PortSet.IcmpAndOthers).IsEmpty;

        static bool Names(PortTerm term) => term switch
        {
            PortTerm.Icmp => true,
            PortTerm.ProtocolNumber number => !OfNumber(number.Number).Intersect(PortSet.IcmpAndOthers).IsEmpty,
            PortTerm.AllOf all => all.Parts.Any(Names),
            PortTerm.AnyOf any => any.Parts.Any(Names),
            PortTerm.Not not => Names(not.Part),
            _ => false,
        };
    }

    private static bool IsOfPortsAlone(PortTerm term) => term switch
    {
        PortTerm.Range range => Protocols.WithPorts.Contains(range.Protocol),
        PortTerm.Named => true,
        PortTerm.AnyOf any => any.Parts.All(IsOfPortsAlone),
        _ => false,
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

    private static ImmutableArray<Protocol> ProtocolsOf(PortTerm.Named named) => named.Protocol is { } protocol ? [protocol] : Protocols.WithPorts;

    private static PortSet OfNumber(int number) => number switch
    {
        1 => PortSet.OfIcmp(AddressFamilyKind.IPv4),
        6 => PortSet.Of(Protocol.TCP),
        17 => PortSet.Of(Protocol.UDP),
        58 => PortSet.OfIcmp(AddressFamilyKind.IPv6),
        132 => PortSet.Of(Protocol.SCTP),
        _ => PortSet.OfOther(number),
    };

    /// <summary>Codes are not looked at: some traffic of the type matches, and whether all of it does cannot be told.</summary>
    private PortMatch OfIcmp(PortTerm.Icmp icmp)
    {
        var ports = PortSet.OfIcmp(icmp.Family, icmp.Type);
        return Seen(icmp.Code is null ? new PortMatch(ports) : new PortMatch(PortSet.None, ports));
    }

    private PortMatch Seen(PortMatch ports)
    {
        var must = ports.Must.Intersect(everything);
        return ReferenceEquals(ports.Must, ports.May) ? new PortMatch(must) : new PortMatch(must, ports.May.Intersect(everything));
    }

    /// <summary>The ports of a rule.</summary>
    /// <param name="Names">The port names among them, each once.</param>
    /// <param name="All">The ports where there are no names; null where they differ by what names mean.</param>
    public sealed record GivenPorts(ImmutableArray<(string Name, Protocol Protocol)> Names, PortMatch? All);
}
