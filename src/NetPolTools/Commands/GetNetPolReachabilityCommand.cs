using System.Management.Automation;
using NetPolTools.Completion;
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

    private protected override void Answer(NetPolSnapshot snapshot)
    {
        var query = MakeQuery(By, From, To, Port, Protocol, Namespace) with { IncludeDenied = IncludeDenied };
        var lister = new ConnectionLister(snapshot.Map(!IPBlockIgnoresPods, Cancellation), query);
        if (WriteNoMatches(lister.FromWithoutMatch, lister.ToWithoutMatch))
            return;

        if (AsMatrix)
        {
            WriteObject(new NetPolMatrix(List(lister)));
            return;
        }

        foreach (var connection in List(lister))
            WriteObject(connection);
    }

    private IEnumerable<NetPolConnection> List(ConnectionLister lister)
    {
        var count = 0;
        foreach (var connection in lister.List(Cancellation))
        {
            if (++count % 1000 == 0)
                ShowProgress($"Listing connections ({count})");
            yield return new NetPolConnection(connection);
        }
    }
}
