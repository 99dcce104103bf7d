using System.Globalization;
using System.Text.Json;
using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Linting;
using NetPolTools.Snapshot;

namespace NetPolTools.Reports;

/// <summary>
/// Findings and diagnostics as one JSON object: <c>{"findings":[{"rule":"NP028","name":"or-for-and","severity":"Error","object":{…},
/// "path":"spec.ingress[0].from[1]","file":…,"line":…,"column":…,"message":…,"corrections":[{"description":…,"text":…}]}],"diagnostics":[…]}</c>.
/// </summary>
public sealed class LintJsonWriter(TextWriter output)
{
    public void Write(LintReport? report, IReadOnlyList<Diagnostic> diagnostics, IReadOnlyList<NotEvaluatedKind> notEvaluated) =>
        new JsonLines(output).Array("findings", report?.Findings ?? [], Write).End(diagnostics, notEvaluated);

    private static void Write(Utf8JsonWriter json, LintFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("rule", finding.Rule.Id);
        json.WriteString("name", finding.Rule.Name);
        json.WriteString("severity", finding.Severity.ToString());
        if (finding.Object is { } about)
            JsonLines.WriteObject(json, "object", about);
        if (finding.FieldPath is not null)
            json.WriteString("path", finding.FieldPath);
        JsonLines.WritePlace(json, finding.Location);
        json.WriteString("message", finding.Message);
        if (finding.Suppression is { } suppression)
            Write(json, suppression);
        if (finding.Corrections.Count > 0)
        {
            json.WriteStartArray("corrections");
            foreach (var correction in finding.Corrections)
                Write(json, correction);
            json.WriteEndArray();
        }

        if (finding.Related.Count > 0)
        {
            json.WriteStartArray("related");
            foreach (var place in finding.Related)
                Write(json, place);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LintSuppression suppression)
    {
        json.WriteStartObject("suppression");
        json.WriteString("kind", suppression.Kind.ToString());
        json.WriteString("reason", suppression.Reason);
        if (suppression.Until is { } until)
            json.WriteString("until", until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        JsonLines.WritePlace(json, suppression.Location);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LintCorrection correction)
    {
        json.WriteStartObject();
        json.WriteString("description", correction.Description);
        if (correction.Text is not null)
            json.WriteString("text", correction.Text);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LintPlace place)
    {
        json.WriteStartObject();
        JsonLines.WriteObject(json, "object", place.Object);
        if (place.FieldPath is not null)
            json.WriteString("path", place.FieldPath);
        JsonLines.WritePlace(json, place.Location);
        json.WriteEndObject();
    }
}
