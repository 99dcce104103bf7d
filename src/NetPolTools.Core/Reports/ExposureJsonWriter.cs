using System.Text.Json;
using NetPolTools.Diagnostics;
using NetPolTools.Exposure;
using NetPolTools.Snapshot;

namespace NetPolTools.Reports;

/// <summary>
/// Exposure and diagnostics as one JSON object: <c>{"exposure":[{"workload":E,"direction":"Ingress","grade":"Anywhere","who":"…","ports":"…",…},…],
/// "diagnostics":[…]}</c>. Properties that say nothing are left out. Of many namespaces
/// the first are named, and <c>moreNamespaces</c> and <c>moreExcept</c> say how many more there are.
/// </summary>
public sealed class ExposureJsonWriter(TextWriter output)
{
    public void Write(IEnumerable<ExposureLine> lines, IReadOnlyList<Diagnostic> diagnostics, IReadOnlyList<NotEvaluatedKind> notEvaluated) =>
        new JsonLines(output).Array("exposure", lines, Write).End(diagnostics, notEvaluated);

    /// <summary>Changes: <c>{"exposureChanges":[{"change":"Opened","workload":E,…},…],"diagnostics":[…]}</c>.</summary>
    public void Write(IEnumerable<ExposureChange> changes, IReadOnlyList<Diagnostic> diagnostics, IReadOnlyList<NotEvaluatedKind> notEvaluated) =>
        new JsonLines(output).Array("exposureChanges", changes, Write).End(diagnostics, notEvaluated);

    private static void Write(Utf8JsonWriter json, ExposureLine line) => Write(json, line, null);

    private static void Write(Utf8JsonWriter json, ExposureChange change) => Write(json, change.Line, change.Change);

    private static void Write(Utf8JsonWriter json, ExposureLine line, string? change)
    {
        json.WriteStartObject();
        WriteText(json, "change", change);
        JsonLines.WriteEnd(json, "workload", line.Workload);
        json.WriteString("direction", line.Direction.ToString());
        json.WriteString("grade", line.Grade.ToString());
        json.WriteString("who", line.Who);
        WriteText(json, "namespaceSelector", line.NamespaceSelector);
        WriteNames(json, "namespaces", "moreNamespaces", line.Namespaces);
        WriteNames(json, "except", "moreExcept", line.Except);
        WriteText(json, "podSelector", line.PodSelector);
        WriteText(json, "addresses", line.Addresses);
        json.WriteString("ports", line.Ports.ToString());
        if (!line.Undetermined.IsEmpty)
            json.WriteString("undetermined", line.Undetermined.ToString());
        WriteText(json, "example", line.Example);
        JsonLines.WriteTexts(json, "reasons", line.Reasons);
        if (line.Access.Count > 0)
        {
            json.WriteStartArray("access");
            foreach (var access in line.Access)
                Write(json, access);
            json.WriteEndArray();
        }

        if (line.IsCut)
            json.WriteBoolean("cut", true);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ExposureAccess access)
    {
        json.WriteStartObject();
        json.WriteStartObject("subject");
        json.WriteString("kind", access.Subject.Kind);
        WriteText(json, "namespace", access.Subject.Namespace);
        json.WriteString("name", access.Subject.Name);
        json.WriteEndObject();
        json.WriteString("may", access.Ability.ToString());
        WriteNames(json, "namespaces", "moreNamespaces", access.Namespaces);
        JsonLines.WriteObject(json, "binding", access.Binding);
        JsonLines.WriteObject(json, "role", access.Role);
        JsonLines.WritePlace(json, access.Location);
        json.WriteEndObject();
    }

    /// <summary>The first names, and how many more there are.</summary>
    private static void WriteNames(Utf8JsonWriter json, string name, string more, IReadOnlyList<string> names)
    {
        JsonLines.WriteTexts(json, name, [.. names.Take(ExposureText.MostNames)]);
        if (names.Count > ExposureText.MostNames)
            json.WriteNumber(more, names.Count - ExposureText.MostNames);
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            json.WriteString(name, text);
    }
}
