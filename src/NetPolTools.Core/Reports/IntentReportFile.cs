using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Snapshot;

namespace NetPolTools.Reports;

/// <summary>Writes results of intents in the form that is asked for.</summary>
/// <param name="report">The results; null where there is no answer.</param>
/// <param name="file">The file of the intents; null for none.</param>
/// <param name="diagnostics">What else there is to tell.</param>
/// <param name="notEvaluated">Kinds that take no part.</param>
/// <param name="root">The folder of the repository, which paths are below.</param>
public sealed class IntentReportFile(
    IntentReport? report, string? file, IReadOnlyList<Diagnostic> diagnostics, IReadOnlyList<NotEvaluatedKind> notEvaluated, string root)
{
    public void Write(LintReportFormat format, TextWriter output)
    {
        var found = report ?? new IntentReport([]);
        switch (format)
        {
            case LintReportFormat.Json:
                new IntentJsonWriter(output).Write(report, diagnostics, notEvaluated);
                break;
            case LintReportFormat.JUnit:
                new JUnitWriter(output, root).Write(IntentWriting.Suites(found, file));
                break;
            case LintReportFormat.NUnit3:
                new NUnitWriter(output).Write(IntentWriting.Suites(found, file));
                break;
            case LintReportFormat.Tap:
                new TapWriter(output, root).Write(IntentWriting.Suites(found, file));
                break;
            case LintReportFormat.Sarif:
                new LintSarifWriter(output, LintReportFile.Version, root) { Category = "netpol-check" }
                    .Write(report is null ? null : IntentFindings.Of(report), diagnostics);
                break;
            case LintReportFormat.GitHub:
                new LintGitHubWriter(output, root).Write(IntentFindings.Of(found));
                break;
            case LintReportFormat.Sonar:
                new LintSonarWriter(output, root).Write(IntentFindings.Of(found));
                break;
            case LintReportFormat.Markdown:
                new LintMarkdownWriter(output, root) { Title = $"Network policy intents: {IntentTextWriter.Sum(found)}" }.Write(IntentFindings.Of(found));
                break;
            default:
                new IntentTextWriter(output).Write(found);
                break;
        }
    }
}
