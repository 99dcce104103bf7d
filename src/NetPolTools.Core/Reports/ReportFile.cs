using NetPolTools.Asking;
using NetPolTools.Diagnostics;

namespace NetPolTools.Reports;

/// <summary>Writes a report in the form that is asked for.</summary>
/// <param name="report">What to show.</param>
/// <param name="diagnostics">What else there is to tell.</param>
public sealed class ReportFile(ClusterReport report, IReadOnlyList<Diagnostic> diagnostics)
{
    public void Write(ReportFormat format, TextWriter output)
    {
        switch (format)
        {
            default:
                new HtmlReportWriter(output).Write(report, diagnostics);
                break;
        }
    }
}
