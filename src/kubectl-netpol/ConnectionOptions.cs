using System.CommandLine;
using System.CommandLine.Parsing;
using NetPolTools.Listing;
using NetPolTools.Services;
using NetPolTools.Sets;

namespace NetPolTools.Kubectl;

/// <summary>The options that narrow a question to some connections.</summary>
internal sealed class ConnectionOptions
{
    /// <summary>What a namespace makes of a list of connections.</summary>
    public const string AboutNamespace = "the answer is about connections that have at least one end there";

    private readonly Option<EndpointPattern[]> _from = new("--from")
    {
        Description = "Only these sources: name, namespace/name or kind/name with wildcards, a label selector such as app=web, a selector of Calico "
            + "such as \"calico: app == 'web' && has(tier)\", an IP address or a CIDR block; "
            + "outside for all that is neither pod nor node, outside-ipv4 and outside-ipv6 for one family of it; node/name for a node; "
            + "ingress-controller for one that is not in the input.",
        CustomParser = static result => OptionText.ParseAll(result, EndpointPattern.ParseSource),
        DefaultValueFactory = static _ => [],
        HelpName = "pattern",
    };

    private readonly Option<EndpointPattern[]> _to = new("--to")
    {
        Description = "Only these destinations; as --from, or a Service as svc/name or namespace/svc/name: the pods behind it, on the target ports of its "
            + "ports.",
        CustomParser = static result => OptionText.ParseAll(result, EndpointPattern.Parse),
        DefaultValueFactory = static _ => [],
        HelpName = "pattern",
    };

    private readonly Option<string[]> _port = new("--port")
    {
        Description = "Only connections on this port of the destination pod: 1-65535, a range such as 8000-8100, either with a protocol such as 53/UDP. Of "
            + "a Service it is the "
            + "Service's own port, by number or by name.",
        CustomParser = static result => OptionText.ParseAll(result, Checked),
        DefaultValueFactory = static _ => [],
        HelpName = "port",
    };

    private readonly Option<Protocol[]> _protocol = new("--protocol")
    {
        Description = "Only connections over this protocol: TCP, UDP, SCTP, ICMP (a ping) or Other.",
        CustomParser = static result => OptionText.ParseAll(result, static text => OptionText.ParseName<Protocol>(text, "a protocol")),
        DefaultValueFactory = static _ => [],
        HelpName = "protocol",
    };

    public void AddTo(Command command)
    {
        command.Add(_from);
        command.Add(_to);
        command.Add(_port);
        command.Add(_protocol);
    }

    public ConnectionQuery Query(ParseResult result, GroupBy by)
    {
        var ports = PortNotation.Parse(result.GetValue(_port)!, result.GetValue(_protocol)!);
        return new ConnectionQuery
        {
            By = by,
            From = result.GetValue(_from)!,
            To = result.GetValue(_to)!,
            Ports = ports.Numbers,
            PortNames = ports.Names,
        };
    }

    /// <summary>Whether there is just one source and one destination; what cannot be understood is told elsewhere.</summary>
    public bool NamesOneEach(CommandResult result) => result.GetResult(_from)?.Tokens.Count == 1 && result.GetResult(_to)?.Tokens.Count == 1;

    /// <summary>Whether ports are named.</summary>
    public bool NamesPorts(CommandResult result) => result.GetResult(_port) is { Implicit: false };

    /// <summary>Whether any of them is given.</summary>
    public bool AreAsked(CommandResult result) =>
        new Option[] { _from, _to, _port, _protocol }.Any(option => result.GetResult(option) is { Implicit: false });

    /// <summary>What cannot be understood is told where the option is parsed.</summary>
    private static string Checked(string port)
    {
        PortNotation.Parse([port], []);
        return port;
    }
}
