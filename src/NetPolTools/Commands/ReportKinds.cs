using NetPolTools.Reports;

namespace NetPolTools.Commands;

/// <summary>What can be written of a cluster, and what of findings.</summary>
internal static class ReportKinds
{
    /// <summary>Null where there is no such form of a cluster.</summary>
    public static ReportFormat? OfCluster(ReportKind kind) => Enum.TryParse<ReportFormat>(kind.ToString(), out var format) ? format : null;

    /// <summary>Null where there is no such form of findings.</summary>
    public static LintReportFormat? OfFindings(ReportKind kind) => Enum.TryParse<LintReportFormat>(kind.ToString(), out var format) ? format : null;

    /// <summary>The form that the name of a file tells; a page where it tells none.</summary>
    public static ReportKind OfFile(string? file) => Path.GetExtension(file ?? "").ToUpperInvariant() switch
    {
        ".MD" or ".MARKDOWN" => ReportKind.Markdown,
        ".MMD" or ".MERMAID" => ReportKind.Mermaid,
        ".DOT" or ".GV" => ReportKind.Dot,
        ".SVG" => ReportKind.Svg,
        ".CSV" => ReportKind.Csv,
        ".JSON" => ReportKind.Json,
        ".SARIF" => ReportKind.Sarif,
        _ => ReportKind.Html,
    };
}
