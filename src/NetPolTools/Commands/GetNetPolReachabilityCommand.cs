using System.Management.Automation;
using NetPolTools.Cni;
using NetPolTools.Completion;
using NetPolTools.Difference;
using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Live;
using NetPolTools.Output;
using NetPolTools.Reading;
using NetPolTools.Sets;

namespace NetPolTools.Commands;

/// <summary>Lists who can reach whom, on which ports, as the NetworkPolicies of the input say.</summary>
[Cmdlet(VerbsCommon.Get, "NetPolReachability", DefaultParameterSetName = PathSet)]
[OutputType(typeof(NetPolConnection), typeof(NetPolExplainedConnection), typeof(NetPolMatrix), typeof(NetPolChange))]
public sealed class GetNetPolReachabilityCommand : InputCommand
{
    private ConnectionQuery _query = new();
    private CniChoice _cni = CniChoice.Detected;

    /// <summary>
    /// Only these sources: name, namespace/name or kind/name with wildcards; a label selector such as app=web; an IP address or a CIDR block;
    /// ingress-controller for one that is not in the input.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public string[] From { get; set; } = [];

    /// <summary>
    /// Only these destinations; as From, or a Service as svc/name or namespace/svc/name, which stands for the pods behind it on its target ports.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DestinationCompleter))]
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

    /// <summary>
    /// Answers for a cluster with this network plugin, such as Flannel or Cilium@1.15, or for one that does all that policies say: Enforcing. Without it,
    /// for the plugin that the input shows.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CniCompleter))]
    public string? Cni { get; set; }

    /// <summary>One matrix instead of a list: sources down, destinations across.</summary>
    [Parameter]
    public SwitchParameter AsMatrix { get; set; }

    /// <summary>Attaches the reasons to every connection: which rules of which policies, or what the nearest rules lack.</summary>
    [Parameter]
    public SwitchParameter Explain { get; set; }

    /// <summary>
    /// Follows the cluster until stopped, and gives what changes in the answer as NetPolChange objects, as Compare-NetPolReachability does. The answer
    /// itself is not given. Not together with -AsMatrix, -Explain and -IncludeDenied.
    /// </summary>
    [Parameter(ParameterSetName = ContextSet)]
    public SwitchParameter Watch { get; set; }

    private protected override string[] NamespacesAsked => Namespace;

    private protected override bool TakesInput => !Watch;

    private protected override void Prepare()
    {
        if (Watch && (AsMatrix || Explain || IncludeDenied))
            ThrowTerminatingError(ErrorRecords.InvalidArgument("-Watch gives changes of what is allowed; -AsMatrix, -Explain and -IncludeDenied have no place there.", Watch));
        if (Explain && By == GroupBy.Namespace)
            ThrowTerminatingError(ErrorRecords.InvalidArgument("-Explain tells of workloads or pods; policies select no namespace as a whole.", By));
        _cni = Arguments.Cni(this, Cni);
        _query = Arguments.Query(this, By, From, To, Port, Protocol, Namespace) with { IncludeDenied = IncludeDenied };
    }

    private protected override void AnswerWithoutInput()
    {
        var states = new SuccessiveStates(_query, state => CniEvaluation.Of(state, _cni, IPBlockIgnoresPods));
        foreach (var state in new ClusterWatch(Cluster(Context)).States(Tell, ShowProgress, Cancellation))
        {
            if (states.Next(state, Tell, Cancellation) is not { } difference)
            {
                EndProgress();
                var first = new NetPolSnapshot(state);
                WriteVerbose($"Watching {first}.");
                foreach (var pattern in Namespace.Where(pattern => !first.HasNamespace(pattern)))
                    WriteWarning($"There is no namespace {pattern} yet.");
                continue;
            }

            foreach (var end in difference.Ends)
                WriteObject(new NetPolChange(end));
            foreach (var change in difference.List(Cancellation))
                WriteObject(new NetPolChange(change));
        }

        void Tell(Diagnostic diagnostic) => WriteDiagnostic(diagnostic, diagnostic.Object);
    }

    private protected override void Answer(NetPolSnapshot snapshot)
    {
        var evaluation = snapshot.On(_cni, IPBlockIgnoresPods);
        foreach (var diagnostic in evaluation.Diagnostics)
            WriteDiagnostic(diagnostic, null);
        var map = snapshot.Map(evaluation, Cancellation);
        var lister = new ConnectionLister(map, _query);
        var unmatchedFrom = lister.FromWithoutMatch.Select(static p => ErrorRecords.NoMatch(nameof(From), p.ToString())).ToArray();
        var unmatchedTo = lister.ToWithoutMatch.Select(static p => ErrorRecords.NoMatch(nameof(To), p.ToString())).ToArray();
        var unmatchedNamespace = NoNamespaces(Namespace, snapshot);
        foreach (var error in unmatchedFrom.Concat(unmatchedTo).Concat(unmatchedNamespace))
            WriteError(error);
        foreach (var diagnostic in lister.Diagnostics)
            WriteDiagnostic(diagnostic, diagnostic.Object);

        // What is left of a filter still answers; a filter of which nothing is left does not, not even with an empty matrix.
        var leadsNowhere = unmatchedTo.Length + lister.ToLeadingNowhere.Count();
        if (AllOf(unmatchedFrom, From) || (To.Length > 0 && leadsNowhere == To.Length) || AllOf(unmatchedNamespace, Namespace))
            return;

        if (AsMatrix)
        {
            WriteObject(new NetPolMatrix(List(lister).Select(static connection => new NetPolConnection(connection))));
            return;
        }

        var explainer = Explain ? new Explainer(map) : null;
        foreach (var connection in List(lister))
        {
            WriteObject(explainer is null
                ? new NetPolConnection(connection)
                : new NetPolExplainedConnection(connection, explainer.Explain(connection.Example.Source, connection.Example.Destination, _query.Ports)));
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
}
