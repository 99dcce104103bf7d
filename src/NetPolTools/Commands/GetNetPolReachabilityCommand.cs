using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Completion;
using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Live;
using NetPolTools.Output;
using NetPolTools.Sets;

namespace NetPolTools.Commands;

/// <summary>Lists who can reach whom, on which ports, as the NetworkPolicies of the input say.</summary>
[Cmdlet(VerbsCommon.Get, "NetPolReachability", DefaultParameterSetName = PathSet)]
[OutputType(typeof(NetPolConnection), typeof(NetPolExplainedConnection), typeof(NetPolMatrix), typeof(NetPolChange))]
public sealed class GetNetPolReachabilityCommand : QueryCommand
{
    private ReachQuestion _question = new(new ConnectionQuery());

    /// <summary>
    /// Only these sources: name, namespace/name or kind/name with wildcards; a label selector such as app=web; an IP address or a CIDR block; outside for
    /// all that is neither pod nor node, outside-ipv4 and outside-ipv6 for one family of it; node/name for a node; ingress-controller for one that is not in the input.
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

    /// <summary>
    /// Only connections on these ports of the destination pod: numbers 1-65535, ranges such as 8000-8100, either with a protocol such as 53/UDP, or ports as
    /// connections have them.
    /// </summary>
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

    /// <summary>Lists what is blocked too.</summary>
    [Parameter]
    public SwitchParameter IncludeDenied { get; set; }

    /// <summary>Leaves out what is only between pods and the nodes they run on; a node always reaches its pods, whatever policies say.</summary>
    [Parameter]
    public SwitchParameter ExcludeNodeTraffic { get; set; }

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

    private protected override bool TakesInput => !Watch;

    private protected override void Prepare()
    {
        if (Watch && (AsMatrix || Explain || IncludeDenied))
            ThrowTerminatingError(ErrorRecords.InvalidArgument("-Watch gives changes of what is allowed; -AsMatrix, -Explain and -IncludeDenied have no place there.", Watch));
        if (Explain && By == GroupBy.Namespace)
            ThrowTerminatingError(ErrorRecords.InvalidArgument("-Explain tells of workloads or pods; policies select no namespace as a whole.", By));
        _question = new ReachQuestion(Arguments.Query(this, By, From, To, Port, Protocol, Namespace) with
        {
            IncludeDenied = IncludeDenied,
            ExcludeNodeTraffic = ExcludeNodeTraffic,
        })
        {
            Assumptions = Assumed(),
        };
    }

    private protected override void AnswerWithoutInput()
    {
        var states = new SuccessiveStates(_question);
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

            var notEvaluated = new NetPolSnapshot(state).NotEvaluatedPolicies;
            foreach (var end in difference.Ends)
                WriteObject(new NetPolChange(end) { NotEvaluated = notEvaluated });
            foreach (var change in difference.List(Cancellation))
                WriteObject(new NetPolChange(change) { NotEvaluated = notEvaluated });
        }

        void Tell(Diagnostic diagnostic) => WriteDiagnostic(diagnostic, diagnostic.Object);
    }

    private protected override void Answer(NetPolSnapshot snapshot)
    {
        var answer = _question.Ask(snapshot.Evaluator, ParameterWords.Default, Cancellation);
        WriteDiagnostics(answer);
        if (answer.Value is not { } connections)
            return;
        if (AsMatrix)
        {
            WriteObject(new NetPolMatrix(List(connections).Select(connection => new NetPolConnection(connection) { NotEvaluated = snapshot.NotEvaluatedPolicies })));
            return;
        }

        foreach (var connection in List(connections))
        {
            WriteObject(Explain
                ? new NetPolExplainedConnection(connection, connections.Explain(connection)) { NotEvaluated = snapshot.NotEvaluatedPolicies }
                : new NetPolConnection(connection) { NotEvaluated = snapshot.NotEvaluatedPolicies });
        }
    }

    private IEnumerable<Connection> List(ConnectionList connections)
    {
        var count = 0;
        foreach (var connection in connections.List(Cancellation))
        {
            if (++count % 1000 == 0)
                ShowProgress($"Listing connections ({count})");
            yield return connection;
        }
    }
}
