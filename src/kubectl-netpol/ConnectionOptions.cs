using System.CommandLine;
using System.CommandLine.Parsing;
using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Sets;

namespace NetPolTools.Kubectl;

/// <summary>The options that narrow a question to some connections.</summary>
internal sealed class ConnectionOptions
{
    /// <summary>What a namespace makes of a list of connections.</summary>
    public const string AboutNamespace = "the answer is about connections that have at least one end there";

    private readonly Option<EndpointPattern[]> _from = new("--from")
    {
        Description = "Only these sources: name, namespace/name or kind/name with wildcards, a label selector such as app=web, an IP address or a CIDR block; "
            + "ingress-controller for one that is not in the input.",
        CustomParser = static result => OptionText.ParseAll(result, EndpointPattern.ParseSource),
        DefaultValueFactory = static _ => [],
        HelpName = "pattern",
    };

    private readonly Option<EndpointPattern[]> _to = new("--to")
    {
        Description = "Only these destinations; as --from, or a Service as svc/name or namespace/svc/name: the pods behind it, on its target ports.",
        CustomParser = static result => OptionText.ParseAll(result, EndpointPattern.Parse),
        DefaultValueFactory = static _ => [],
        HelpName = "pattern",
    };

    private readonly Option<(int First, int Last)[]> _port = new("--port")
    {
        Description = "Only connections on this port of the destination pod, 1-65535, or on a range such as 8000-8100.",
        CustomParser = static result => OptionText.ParseAll(result, ConnectionQuery.ParsePortRange),
        DefaultValueFactory = static _ => [],
        HelpName = "port",
    };

    private readonly Option<Protocol[]> _protocol = new("--protocol")
    {
        Description = "Only connections over this protocol: TCP, UDP or SCTP.",
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

    public ConnectionQuery Query(ParseResult result, GroupBy by) => new()
    {
        By = by,
        From = result.GetValue(_from)!,
        To = result.GetValue(_to)!,
        Ports = ConnectionQuery.PortsOf(result.GetValue(_protocol)!, result.GetValue(_port)!),
    };

    /// <summary>Whether there is just one source and one destination; what cannot be understood is told elsewhere.</summary>
    public bool NamesOneEach(CommandResult result) => result.GetResult(_from)?.Tokens.Count == 1 && result.GetResult(_to)?.Tokens.Count == 1;

    /// <summary>What to say of patterns that name nothing in the input.</summary>
    public static Diagnostic[] NoMatches(IEnumerable<EndpointPattern> from, IEnumerable<EndpointPattern> to) =>
        [.. from.Select(static pattern => NoMatch("--from", pattern)), .. to.Select(static pattern => NoMatch("--to", pattern))];

    private static Diagnostic NoMatch(string option, EndpointPattern pattern) => new(
        DiagnosticId.NoMatch,
        DiagnosticSeverity.Error,
        $"{option} {pattern} matches nothing in the input; expected a workload or pod as name, namespace/name or kind/name, a label selector, an IP address or a CIDR block; "
            + "as a destination, also a Service as svc/name or namespace/svc/name.");
}
