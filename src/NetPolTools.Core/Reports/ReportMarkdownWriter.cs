using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Difference;
using NetPolTools.Explaining;
using NetPolTools.Exposure;
using NetPolTools.Isolation;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>
/// A report as Markdown for the comment of a pull request: figures, and the rest folded. It begins with a comment that nobody sees, by which a job finds the
/// comment that it wrote before and can put the new one in its place.
/// </summary>
/// <param name="output">Where to.</param>
/// <param name="root">The folder of the repository.</param>
public sealed class ReportMarkdownWriter(TextWriter output, string root)
{
    /// <summary>The first line.</summary>
    public const string Marker = "<!-- netpoltools report -->";

    /// <summary>GitHub takes 65,536 characters; what stands around the tables is left room for.</summary>
    private const int LongestTables = 60_000;

    private readonly LintPaths _paths = new(root);
    private int _left = LongestTables;

    /// <param name="report">What to show.</param>
    /// <param name="diagnostics">What else there is to tell.</param>
    public void Write(ClusterReport report, IReadOnlyList<Diagnostic> diagnostics)
    {
        var figures = report.Figures;
        output.Write($"{Marker}\n### Network policies: {Heading(report)}\n");
        foreach (var sentence in report.LeftOut)
            output.Write($"\n{MarkdownText.Of(sentence)}\n");
        output.Write("\n| Namespaces | Workloads | Policies | Allowed connections | Open to every source | Open to every destination | Under no policy |\n"
            + "| --- | --- | --- | --- | --- | --- | --- |\n"
            + $"| {figures.Namespaces} | {figures.Workloads} | {figures.Policies} | {figures.Connections?.ToString() ?? "not counted"} | "
            + $"{figures.OpenToReceive} | {figures.OpenToSend} | {figures.WideOpen} |\n");
        if (report.Cni is { } cni)
            output.Write($"\nNetwork plugin: {MarkdownText.Of(cni.Verdict.Names)}. {MarkdownText.Of(cni.Verdict.Reason)}\n");
        if (report.Change is { } change)
            WriteChange(change);
        Section(
            "What to know",
            diagnostics.Where(told => report.Lint?.Tells(told) != true).Take(50).ToArray(),
            ["Severity", "Message", "Place"],
            told => [told.Severity.ToString().ToLowerInvariant(), told.Message, Place(told.Location)]);
        if (report.Lint is { } lint)
        {
            Section(
                "Findings",
                [.. LintWords.BySeverity(lint.Findings)],
                ["Severity", "Rule", "Object", "Place", "Message"],
                finding =>
                [
                    LintWords.Of(finding.Severity), finding.Rule.ToString(), finding.Object?.ToString() ?? "", Place(finding.Location), finding.Message,
                ]);
        }

        if (report.Exposure is { } exposure)
            WriteExposure(exposure);
        Section(
            "Workloads that are open in some direction",
            [.. report.Workloads.Where(static workload => workload.IsOpen && !workload.IsHostNetwork)],
            ["Workload", "Ingress", "Egress"],
            static workload => [workload.End.ToString(), State(workload.Ingress), State(workload.Egress)]);
        Section(
            "Namespaces",
            report.Namespaces,
            ["Namespace", "Workloads", "Isolated for ingress", "Isolated for egress", "A new pod there"],
            static ns => [ns.Namespace, $"{ns.Workloads}", $"{ns.IngressIsolated}", $"{ns.EgressIsolated}", ns.Summary]);
    }

    private static string Heading(ClusterReport report)
    {
        if (report.Change is not { } change)
            return $"{Wording.Count(report.Figures.Workloads, "workload")} in {Wording.Count(report.Figures.Namespaces, "namespace")}";
        string[] parts =
        [
            .. DifferenceText.ForPeople(change.Changes).GroupBy(static line => line.Kind).OrderBy(static same => same.Key)
                .Select(static same => $"{Wording.Count(same.Count(), "connection")} {same.Key.ToString().ToLowerInvariant()}"),
        ];
        return parts.Length == 0 ? "no difference in who can reach whom" : string.Join(", ", parts);
    }

    private static string State(DirectionIsolation direction) => direction.State.ToString().ToLowerInvariant();

    private string Place(SourceLocation location)
    {
        var file = location.File is { } name ? _paths.Of(name) : "";
        return location.Line > 0 ? $"{file}:{location.Line}" : file;
    }

    private void WriteExposure(IReadOnlyList<ExposureLine> exposure)
    {
        output.Write("\n| Who does not exist yet | Workloads that it could reach | Workloads that could reach it |\n| --- | --- | --- |\n");
        foreach (var sum in ExposureSum.Of(exposure).Where(static sum => sum.Reached + sum.Reaching > 0))
            output.Write($"| {MarkdownText.InCell(ExposureText.Of(sum.Grade))} | {sum.Reached} | {sum.Reaching} |\n");
        Section(
            "Exposure to pods that do not exist yet",
            [.. exposure.OrderBy(static line => line.Direction).ThenBy(static line => line.Grade)],
            ["Workload", "Direction", "Who", "Ports", "Why"],
            ExposureCells);
    }

    private string Why(DecidingReason reason) => reason.Rule is { } rule ? $"{rule.Policy.Name} {rule.Path} ({Place(rule.Location)})"
        : reason.Policy is { } policy ? $"{policy.Name} ({Place(policy.Location)})"
        : reason.Text;

    private void WriteChange(ReportedChange change)
    {
        foreach (var kind in Enum.GetValues<ChangeKind>())
        {
            Section(
                kind.ToString(),
                [.. DifferenceText.ForPeople(change.Changes).Where(line => line.Kind == kind)],
                ["Source", "Destination", "Before", "After", "Policies"],
                static line =>
                [
                    DifferenceText.Source(line), DifferenceText.Destination(line), line.Before.ToString(), line.After.ToString(),
                    string.Join(' ', line.Policies.Select(static policy => policy.ToString())),
                ],
                isOpen: kind != ChangeKind.Changed);
        }

        foreach (var isOpened in new[] { true, false })
        {
            Section(
                $"Exposure {(isOpened ? "opened" : "closed")}",
                [.. (change.Exposure ?? []).Where(found => found.IsOpened == isOpened).Select(static found => found.Line)],
                ["Workload", "Direction", "Who", "Ports", "Why"],
                ExposureCells,
                isOpen: isOpened);
        }
    }

    private string[] ExposureCells(ExposureLine line) =>
    [
        line.Workload.ToString(), ExposureText.DirectionOf(line), ExposureText.WhoOf(line), ExposureText.PortsOf(line),
        string.Join("; ", line.Deciding.Select(Why)),
    ];

    /// <summary>A table that unfolds, as long as there is room; what there is no room for is counted.</summary>
    private void Section<T>(string title, IReadOnlyList<T> lines, string[] headings, Func<T, string[]> cells, bool isOpen = false)
    {
        if (lines.Count == 0)
            return;
        output.Write($"\n<details{(isOpen ? " open" : "")}><summary>{title} ({lines.Count})</summary>\n\n");
        output.Write($"| {string.Join(" | ", headings)} |\n|{string.Concat(headings.Select(static _ => " --- |"))}\n");
        var shown = 0;
        foreach (var line in lines)
        {
            var text = $"| {string.Join(" | ", cells(line).Select(MarkdownText.InCell))} |\n";
            if (text.Length > _left)
                break;
            output.Write(text);
            _left -= text.Length;
            shown++;
        }

        output.Write(shown < lines.Count ? $"\n… and {lines.Count - shown} more\n\n</details>\n" : "\n</details>\n");
    }
}
