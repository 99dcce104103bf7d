using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Completion;
using NetPolTools.Diagnostics;
using NetPolTools.Linting;
using NetPolTools.Output;
using NetPolTools.Reports;

namespace NetPolTools.Commands;

/// <summary>Checks policies for what would hurt, and gives one finding for each.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "NetPolLint", DefaultParameterSetName = PathSet)]
[OutputType(typeof(NetPolLintFinding))]
public sealed class InvokeNetPolLintCommand : QueryCommand
{
    private readonly List<(Diagnostic Diagnostic, object? Target)> _ofReading = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LintRuleCompleter))]
    public string[] IncludeRule { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LintRuleCompleter))]
    public string[] ExcludeRule { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public LintSeverity[] Severity { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public LintCompleteness[] Complete { get; set; } = [];

    [Parameter]
    public SwitchParameter ReportSummary { get; set; }

    /// <summary>Most of it is what rules say: what is left is told at the end.</summary>
    private protected override void TellReading(Diagnostic diagnostic, object? target) => _ofReading.Add((diagnostic, target));

    private protected override void EndWithoutAnswer() => TellReading(static _ => true);

    private protected override void Answer(NetPolSnapshot snapshot)
    {
        var question = new LintQuestion
        {
            Options = new LintOptions
            {
                IncludeRules = IncludeRule,
                ExcludeRules = ExcludeRule,
                Severities = Severity,
                Complete = Complete.Length == 0 ? null : Complete.Aggregate(static (a, b) => a | b),
            },
            Namespaces = Namespace,
            Assumptions = Assumed(),
        };
        var answer = question.Ask(snapshot.Evaluator, ParameterWords.Default, Cancellation);
        TellReading(diagnostic => answer.Value?.Tells(diagnostic) != true);
        WriteDiagnostics(answer);
        if (answer.Value is not { } report)
            return;
        foreach (var finding in report.Findings)
            WriteObject(new NetPolLintFinding(finding));
        if (report.Silent.Count > 0 && Complete.Length == 0)
            WriteWarning($"{LintTextWriter.SumOfSilent(report)} -Complete says of what it does.");
        if (ReportSummary)
            Say(LintTextWriter.Sum(report.Findings) + ".");
    }

    private void TellReading(Func<Diagnostic, bool> isTold)
    {
        foreach (var (diagnostic, target) in _ofReading.Where(told => isTold(told.Diagnostic)))
            WriteDiagnostic(diagnostic, target);
        _ofReading.Clear();
    }

    /// <summary>As Write-Host does: on the screen, and out of the way of what the pipeline carries.</summary>
    private void Say(string line) => WriteInformation(new HostInformationMessage { Message = line }, ["PSHOST"]);
}
