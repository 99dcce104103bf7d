using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Completion;
using NetPolTools.Diagnostics;
using NetPolTools.Linting;
using NetPolTools.Linting.Settings;
using NetPolTools.Linting.Suppressing;
using NetPolTools.Live;
using NetPolTools.Output;
using NetPolTools.Reports;
using NetPolTools.Sources;
using NetPolTools.Writing;

namespace NetPolTools.Commands;

/// <summary>Checks policies for what would hurt, and gives one finding for each.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "NetPolLint", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(NetPolLintFinding))]
public sealed class InvokeNetPolLintCommand : QueryCommand
{
    private readonly List<(Diagnostic Diagnostic, object? Target)> _ofReading = [];
    private readonly SourceTexts _sources = new(YamlBridge.Parse);
    private LintSettings _settings = new();
    private LintBaselineRun? _baseline;

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
    [ValidateNotNull]
    public PSObject? Settings { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Baseline { get; set; }

    [Parameter]
    public LintBaselineUse BaselineUse { get; set; }

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    public SwitchParameter Fix { get; set; }

    [Parameter]
    public SwitchParameter IncludeSuppressed { get; set; }

    [Parameter]
    public SwitchParameter SuppressedOnly { get; set; }

    [Parameter]
    public SwitchParameter ReportSummary { get; set; }

    private protected override IReadOnlyList<ClusterKind> Kinds => ClusterKinds.ForLint;

    private protected override bool ChecksObjects => true;

    /// <summary>Most of it is what rules say: what is left is told at the end.</summary>
    private protected override void TellReading(Diagnostic diagnostic, object? target) => _ofReading.Add((diagnostic, target));

    private protected override void EndWithoutAnswer() => TellReading(static _ => true);

    private protected override void Prepare()
    {
        _settings = LintSettingArguments.Read(this, Settings);
        if (Baseline is not null)
            _settings = _settings with { Baseline = LintSettingArguments.PathOf(this, Baseline) };
        Include = Include.Length > 0 ? Include : [.. _settings.Include];
        Exclude = [.. Exclude, .. _settings.Exclude];
        _baseline = new LintBaselineRun(_settings.Baseline, BaselineUse);
        LintSettingArguments.ThrowIfWrong(this, _baseline.Begin, _settings.Baseline);
    }

    private protected override void OnText(string name, string text) => _sources.Add(name, text);

    private protected override void Answer(NetPolSnapshot snapshot)
    {
        var question = new LintQuestion
        {
            Options = _settings.ApplyTo(new LintOptions
            {
                IncludeRules = IncludeRule,
                ExcludeRules = ExcludeRule,
                Severities = Severity,
                Complete = Complete.Length == 0 ? null : Complete.Aggregate(static (a, b) => a | b),
            }),
            Namespaces = Namespace,
            Assumptions = Assumed(),
            Sources = _sources,
            Baseline = _baseline!.Before,
        };
        var answer = question.Ask(snapshot.Evaluator, ParameterWords.Default, Cancellation);
        TellReading(diagnostic => answer.Value?.Tells(diagnostic) != true);
        WriteDiagnostics(answer);
        if (answer.Value is not { } report)
            return;
        var mended = Fix ? Mend(report, new LintFixer(question, snapshot.Evaluator, ReaderOptions(), YamlBridge.Parse)) : [];
        foreach (var finding in Shown(report))
            WriteObject(new NetPolLintFinding(finding, isFixed: mended.Contains(finding)));
        if (report.Silent.Count > 0 && Complete.Length == 0 && _settings.Complete is null)
            WriteWarning($"{LintTextWriter.SumOfSilent(report)} -Complete says of what it does.");
        if (ReportSummary)
            Say(LintTextWriter.Sum(report.Findings) + (report.Suppressed.Count == 0 ? "." : $", and {report.Suppressed.Count} left out."));
        if (_baseline.After(report) is { } after && ShouldProcess(after.File, after.Words))
            Write(after.File, () => WholeFile.Write(after.File, after.Text, overwrite: BaselineUse == LintBaselineUse.Prune));
    }

    private IEnumerable<LintFinding> Shown(LintReport report) => SuppressedOnly ? report.Suppressed
        : IncludeSuppressed ? Linter.Sorted(report.Findings.Concat(report.Suppressed))
        : report.Findings;

    /// <summary>Mends files, each correction where it is confirmed.</summary>
    /// <returns>The findings that were mended.</returns>
    private HashSet<LintFinding> Mend(LintReport report, LintFixer fixer)
    {
        var mended = new HashSet<LintFinding>(ReferenceEqualityComparer.Instance);
        foreach (var finding in LintFixer.InOrder(report.Findings))
        {
            ShowProgress("Mending");
            if (fixer.Propose(finding, Cancellation) is not { } fix)
                continue;
            if (fix.IsMadeAlready)
            {
                mended.Add(finding);
            }
            else if (fix.Refusal is not null)
            {
                WriteWarning($"{fix.Finding.Rule.Id} {fix.Finding.Object} is not mended: {fix.Refusal}");
            }
            else if (ShouldProcess(fix.File, fix.ToString()))
            {
                fixer.Accept(fix);
                mended.Add(finding);
            }
        }

        foreach (var (file, text) in fixer.Files)
            Write(file, () => WholeFile.Write(file, stream => stream.Write(text.Bytes()), overwrite: true));
        return mended;
    }

    private void Write(string file, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorRecords.Unwritable(file, e, file));
        }
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
