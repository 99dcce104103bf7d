using System.Reflection;
using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Snapshot;

namespace NetPolTools.Reports;

/// <summary>Writes findings in the form that is asked for.</summary>
/// <param name="report">What was found; null where there is no answer.</param>
/// <param name="diagnostics">What else there is to tell.</param>
/// <param name="notEvaluated">Kinds that take no part.</param>
/// <param name="root">The folder of the repository, which paths are below.</param>
public sealed class LintReportFile(LintReport? report, IReadOnlyList<Diagnostic> diagnostics, IReadOnlyList<NotEvaluatedKind> notEvaluated, string root)
{
    internal static string Version => typeof(LintReportFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Whether a form has room for where a finding ends.</summary>
    public static bool HasRegions(LintReportFormat format) => format is LintReportFormat.Sarif or LintReportFormat.GitHub or LintReportFormat.Sonar;

    /// <returns>How many findings the form has no room for.</returns>
    public int Write(LintReportFormat format, TextWriter output)
    {
        var found = report ?? new LintReport([], []);
        switch (format)
        {
            case LintReportFormat.Json:
                new LintJsonWriter(output).Write(report, diagnostics, notEvaluated);
                return 0;
            case LintReportFormat.Sarif:
                new LintSarifWriter(output, Version, root).Write(report, diagnostics);
                return 0;
            case LintReportFormat.JUnit:
                new JUnitWriter(output, root).Write(LintSuites.Of(found));
                return 0;
            case LintReportFormat.NUnit3:
                new NUnitWriter(output).Write(LintSuites.Of(found));
                return 0;
            case LintReportFormat.Tap:
                new TapWriter(output, root).Write(LintSuites.Of(found));
                return 0;
            case LintReportFormat.GitHub:
                new LintGitHubWriter(output, root).Write(found);
                return 0;
            case LintReportFormat.Sonar:
                return new LintSonarWriter(output, root).Write(found);
            case LintReportFormat.Markdown:
                new LintMarkdownWriter(output, root).Write(found);
                return 0;
            default:
                new LintTextWriter(output).Write(found.Findings);
                return 0;
        }
    }
}
