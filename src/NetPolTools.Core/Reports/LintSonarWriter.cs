using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NetPolTools.Asking;
using NetPolTools.Linting;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>Findings in the form in which SonarQube (10.3 and newer) takes issues of other tools. It knows issues in files only.</summary>
/// <param name="output">Where to.</param>
/// <param name="root">The folder of the repository.</param>
public sealed class LintSonarWriter(TextWriter output, string root)
{
    private readonly LintPaths _paths = new(root);

    /// <returns>How many findings had to be left out, since they are in no file.</returns>
    public int Write(LintReport report)
    {
        LintFinding[] findings = [.. report.Findings.Where(static finding => finding.Location is { IsKnown: true, Line: > 0 })];
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("rules");
            foreach (var rule in findings.Select(static finding => finding.Rule).Distinct().OrderBy(static rule => rule.Id, StringComparer.Ordinal))
                Write(json, rule);
            json.WriteEndArray();
            json.WriteStartArray("issues");
            foreach (var finding in findings)
                Write(json, finding);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.Write(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
        output.Write('\n');
        return report.Findings.Count - findings.Length;
    }

    private static void Write(Utf8JsonWriter json, LintRule rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        json.WriteString("name", rule.Name);
        json.WriteString("description", $"{rule.Description} {rule.Why}");
        json.WriteString("engineId", "netpol");
        json.WriteString("cleanCodeAttribute", "LOGICAL");
        json.WriteStartArray("impacts");
        json.WriteStartObject();
        json.WriteString("softwareQuality", "RELIABILITY");
        json.WriteString("severity", rule.Severity switch { LintSeverity.Error => "HIGH", LintSeverity.Warning => "MEDIUM", _ => "LOW" });
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, LintFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Rule.Id);
        json.WriteStartObject("primaryLocation");
        WriteLocation(json, finding.Object is null ? finding.Message : $"{finding.Object}: {finding.Message}", finding.Location, finding.End);
        json.WriteEndObject();
        LintPlace[] related = [.. finding.Related.Where(static place => place.Location is { IsKnown: true, Line: > 0 })];
        if (related.Length > 0)
        {
            json.WriteStartArray("secondaryLocations");
            foreach (var place in related)
            {
                json.WriteStartObject();
                WriteLocation(json, place.ToString(), place.Location, null);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Without an end the whole line is meant: a range needs both. Columns are from 0.</summary>
    private void WriteLocation(Utf8JsonWriter json, string message, SourceLocation place, SourceEnd? end)
    {
        json.WriteString("message", Printable.Of(message));
        json.WriteString("filePath", _paths.Of(place.File!));
        json.WriteStartObject("textRange");
        json.WriteNumber("startLine", place.Line);
        if (end is { } behind)
        {
            json.WriteNumber("endLine", behind.Line);
            json.WriteNumber("startColumn", place.Column - 1);
            json.WriteNumber("endColumn", behind.Column - 1);
        }

        json.WriteEndObject();
    }
}
