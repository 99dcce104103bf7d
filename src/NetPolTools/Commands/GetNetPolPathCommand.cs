using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Completion;
using NetPolTools.Output;
using NetPolTools.Paths;

namespace NetPolTools.Commands;

/// <summary>Tells what comes into reach of whoever takes over a workload or attacks from outside, and which connections cut off most of it.</summary>
[Cmdlet(VerbsCommon.Get, "NetPolPath", DefaultParameterSetName = PathSet)]
[OutputType(typeof(NetPolPath), typeof(NetPolBlastRadius))]
public sealed class GetNetPolPathCommand : QueryCommand
{
    private PathQuestion _question = new([]);

    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AttackerCompleter))]
    public string[] From { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DestinationCompleter))]
    public string[] To { get; set; } = [];

    [Parameter]
    public SwitchParameter Explain { get; set; }

    [Parameter]
    public SwitchParameter AsSummary { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int ChokePointCount { get; set; } = BlastRadius.FewChokePoints;

    private protected override void Prepare()
    {
        if (AsSummary && Explain)
            ThrowTerminatingError(ErrorRecords.InvalidArgument("-AsSummary explains its connections anyway; -Explain has no place there.", Explain));
        if (!AsSummary && MyInvocation.BoundParameters.ContainsKey(nameof(ChokePointCount)))
            ThrowTerminatingError(ErrorRecords.InvalidArgument("-ChokePointCount needs -AsSummary.", ChokePointCount));
        _question = new PathQuestion([.. From.Select(text => Arguments.Pattern(this, text))])
        {
            To = [.. To.Select(text => Arguments.Pattern(this, text))],
            Namespaces = Namespace,
            Assumptions = Assumed(),
        };
    }

    private protected override void Answer(NetPolSnapshot snapshot)
    {
        var answer = _question.Ask(snapshot.Evaluator, ParameterWords.Default, Cancellation);
        WriteSettings(snapshot, _question.Assumptions);
        WriteDiagnostics(answer);
        if (answer.Value is not { } radius)
            return;
        if (AsSummary)
        {
            WriteObject(new NetPolBlastRadius(radius, radius.ChokePoints(ChokePointCount, Cancellation)) { NotEvaluated = snapshot.NotEvaluatedPolicies });
            return;
        }

        foreach (var path in radius.Paths(Cancellation))
        {
            WriteObject(new NetPolPath(path, step => Explain
                ? new NetPolExplainedConnection(step, radius.Explain(step)) { NotEvaluated = snapshot.NotEvaluatedPolicies }
                : new NetPolConnection(step) { NotEvaluated = snapshot.NotEvaluatedPolicies })
            { NotEvaluated = snapshot.NotEvaluatedPolicies });
        }
    }
}
