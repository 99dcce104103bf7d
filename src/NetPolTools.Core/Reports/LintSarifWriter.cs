using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Linting;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>
/// Findings as SARIF 2.1.0, as GitHub's code scanning takes it: paths below the repository, a region and a fingerprint for each result, and at most as many
/// results as are taken there, the gravest first. What was left out is said among the notifications of the run.
/// </summary>
/// <param name="output">Where to.</param>
/// <param name="version">The version of the tool.</param>
/// <param name="root">The folder of the repository.</param>
public sealed class LintSarifWriter(TextWriter output, string version, string root)
{
    /// <summary>GitHub refuses a run with more.</summary>
    public const int MostResults = 25_000;

    /// <summary>Of one result, more are not shown.</summary>
    private const int MostRelated = 100;

    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";
    private const string Help = "https://kubernetes.io/docs/concepts/services-networking/network-policies/";

    private const int PieceLength = 1 << 16;

    private readonly LintPaths _paths = new(root);
    private readonly ArrayBufferWriter<byte> _written = new();

    /// <summary>Results of one category replace those of the same category that were uploaded before.</summary>
    public string Category { get; init; } = "netpol-lint";

    public void Write(LintReport? report, IReadOnlyList<Diagnostic> diagnostics)
    {
        using (var json = new Utf8JsonWriter(_written, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", Schema);
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            WriteRun(json, report, diagnostics);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        PassOn();
        output.Write('\n');
    }

    /// <summary>Passes on what is written so far: of a hundred thousand findings all of it would be a hundred megabytes.</summary>
    private void PassOn()
    {
        output.Write(Encoding.UTF8.GetString(_written.WrittenSpan));
        _written.ResetWrittenCount();
    }

    private void WriteRun(Utf8JsonWriter json, LintReport? report, IReadOnlyList<Diagnostic> diagnostics)
    {
        var findings = report?.Findings ?? [];
        LintRule[] rules =
        [
            .. (report?.Asked ?? []).Union(findings.Select(static finding => finding.Rule)).OrderBy(static rule => rule.Id, StringComparer.Ordinal),
        ];
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "NetPolTools");
        json.WriteString("version", version);
        json.WriteStartArray("rules");
        foreach (var rule in rules)
            SarifRule.Write(json, rule, Help);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        WriteInvocation(json, report, diagnostics);
        json.WriteStartObject("automationDetails");
        json.WriteString("id", Category + "/");
        json.WriteEndObject();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        var fingerprints = new LintFingerprints();
        foreach (var finding in findings.Count <= MostResults ? findings : LintWords.BySeverity(findings).Take(MostResults))
        {
            WriteResult(json, finding, Array.IndexOf(rules, finding.Rule), fingerprints.Next(finding));
            if (json.BytesPending < PieceLength)
                continue;
            json.Flush();
            PassOn();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteInvocation(Utf8JsonWriter json, LintReport? report, IReadOnlyList<Diagnostic> diagnostics)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", report is not null);
        json.WriteStartArray("toolExecutionNotifications");
        foreach (var diagnostic in diagnostics.Where(diagnostic => report?.Tells(diagnostic) != true))
            WriteNotification(json, diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning", diagnostic.ToString(), diagnostic.Location);
        if (report?.Findings.Count > MostResults)
        {
            var left = report.Findings.Count - MostResults;
            WriteNotification(json, "warning", $"{left} of {report.Findings.Count} findings are left out, the gravest not.", default);
        }

        if (report?.Silent.Count > 0)
            WriteNotification(json, "note", LintTextWriter.SumOfSilent(report), default);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteNotification(Utf8JsonWriter json, string level, string text, SourceLocation place)
    {
        json.WriteStartObject();
        json.WriteString("level", level);
        WriteMessage(json, text);
        if (place.IsKnown)
        {
            json.WriteStartArray("locations");
            json.WriteStartObject();
            WritePlace(json, place, null);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private void WriteResult(Utf8JsonWriter json, LintFinding finding, int rule, string fingerprint)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule.Id);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", LintWords.Of(finding.Severity));
        WriteMessage(json, string.Join('\n', LintWords.Corrections(finding).Select(static text => "Fix: " + text).Prepend(finding.Message)));
        json.WriteStartArray("locations");
        json.WriteStartObject();
        if (finding.Location.IsKnown)
            WritePlace(json, finding.Location, finding.End);
        if (finding.Object is { } about)
        {
            json.WriteStartArray("logicalLocations");
            json.WriteStartObject();
            json.WriteString("fullyQualifiedName", finding.FieldPath is null ? about.ToString() : $"{about} {finding.FieldPath}");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("partialFingerprints");
        json.WriteString("primaryLocationLineHash", fingerprint);
        json.WriteEndObject();
        WriteRelated(json, finding);
        json.WriteEndObject();
    }

    private void WriteRelated(Utf8JsonWriter json, LintFinding finding)
    {
        LintPlace[] places = [.. finding.Related.Where(static place => place.Location.IsKnown).Take(MostRelated)];
        if (places.Length == 0)
            return;
        json.WriteStartArray("relatedLocations");
        for (var i = 0; i < places.Length; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", i + 1);
            WritePlace(json, places[i].Location, null);
            WriteMessage(json, places[i].FieldPath is null ? places[i].Object.ToString() : $"{places[i].Object} {places[i].FieldPath}");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WritePlace(Utf8JsonWriter json, SourceLocation place, SourceEnd? end)
    {
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", _paths.UriOf(place.File!));
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", Math.Max(place.Line, 1));
        if (place.Line > 0)
            json.WriteNumber("startColumn", place.Column);
        if (end is { } behind)
        {
            json.WriteNumber("endLine", behind.Line);
            json.WriteNumber("endColumn", behind.Column);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Brackets before a parenthesis would be taken for a link.</summary>
    private static void WriteMessage(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject("message");
        json.WriteString("text", string.Join('\n', text.Split('\n').Select(Printable.Of)).Replace("](", "] (", StringComparison.Ordinal));
        json.WriteEndObject();
    }
}
