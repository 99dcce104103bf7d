using System.Text.Json;
using NetPolTools.Asking;
using NetPolTools.Diagnostics;

namespace NetPolTools.Reports;

/// <summary>
/// A report as one JSON object of those that the other commands write, each under its name: <c>figures</c>, <c>leftOut</c>, <c>reachability</c>,
/// <c>isolation</c>, <c>namespaces</c>, and where it is there <c>exposure</c>, <c>lint</c>, <c>cni</c>, <c>difference</c> and <c>exposureDifference</c>.
/// Diagnostics stand in the first.
/// </summary>
/// <param name="output">Where to.</param>
public sealed class ReportJsonWriter(TextWriter output)
{
    /// <param name="report">What to write.</param>
    /// <param name="diagnostics">What else there is to tell.</param>
    public void Write(ClusterReport report, IReadOnlyList<Diagnostic> diagnostics)
    {
        var notEvaluated = report.Cluster.NotEvaluated;
        output.Write("{\"figures\":");
        output.Write(JsonOf(json => WriteFigures(json, report.Figures)));
        output.Write(",\n\"leftOut\":");
        output.Write(JsonOf(json =>
        {
            json.WriteStartArray();
            foreach (var sentence in report.LeftOut)
                json.WriteStringValue(sentence);
            json.WriteEndArray();
        }));
        output.Write(",\n\"reachability\":");
        new ConnectionJsonWriter(output).Write(report.Picture?.Connections() ?? [], diagnostics, notEvaluated);
        output.Write(",\"isolation\":");
        new IsolationJsonWriter(output).Write(report.Workloads, [], []);
        output.Write(",\"namespaces\":");
        new IsolationJsonWriter(output).Write(report.Namespaces, [], []);
        if (report.Exposure is { } exposure)
        {
            output.Write(",\"exposure\":");
            new ExposureJsonWriter(output).Write(exposure, [], []);
        }

        if (report.Lint is { } lint)
        {
            output.Write(",\"lint\":");
            new LintJsonWriter(output).Write(lint, [], []);
        }

        if (report.Cni is { } cni)
        {
            output.Write(",\"cni\":");
            new CniJsonWriter(output).Write(cni.Verdict, cni.Limited, []);
        }

        if (report.Change is { } change)
        {
            output.Write(",\"difference\":");
            new DifferenceJsonWriter(output).Write(change.Ends, change.Policies, change.Changes, [], []);
        }

        if (report.Change?.Exposure is { } exposed)
        {
            output.Write(",\"exposureDifference\":");
            new ExposureJsonWriter(output).Write(exposed, [], []);
        }

        output.Write("}\n");
    }

    private static string JsonOf(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteFigures(Utf8JsonWriter json, ReportFigures figures)
    {
        json.WriteStartObject();
        HtmlReportData.WriteFigures(json, figures);
        json.WriteEndObject();
    }
}
