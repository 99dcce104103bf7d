using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Listing;

namespace NetPolTools.Reports;

/// <summary>Writes a report in the form that is asked for.</summary>
/// <param name="report">What to show.</param>
/// <param name="diagnostics">What else there is to tell.</param>
/// <param name="root">The folder of the repository, which paths in comments are below.</param>
public sealed class ReportFile(ClusterReport report, IReadOnlyList<Diagnostic> diagnostics, string root)
{
    /// <summary>Whether a form can be about one workload.</summary>
    public static bool IsOfOneWorkload(ReportFormat format) => format is ReportFormat.Svg or ReportFormat.Mermaid or ReportFormat.Dot;

    /// <summary>Whether a form says itself what it leaves out.</summary>
    public static bool SaysWhatIsLeftOut(ReportFormat format) => format != ReportFormat.Csv;

    /// <summary>The workloads of the report that a name means: as <c>name</c>, <c>namespace/name</c> or as listings write it.</summary>
    public IReadOnlyList<ConnectionEnd> Named(string name) =>
    [
        .. report.Picture?.Ends.Take(report.Picture.OwnCount)
            .Where(end => name == end.Name || name == $"{end.Namespace}/{end.Name}" || name == end.ToString()) ?? [],
    ];

    /// <param name="format">What to write.</param>
    /// <param name="output">Where to.</param>
    /// <param name="around">The workload that pictures and graphs are of; null for all.</param>
    /// <param name="part">Of CSV, which table; null for the changes where there are any, and the connections otherwise.</param>
    public void Write(ReportFormat format, TextWriter output, ConnectionEnd? around = null, ReportPart? part = null)
    {
        switch (format)
        {
            case ReportFormat.Markdown:
                new ReportMarkdownWriter(output, root).Write(report, diagnostics);
                break;
            case ReportFormat.Mermaid:
                new MermaidWriter(output).Write(report, around);
                break;
            case ReportFormat.Dot:
                new DotWriter(output).Write(report, around);
                break;
            case ReportFormat.Svg when around is not null:
                new NeighbourhoodSvgWriter(output).Write(report, around);
                break;
            case ReportFormat.Svg:
                new MatrixSvgWriter(output).Write(report);
                break;
            case ReportFormat.Json:
                new ReportJsonWriter(output).Write(report, diagnostics);
                break;
            case ReportFormat.Csv:
                WriteCsv(part ?? (report.Change is null ? ReportPart.Reachability : ReportPart.Difference), output);
                break;
            default:
                new HtmlReportWriter(output, root).Write(report, diagnostics);
                break;
        }
    }

    private void WriteCsv(ReportPart part, TextWriter output)
    {
        switch (part)
        {
            case ReportPart.Difference:
                var csv = new DifferenceCsvWriter(output);
                csv.WriteHeader();
                csv.Write(report.Change?.Ends ?? [], report.Change?.Changes ?? []);
                break;
            case ReportPart.Isolation:
                new IsolationCsvWriter(output).Write(report.Workloads);
                break;
            case ReportPart.Namespaces:
                new IsolationCsvWriter(output).Write(report.Namespaces);
                break;
            case ReportPart.Exposure:
                new ExposureCsvWriter(output).Write(report.Exposure ?? []);
                break;
            default:
                new ConnectionCsvWriter(output).Write(report.Picture?.Connections() ?? []);
                break;
        }
    }
}
