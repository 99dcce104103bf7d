using NetPolTools.Asking;
using NetPolTools.Linting;
using NetPolTools.Linting.Settings;
using NetPolTools.Linting.Suppressing;
using NetPolTools.Live;
using NetPolTools.Reports;
using NetPolTools.Sources;
using NetPolTools.Text;
using NetPolTools.Writing;
using NetPolTools.Yaml;

namespace NetPolTools.Kubectl;

/// <summary>One run of lint: reads, asks, prints, and keeps the baseline.</summary>
/// <param name="settings">What the repository says.</param>
/// <param name="use">What is to be done with the baseline.</param>
/// <param name="terminal">Where everything goes.</param>
internal sealed class LintRun(LintSettings settings, LintBaselineUse use, Terminal terminal)
{
    public LintReportFormat Format { get; init; }

    public LintFailOn FailOn { get; init; }

    public bool WithSuppressed { get; init; }

    public bool SuppressedOnly { get; init; }

    /// <summary>Whether to mend what can be mended before anything is told.</summary>
    public bool Fix { get; init; }

    public int Answer(CommandInput input, AskedNamespace ns, LintOptions options, Assumptions assumptions, CancellationToken cancellation)
    {
        var baseline = new LintBaselineRun(settings.Baseline, use);
        if (!baseline.Begin(terminal.Tell))
            return ExitCode.NotAnswered;
        var files = input.Files;
        input = input with
        {
            Cluster = input.Cluster is { } named ? named with { Kinds = ClusterKinds.ForLint } : null,
            Files = files with { Include = files.Include.Count > 0 ? files.Include : settings.Include, Exclude = [.. files.Exclude, .. settings.Exclude] },
        };
        options = settings.ApplyTo(options);
        var (answer, cluster, question) = Ask(input, ns, options, assumptions, baseline.Before, cancellation);
        var fixer = new LintFixer(question, cluster, ManifestInput.Options(input, ns), YamlSource.Parse);
        if (Fix && answer.Value is { } found && Mended(found, fixer, cancellation))
            (answer, cluster, _) = Ask(input, ns, options, assumptions, baseline.Before, cancellation);
        Print(answer, cluster);
        if (answer.Value is not { } report)
            return ExitCode.NotAnswered;
        if (baseline.After(report) is { } after)
        {
            WholeFile.Write(after.File, after.Text, overwrite: use == LintBaselineUse.Prune);
            terminal.Tell($"{after.File}: {after.Words}.");
            if (use == LintBaselineUse.New)
                return Answering.ExitCodeOf(answer.Status);
        }

        return FailOn != LintFailOn.Never && report.Findings.Any(finding => (int)finding.Severity >= (int)FailOn)
            ? ExitCode.CheckFailed
            : Answering.ExitCodeOf(answer.Status);
    }

    private (Answer<LintReport> Answer, ClusterEvaluator Cluster, LintQuestion Question) Ask(
        CommandInput input, AskedNamespace ns, LintOptions options, Assumptions assumptions, LintBaseline? baseline, CancellationToken cancellation)
    {
        var sources = new SourceTexts(YamlSource.Parse);
        var cluster = ManifestInput.Read(input with { OnText = sources.Add }, ns, terminal, cancellation);
        terminal.Say("Checking");
        var question = new LintQuestion
        {
            Options = options,
            Namespaces = ns.Only,
            Assumptions = assumptions,
            Sources = sources,
            WithRegions = LintReportFile.HasRegions(Format),
            Baseline = baseline,
        };
        return (question.Ask(cluster, CommandLineWords.Default, cancellation), cluster, question);
    }

    /// <summary>Mends files, and tells of each correction what became of it.</summary>
    /// <returns>Whether anything was written.</returns>
    private bool Mended(LintReport report, LintFixer fixer, CancellationToken cancellation)
    {
        foreach (var finding in LintFixer.InOrder(report.Findings))
        {
            if (fixer.Propose(finding, cancellation) is not { IsMadeAlready: false } fix)
                continue;
            terminal.Tell(Printable.Of(fix.Refusal is null
                ? $"fixed: {fix.File}: {fix}"
                : $"not fixed: {fix.File}: {fix.Finding.Rule.Id} {fix.Finding.Object}: {fix.Refusal}"));
            if (fix.Refusal is null)
                fixer.Accept(fix);
        }

        foreach (var (file, text) in fixer.Files)
            WholeFile.Write(file, stream => stream.Write(text.Bytes()), overwrite: true);
        return fixer.Files.Count > 0;
    }

    private void Print(Answer<LintReport> answer, ClusterEvaluator cluster)
    {
        var diagnostics = answer.AllDiagnostics();
        terminal.Tell(diagnostics.Where(told => answer.Value?.Tells(told) != true));
        var shown = answer.Value is { } found ? Shown(found) : null;
        using (var output = terminal.OpenOutput())
        {
            var left = new LintReportFile(shown, diagnostics, cluster.Snapshot.NotEvaluated, Environment.CurrentDirectory).Write(Format, output);
            if (left > 0)
                terminal.Tell($"warning: {Wording.Count(left, "finding")} in no file had no place in this form.");
        }

        if (Format == LintReportFormat.Table && answer.Value is { } report)
            terminal.Tell(LintTextWriter.Sum(report.Findings) + LeftOut(report) + "." + Silent(report));
    }

    private LintReport Shown(LintReport report) => !WithSuppressed ? report : report with
    {
        Findings = SuppressedOnly ? report.Suppressed : [.. Linter.Sorted(report.Findings.Concat(report.Suppressed))],
    };

    private static string LeftOut(LintReport report) => report.Suppressed.Count == 0 ? "" : $", and {report.Suppressed.Count} left out";

    private string Silent(LintReport report) => report.Silent.Count == 0 || settings.Complete is not null
        ? ""
        : $" {LintTextWriter.SumOfSilent(report)} --complete says of what it does.";
}
