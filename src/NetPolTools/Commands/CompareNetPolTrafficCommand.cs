using System.Collections;
using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Input;
using NetPolTools.Output;
using NetPolTools.SeenTraffic;

namespace NetPolTools.Commands;

/// <summary>Holds flow records against policies: which seen traffic would break, by which rule, and which allowed connections nobody uses.</summary>
[Cmdlet(VerbsData.Compare, "NetPolTraffic", DefaultParameterSetName = PathSet)]
[OutputType(typeof(NetPolCheckedFlow), typeof(NetPolConnection))]
public sealed class CompareNetPolTrafficCommand : ContextCommand
{
    private NetPolSnapshot? _snapshot;
    private TrafficInput? _traffic;
    private bool _lacksRecords;

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [Alias("Reference", "Snapshot")]
    [SupportsWildcards]
    public PSObject[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public PSObject[] Difference { get; set; } = [];

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public override string DefaultNamespace { get; set; } = "default";

    [Parameter]
    [ValidateNotNullOrEmpty]
    public override string? KubernetesVersion { get; set; }

    [Parameter]
    public SwitchParameter Apply { get; set; }

    [Parameter]
    public SwitchParameter IncludeUnchanged { get; set; }

    [Parameter]
    public SwitchParameter Unused { get; set; }

    [Parameter]
    public SwitchParameter IPBlockIgnoresPods { get; set; }

    [Parameter]
    public SwitchParameter IncludeStaged { get; set; }

    [Parameter]
    [ValidateNotNull]
    public Hashtable? CiliumSetting { get; set; }

    protected override void BeginProcessing() => Guard(() =>
    {
        if (Unused && IncludeUnchanged)
            ThrowTerminatingError(ErrorRecords.InvalidArgument(
                "-Unused lists connections that nobody was seen to use; -IncludeUnchanged has no place there.", IncludeUnchanged));
        if (Apply && Difference.Length == 0)
            ThrowTerminatingError(ErrorRecords.InvalidArgument("-Apply needs -Difference.", Apply));
        var input = NewInput();
        foreach (var given in Path)
            AddArgument(input, given);
        foreach (var path in LiteralPath)
            AddLiteralPath(input, path);
        if (ParameterSetName == ContextSet)
        {
            if (!AddCluster(input, Context))
            {
                EndProgress();
                return;
            }

            TakeNamespaceOf(Context);
        }

        _snapshot = Finish(input);
        _traffic = new TrafficInput(_snapshot.Evaluator.Ends, DefaultNamespace, Tell, Cancellation, keepsDenied: true);

        void Tell(Diagnostic diagnostic, object? about)
        {
            _lacksRecords |= diagnostic.Severity == DiagnosticSeverity.Error;
            WriteDiagnostic(diagnostic, about);
        }
    });

    protected override void ProcessRecord() => Guard(() =>
    {
        // Where the input could not be read, every end of a flow would be one that it does not hold.
        if (_traffic is null || !_snapshot!.Cluster.HoldsPods)
            return;
        _traffic.Add(InputObject);
        if (_traffic.RecordCount % 1000 == 0)
            ShowProgress($"Reading flows ({_traffic.RecordCount})");
    });

    protected override void EndProcessing() => Guard(() =>
    {
        if (_traffic is null)
            return;
        var flows = _traffic.Seen();
        NetPolSnapshot? difference = null;
        if (Difference.Length > 0)
        {
            var input = NewInput();
            foreach (var given in Difference)
                AddArgument(input, given);
            difference = Finish(input);
        }

        ShowProgress("Evaluating");
        Answer(flows, difference);
        EndProgress();
    });

    private void Answer(IReadOnlyList<SeenFlow> flows, NetPolSnapshot? difference)
    {
        var question = new TrafficQuestion(flows)
        {
            LacksRecords = _lacksRecords,
            Apply = Apply,
            EnforcesStaged = IncludeStaged,
            Namespaces = Namespace,
            Assumptions = Assumptions.None with { IPBlockIgnoresPods = IPBlockIgnoresPods, Cilium = Arguments.Cilium(this, CiliumSetting) },
        };
        var words = new ParameterWords(ParameterSetName == ContextSet ? nameof(Context) : nameof(Path));
        var answer = question.Ask(_snapshot!.Evaluator, difference?.Evaluator, words, Cancellation);
        WriteSettings(_snapshot, question.Assumptions);
        WriteDiagnostics(answer);
        if (answer.Value is not { } found)
            return;
        var notEvaluated = NetPolList.Names(_snapshot.NotEvaluatedPolicies.Union(difference?.NotEvaluatedPolicies ?? NetPolList.Empty));
        if (Unused)
        {
            foreach (var connection in found.Unused(Cancellation))
                WriteObject(new NetPolConnection(connection) { NotEvaluated = notEvaluated });
            return;
        }

        foreach (var flow in found.Check.Flows.Where(flow => IncludeUnchanged || flow.Outcome != FlowOutcome.Stays))
            WriteObject(new NetPolCheckedFlow(flow) { NotEvaluated = notEvaluated });
    }
}
