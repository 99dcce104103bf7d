using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Completion;
using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Live;
using NetPolTools.Output;
using NetPolTools.Reports;
using NetPolTools.Sets;

namespace NetPolTools.Commands;

/// <summary>Lists who can reach whom, on which ports, as the NetworkPolicies of the input say.</summary>
[Cmdlet(VerbsCommon.Get, "NetPolReachability", DefaultParameterSetName = PathSet)]
[OutputType(typeof(NetPolConnection), typeof(NetPolExplainedConnection), typeof(NetPolMatrix), typeof(NetPolTree), typeof(NetPolReachSummary),
    typeof(NetPolChange))]
public sealed class GetNetPolReachabilityCommand : QueryCommand
{
    private ReachQuestion _question = new(new ConnectionQuery());

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public string[] From { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DestinationCompleter))]
    public string[] To { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Port { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public Protocol[] Protocol { get; set; } = [];

    [Parameter]
    public GroupBy By { get; set; }

    [Parameter]
    public SwitchParameter IncludeDenied { get; set; }

    [Parameter]
    public SwitchParameter ExcludeNodeTraffic { get; set; }

    [Parameter]
    public SwitchParameter AsMatrix { get; set; }

    [Parameter]
    public SwitchParameter AsTree { get; set; }

    [Parameter]
    public SwitchParameter AsSummary { get; set; }

    [Parameter]
    public SwitchParameter Explain { get; set; }

    [Parameter(ParameterSetName = ContextSet)]
    public SwitchParameter Watch { get; set; }

    private protected override bool TakesInput => !Watch;

    private protected override void Prepare()
    {
        var isPicture = AsMatrix || AsTree;
        if (AsSummary && (isPicture || Explain || IncludeDenied || ExcludeNodeTraffic || Watch || From.Length + To.Length + Port.Length + Protocol.Length > 0))
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(
                "-AsSummary counts what policies allow everybody on any port; -From, -To, -Port, -Protocol, -IncludeDenied, -ExcludeNodeTraffic, -AsMatrix, "
                + "-AsTree, -Explain and -Watch have no place there.",
                AsSummary));
        }

        if (AsSummary && By == GroupBy.Namespace)
            ThrowTerminatingError(ErrorRecords.InvalidArgument("-AsSummary goes by workload or pod.", By));
        if (Watch && (isPicture || Explain || IncludeDenied))
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(
                "-Watch gives changes of what is allowed; -AsMatrix, -AsTree, -Explain and -IncludeDenied have no place there.", Watch));
        }

        if (AsMatrix && AsTree)
            ThrowTerminatingError(ErrorRecords.InvalidArgument("-AsMatrix and -AsTree are two pictures; give one of them.", AsTree));
        if (isPicture && Explain)
        {
            var name = AsMatrix ? "-AsMatrix" : "-AsTree";
            ThrowTerminatingError(ErrorRecords.InvalidArgument($"{name} has no room for the reasons of -Explain; give one of them.", Explain));
        }

        if (Explain && By == GroupBy.Namespace)
            ThrowTerminatingError(ErrorRecords.InvalidArgument("-Explain goes by workload or pod; policies select no namespace as a whole.", By));
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
        var states = new SuccessiveStates(_question, ParameterWords.Default);
        foreach (var state in new ClusterWatch(Cluster(Context)).States(Tell, ShowProgress, Cancellation))
        {
            if (states.Next(state, Tell, Cancellation) is not { } difference)
            {
                EndProgress();
                if (states.IsRefused)
                    return;
                WriteVerbose($"Watching {new NetPolSnapshot(state)}.");
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
        if (AsSummary)
        {
            Summarise(snapshot);
            return;
        }

        var answer = _question.Ask(snapshot.Evaluator, ParameterWords.Default, Cancellation);
        WriteSettings(snapshot, _question.Assumptions);
        WriteDiagnostics(answer);
        if (answer.Value is not { } connections)
            return;
        if (AsMatrix)
        {
            WriteObject(new NetPolMatrix(
                List(connections).Select(connection => new NetPolConnection(connection) { NotEvaluated = snapshot.NotEvaluatedPolicies })));
            return;
        }

        if (AsTree)
        {
            foreach (var tree in ConnectionTree.Of(List(connections), bySource: From.Length > 0 || To.Length == 0, byDestination: From.Length == 0))
                WriteObject(new NetPolTree(tree, snapshot.NotEvaluatedPolicies));
            return;
        }

        foreach (var connection in List(connections))
        {
            WriteObject(Explain
                ? new NetPolExplainedConnection(connection, connections.Explain(connection)) { NotEvaluated = snapshot.NotEvaluatedPolicies }
                : new NetPolConnection(connection) { NotEvaluated = snapshot.NotEvaluatedPolicies });
        }
    }

    private void Summarise(NetPolSnapshot snapshot)
    {
        var question = new SummaryQuestion { By = By, Namespaces = Namespace, Assumptions = Assumed() };
        var answer = question.Ask(snapshot.Evaluator, ParameterWords.Default, Cancellation);
        WriteDiagnostics(answer);
        foreach (var summary in answer.Value ?? [])
            WriteObject(new NetPolReachSummary(summary) { NotEvaluated = snapshot.NotEvaluatedPolicies });
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
