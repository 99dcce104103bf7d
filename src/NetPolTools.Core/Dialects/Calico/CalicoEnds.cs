using System.Collections.Immutable;
using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Dialects.Calico;

/// <summary>Some endpoints that an end of a rule may be, and the ports of the destination that go with them.</summary>
internal readonly record struct CalicoEnd(EndpointTerm Who, PortTerm Ports);

/// <summary>
/// The ends of a rule in the model. Everything that an end says must hold. Remembers what it made, so that rules which say the same share it. Not thread safe.
/// </summary>
internal sealed class CalicoEnds(CalicoThings things, CalicoServices services)
{
    private const string SourcePort = "the port that the client sends from";
    private const string PortsWithoutProtocol = "what Calico does with ports where no protocol is given";

    private readonly Dictionary<string, EndpointTerm> _known = [];

    /// <summary>The source of a rule, of which a port can only be told where it is every one.</summary>
    public IEnumerable<CalicoEnd> Sources(CalicoRule rule, string? ns, AddressFamilyKind? family)
    {
        var entity = rule.Source;
        var who = Everything(entity, ns, family);
        if (entity.Services is { } service)
            who = Both(who, services.Addresses(service, ns));
        var isEvery = entity.Ports.Count == 0 || entity.Ports.Any(static port => port is { Name: null, First: <= PortSet.MinPort, Last: >= PortSet.MaxPort });
        if (!isEvery || entity.NotPorts.Count > 0)
            who = new EndpointTerm.SomeOf(who, SourcePort);
        yield return new CalicoEnd(who, PortTerm.Everything);
    }

    /// <summary>The destination of a rule, in parts that have different ports.</summary>
    public IEnumerable<CalicoEnd> Destinations(CalicoRule rule, string? ns, AddressFamilyKind? family)
    {
        var entity = rule.Destination;
        var all = Everything(entity, ns, family);
        var selector = CalicoSelection.Of(entity, ns, out _);

        // By its port's name something is found only if it has the labels itself: not through the address of a network set.
        var named = selector is null ? all : Restrict(things.Pods(selector), null, entity, family);
        var numbers = entity.Ports.Where(static port => port.Name is null).ToArray();
        var names = entity.Ports.Where(static port => port.Name is not null).ToArray();
        foreach (var (who, but) in WithoutPorts(entity, all, named, rule.Protocol))
        {
            if (entity.Services is { } service)
            {
                foreach (var end in services.Endpoints(service, ns))
                    yield return new CalicoEnd(Both(who, end.Who), Both(end.Ports, but));
            }
            else if (entity.Ports.Count == 0)
            {
                yield return new CalicoEnd(who, but);
            }

            if (numbers.Length > 0)
                yield return new CalicoEnd(Doubted(who, rule.Protocol), Both(Numbers(numbers, rule.Protocol), but));
            if (names.Length > 0)
                yield return new CalicoEnd(Both(who, named), Both(Names(names, rule.Protocol), but));
        }

        foreach (var end in HostPorts(names, selector, entity, family, rule.Protocol))
            yield return end;
    }

    /// <summary>The excluded ports: those with a name are excluded only where the labels are the endpoint's own.</summary>
    private static IEnumerable<(EndpointTerm Who, PortTerm Ports)> WithoutPorts(
        CalicoEntity entity, EndpointTerm all, EndpointTerm named, CalicoProtocol? protocol)
    {
        if (entity.NotPorts.Count == 0)
            return [(all, PortTerm.Everything)];
        var numbers = new PortTerm.Not(Numbers([.. entity.NotPorts.Where(static port => port.Name is null)], protocol));
        CalicoPort[] names = [.. entity.NotPorts.Where(static port => port.Name is not null)];
        if (names.Length == 0)
            return [(Doubted(all, protocol), numbers)];
        var both = new PortTerm.AllOf([numbers, new PortTerm.Not(Names(names, protocol))]);
        return ReferenceEquals(all, named)
            ? [(Doubted(all, protocol), both)]
            : [(Doubted(named, protocol), both), (Doubted(Both(all, new EndpointTerm.Not(named)), protocol), numbers)];
    }

    /// <summary>Host endpoints give names to ports too.</summary>
    private IEnumerable<CalicoEnd> HostPorts(
        CalicoPort[] names, CalicoSelector? selector, CalicoEntity entity, AddressFamilyKind? family, CalicoProtocol? protocol)
    {
        if (names.Length == 0)
            yield break;
        foreach (var host in things.Hosts(selector ?? CalicoSelector.Everything))
        {
            foreach (var port in host.Ports.Where(port => names.Any(name => name.Name == port.Name) && port.Protocol?.Number == protocol?.Number))
            {
                var addresses = things.Addresses([.. CalicoThings.RangesOf(host.ExpectedIPs)], []);
                yield return new CalicoEnd(Restrict(addresses, null, entity, family), Numbers([new CalicoPort(port.Port)], protocol));
            }
        }
    }

    /// <summary>Everything that an end names by selectors and blocks.</summary>
    private EndpointTerm Everything(CalicoEntity entity, string? ns, AddressFamilyKind? family)
    {
        var key = string.Join('\n', [
            ns, family?.ToString(), entity.Selector, entity.NotSelector, entity.NamespaceSelector, entity.ServiceAccounts?.Selector,
            string.Join(' ', entity.ServiceAccounts?.Names ?? []), string.Join(' ', entity.Nets), string.Join(' ', entity.NotNets),
        ]);
        if (_known.TryGetValue(key, out var known))
            return known;
        var selector = CalicoSelection.Of(entity, ns, out var without);
        EndpointTerm? who = selector is null ? null : Found(selector);
        EndpointTerm? not = without is null ? null : new EndpointTerm.Not(Found(without));
        return _known[key] = Restrict(who, not, entity, family);
    }

    private EndpointTerm Found(CalicoSelector selector)
    {
        var (pods, others) = (things.Pods(selector), things.Addresses(selector));
        return ReferenceEquals(others, EndpointTerm.Nobody) ? pods : new EndpointTerm.AnyOf([pods, others]);
    }

    private EndpointTerm Restrict(EndpointTerm? who, EndpointTerm? not, CalicoEntity entity, AddressFamilyKind? family)
    {
        var nets = Nets(entity, family);
        var parts = new[] { who, not, nets, family is { } one && (nets is null || things.HasTwoFamilies) ? CalicoThings.OfFamily(one) : null }
            .OfType<EndpointTerm>()
            .ToImmutableArray();
        return parts.Length switch { 0 => EndpointTerm.Everyone, 1 => parts[0], _ => new EndpointTerm.AllOf(parts) };
    }

    private EndpointTerm? Nets(CalicoEntity entity, AddressFamilyKind? family)
    {
        if (entity.Nets.Count == 0 && entity.NotNets.Count == 0)
            return null;
        ImmutableArray<AddressRange> ranges = entity.Nets.Count > 0
            ? [.. CalicoThings.RangesOf(entity.Nets).Where(range => range.Family == family)]
            : [family == AddressFamilyKind.IPv4 ? AddressRange.AllIPv4 : AddressRange.AllIPv6];
        return things.Addresses(ranges, [.. CalicoThings.RangesOf(entity.NotNets).Where(range => range.Family == family)]);
    }

    private static PortTerm.AnyOf Numbers(CalicoPort[] ports, CalicoProtocol? protocol) => new(
    [
        .. from port in ports
           from known in ProtocolsOf(protocol)
           select new PortTerm.Range(known, Math.Max(port.First, PortSet.MinPort), port.Last),
    ]);

    private static PortTerm.AnyOf Names(CalicoPort[] ports, CalicoProtocol? protocol) => new(
    [
        .. from port in ports
           from known in ProtocolsOf(protocol)
           select new PortTerm.Named(port.Name!, known),
    ]);

    private static ImmutableArray<Protocol> ProtocolsOf(CalicoProtocol? protocol) => protocol?.Number switch
    {
        null => Protocols.WithPorts,
        CalicoProtocol.Tcp => [Protocol.TCP],
        CalicoProtocol.Udp => [Protocol.UDP],
        CalicoProtocol.Sctp => [Protocol.SCTP],
        _ => [],
    };

    /// <summary>Only what was never checked has port numbers without a protocol.</summary>
    private static EndpointTerm Doubted(EndpointTerm who, CalicoProtocol? protocol) =>
        protocol is null ? new EndpointTerm.SomeOf(who, PortsWithoutProtocol) : who;

    private static EndpointTerm Both(EndpointTerm a, EndpointTerm b)
    {
        if (ReferenceEquals(a, EndpointTerm.Everyone) || ReferenceEquals(a, b))
            return b;
        return ReferenceEquals(b, EndpointTerm.Everyone) ? a : new EndpointTerm.AllOf([a, b]);
    }

    private static PortTerm Both(PortTerm a, PortTerm b)
    {
        if (ReferenceEquals(a, PortTerm.Everything))
            return b;
        return ReferenceEquals(b, PortTerm.Everything) ? a : new PortTerm.AllOf([a, b]);
    }
}
