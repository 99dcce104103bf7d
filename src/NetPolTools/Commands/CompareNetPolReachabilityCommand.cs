using System.Collections;
using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Completion;
using NetPolTools.Input;
using NetPolTools.Listing;
using NetPolTools.Output;
using NetPolTools.Sets;

namespace NetPolTools.Commands;

/// <summary>Compares who can reach whom in two inputs: connections opened, closed and changed, and the policies responsible.</summary>
[Cmdlet(VerbsData.Compare, "NetPolReachability", DefaultParameterSetName = PathSet)]
[OutputType(typeof(NetPolChange), typeof(NetPolExposureChange))]
public sealed class CompareNetPolReachabilityCommand : ReadingCommand
{
    private DifferenceQuestion _question = new(new ConnectionQuery());
    private SnapshotInput? _reference;
    private SnapshotInput? _difference;
    private bool _hasNoReference;

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public PSObject[] Reference { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = ContextSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string ReferenceContext { get; set; } = "";

    [Parameter(Position = 1, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ContextSet)]
    [Alias("Path")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [SupportsWildcards]
    public PSObject?[]? Difference { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = ContextSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Include { get; set; } = [];

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = ContextSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public override string[] Exclude { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public override string DefaultNamespace { get; set; } = "default";

    [Parameter]
    [ValidateNotNullOrEmpty]
    public override string? KubernetesVersion { get; set; }

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
    public SwitchParameter Apply { get; set; }

    [Parameter]
    public SwitchParameter Exposure { get; set; }

    [Parameter]
    public SwitchParameter IPBlockIgnoresPods { get; set; }

    [Parameter]
    public SwitchParameter IncludeStaged { get; set; }

    [Parameter]
    [ValidateNotNull]
    public Hashtable? CiliumSetting { get; set; }

    /// <summary>Whether there is one input, with and without its staged policies.</summary>
    private bool IsOfOne => ParameterSetName != LiteralPathSet && !MyInvocation.ExpectingInput && !MyInvocation.BoundParameters.ContainsKey(nameof(Difference));

    protected override void BeginProcessing() => Guard(() =>
    {
        if (IsOfOne && !IncludeStaged)
            ThrowTerminatingError(ErrorRecords.InvalidArgument(
                "The comparison needs two inputs: give -Difference, or -IncludeStaged to compare one input without and with its staged policies.", Reference));
        if (Exposure && From.Length + To.Length + Port.Length + Protocol.Length > 0)
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(
                "-Exposure is about pods that do not exist yet; -From, -To, -Port and -Protocol have no place there.", Exposure));
        }

        if (Exposure && By == GroupBy.Namespace)
            ThrowTerminatingError(ErrorRecords.InvalidArgument("-Exposure goes by workload or pod.", By));
        _question = new DifferenceQuestion(Arguments.Query(this, By, From, To, Port, Protocol, Namespace))
        {
            // Manifests rarely describe the whole cluster.
            Apply = MyInvocation.BoundParameters.ContainsKey(nameof(Apply)) ? Apply.IsPresent : ParameterSetName == ContextSet && !IsOfOne,
            EnforcesStaged = IncludeStaged,
            Assumptions = Assumptions.None with { IPBlockIgnoresPods = IPBlockIgnoresPods, Cilium = Arguments.Cilium(this, CiliumSetting) },
        };
        _reference = NewInput();
        foreach (var given in Reference)
            AddArgument(_reference, given, isLiteral: ParameterSetName == LiteralPathSet);
        if (ParameterSetName == ContextSet)
        {
            _hasNoReference = !AddCluster(_reference, ReferenceContext);
            TakeNamespaceOf(ReferenceContext);
        }

        _difference = NewInput();
    });

    protected override void ProcessRecord() => Guard(() =>
    {
        foreach (var path in LiteralPath)
            AddLiteralPath(_difference!, path);
        foreach (var given in Difference ?? [])
        {
            if (MyInvocation.ExpectingInput)
                AddPiped(_difference!, given);
            else
                AddArgument(_difference!, given);
        }
    });

    protected override void EndProcessing() => Guard(() =>
    {
        if (!_hasNoReference)
        {
            var reference = Finish(_reference!);
            Answer(reference, IsOfOne ? reference : Finish(_difference!));
        }

        EndProgress();
    });

    private void Answer(NetPolSnapshot reference, NetPolSnapshot difference)
    {
        ShowProgress("Evaluating");
        var words = new ParameterWords(ParameterSetName == ContextSet ? nameof(ReferenceContext) : nameof(Reference));
        if (Exposure)
        {
            AnswerExposure(reference, difference, words);
            return;
        }

        var answer = _question.Ask(reference.Evaluator, difference.Evaluator, words, Cancellation);
        WriteSettings(difference, _question.Assumptions);
        WriteDiagnostics(answer);
        if (answer.Value is not { } found)
            return;
        var notEvaluated = NetPolList.Names(reference.NotEvaluatedPolicies.Union(difference.NotEvaluatedPolicies));
        foreach (var end in found.Ends)
            WriteObject(new NetPolChange(end) { NotEvaluated = notEvaluated });
        foreach (var change in found.List(Cancellation))
            WriteObject(new NetPolChange(change) { NotEvaluated = notEvaluated });
    }

    private void AnswerExposure(NetPolSnapshot reference, NetPolSnapshot difference, ParameterWords words)
    {
        var question = new ExposureDifferenceQuestion
        {
            By = By,
            Namespaces = Namespace,
            Apply = _question.Apply,
            EnforcesStaged = _question.EnforcesStaged,
            Assumptions = _question.Assumptions,
        };
        var answer = question.Ask(reference.Evaluator, difference.Evaluator, words, Cancellation);
        WriteSettings(difference, question.Assumptions);
        WriteDiagnostics(answer);
        var notEvaluated = NetPolList.Names(reference.NotEvaluatedPolicies.Union(difference.NotEvaluatedPolicies));
        foreach (var change in answer.Value?.List(Cancellation) ?? [])
            WriteObject(new NetPolExposureChange(change) { NotEvaluated = notEvaluated });
    }
}
