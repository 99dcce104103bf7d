using System.Management.Automation;
using NetPolTools.Completion;
using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Output;
using NetPolTools.Sets;

namespace NetPolTools.Commands;

/// <summary>Lists who can reach whom, on which ports, as the NetworkPolicies of the input say.</summary>
[Cmdlet(VerbsCommon.Get, "NetPolReachability", DefaultParameterSetName = PathSet)]
[OutputType(typeof(NetPolConnection), typeof(NetPolMatrix))]
public sealed class GetNetPolReachabilityCommand : InputCommand
{
    /// <summary>
    /// Only these sources: name, namespace/name or kind/name with wildcards; a label selector such as app=web; an IP address or a CIDR block.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public string[] From { get; set; } = [];

    /// <summary>Only these destinations; as From.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public string[] To { get; set; } = [];

    /// <summary>Only connections on these ports of the destination pod: numbers 1-65535, or ranges such as 8000-8100.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Port { get; set; } = [];

    /// <summary>Only connections over these protocols.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public Protocol[] Protocol { get; set; } = [];

    /// <summary>What an object stands for: a workload, a pod or a namespace.</summary>
    [Parameter]
    public GroupBy By { get; set; }

    /// <summary>Only connections of which at least one end is in these namespaces; wildcards are welcome.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    /// <summary>Lists what is blocked too.</summary>
    [Parameter]
    public SwitchParameter IncludeDenied { get; set; }

    /// <summary>An ipBlock does not match pods inside it, as with Cilium's defaults; most other plugins let it.</summary>
    [Parameter]
    public SwitchParameter IPBlockIgnoresPods { get; set; }

    /// <summary>One matrix instead of a list: sources down, destinations across.</summary>
    [Parameter]
    public SwitchParameter AsMatrix { get; set; }

    /// <summary>Attaches the reasons to every connection: which rules of which policies, or what the nearest rules lack.</summary>
    [Parameter]
    public SwitchParameter Explain { get; set; }

    private protected override void Answer(NetPolSnapshot snapshot)
    {
        if (Explain && By == GroupBy.Namespace)
            ThrowTerminatingError(ErrorRecords.InvalidArgument("-Explain tells of workloads or pods; policies select no namespace as a whole.", By));

        var query = MakeQuery();
        var map = snapshot.Map(!IPBlockIgnoresPods, Cancellation);
        var lister = new ConnectionLister(map, query);
        var unmatched = lister.FromWithoutMatch.Select(static p => ErrorRecords.NoMatch(nameof(From), p.ToString()))
            .Concat(lister.ToWithoutMatch.Select(static p => ErrorRecords.NoMatch(nameof(To), p.ToString())))
            .ToArray();
        foreach (var error in unmatched)
            WriteError(error);
        if (unmatched.Length > 0)
            return;

        if (AsMatrix)
        {
            WriteObject(new NetPolMatrix(List(lister).Select(static connection => new NetPolConnection(connection))));
            return;
        }

        var explainer = Explain ? new Explainer(map) : null;
        foreach (var connection in List(lister))
        {
            var listed = PSObject.AsPSObject(new NetPolConnection(connection));
            if (explainer is not null)
            {
                // Only where it was asked for: other connections serialise without it.
                var explanation = explainer.Explain(connection.Example.Source, connection.Example.Destination, query.Ports);
                listed.Properties.Add(new PSNoteProperty("Explanation", explanation));
            }

            WriteObject(listed);
        }
    }

    private IEnumerable<Connection> List(ConnectionLister lister)
    {
        var count = 0;
        foreach (var connection in lister.List(Cancellation))
        {
            if (++count % 1000 == 0)
                ShowProgress($"Listing connections ({count})");
            yield return connection;
        }
    }

    private ConnectionQuery MakeQuery() => new()
    {
        By = By,
        From = [.. From.Select(text => Arguments.Pattern(this, text))],
        To = [.. To.Select(text => Arguments.Pattern(this, text))],
        Ports = Arguments.Ports(this, Protocol, Port),
        Namespaces = Namespace,
        IncludeDenied = IncludeDenied,
    };
}
