using System.Text.Json;
using NetPolTools.Cni;
using NetPolTools.Cni.Catalogue;
using NetPolTools.Diagnostics;

namespace NetPolTools.Reports;

/// <summary>
/// The verdict as one JSON object: <c>{"verdict":[{"enforced":"No","reason":"…","plugins":[…],"hints":[…],"warnings":[…],"advice":[…]}],
/// "policies":[…],"diagnostics":[…]}</c>; or the catalogue as <c>{"plugins":[…],"diagnostics":[]}</c>.
/// </summary>
public sealed class CniJsonWriter(TextWriter output)
{
    /// <param name="verdict">Null for none.</param>
    /// <param name="policies">What policies of the input use that does not work as written.</param>
    /// <param name="diagnostics">Of the input.</param>
    public void Write(CniVerdict? verdict, IEnumerable<LimitedUse> policies, IReadOnlyList<Diagnostic> diagnostics) => new JsonLines(output)
        .Array("verdict", verdict is null ? Array.Empty<CniVerdict>() : [verdict], Write)
        .Array("policies", policies, Write)
        .End(diagnostics, []);

    public void Write(IEnumerable<CatalogueEntry> entries) => new JsonLines(output).Array("plugins", entries, Write).End([], []);

    private static void Write(Utf8JsonWriter json, CniVerdict verdict)
    {
        json.WriteStartObject();
        json.WriteString("enforced", verdict.Enforced.ToString());
        json.WriteString("reason", verdict.Reason);
        json.WriteStartArray("plugins");
        foreach (var plugin in verdict.Plugins)
            Write(json, plugin);
        json.WriteEndArray();
        WriteEvidence(json, "hints", verdict.OtherHints);
        JsonLines.WriteTexts(json, "warnings", verdict.Warnings);
        JsonLines.WriteTexts(json, "advice", [.. verdict.Advice]);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DetectedPlugin plugin)
    {
        json.WriteStartObject();
        json.WriteString("plugin", plugin.Name);
        if (plugin.Version is { } version)
            json.WriteString("version", version.Text);
        json.WriteString("role", plugin.Role.ToString());
        json.WriteString("enforces", plugin.Enforces.ToString());
        if (plugin.Because is { } because)
            json.WriteString("because", because);
        if (plugin is { Ready: { } ready, Desired: { } desired })
        {
            json.WriteNumber("ready", ready);
            json.WriteNumber("desired", desired);
        }

        WriteEvidence(json, "evidence", plugin.Evidence);
        json.WriteStartArray("limits");
        foreach (var limit in plugin.Limits)
        {
            json.WriteStartObject();
            json.WriteString("feature", limit.Feature.ToString());
            json.WriteString("support", limit.Support.ToString());
            json.WriteString("text", limit.Limit.Text);
            WriteFact(json, limit.Limit.Fact);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        JsonLines.WriteTexts(json, "policyKinds", plugin.PolicyKinds);
        json.WriteEndObject();
    }

    private static void WriteEvidence(Utf8JsonWriter json, string name, IReadOnlyList<PluginEvidence> evidence)
    {
        json.WriteStartArray(name);
        foreach (var piece in evidence)
        {
            json.WriteStartObject();
            json.WriteString("object", piece.Object.ToString());
            json.WriteString("what", piece.What);
            json.WriteBoolean("hint", piece.IsHint);
            WriteFact(json, piece.Fact);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFact(Utf8JsonWriter json, PluginFact fact)
    {
        json.WriteString("source", fact.Source);
        json.WriteBoolean("verified", fact.IsVerified);
    }

    private static void Write(Utf8JsonWriter json, LimitedUse use)
    {
        json.WriteStartObject();
        json.WriteString("policy", use.Use.Policy.Reference.ToString());
        json.WriteString("path", use.Use.Path);
        json.WriteString("feature", use.Use.Feature.ToString());
        json.WriteString("support", use.Limit.Support.ToString());
        json.WriteString("text", use.ToString());
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CatalogueEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("id", entry.Id);
        json.WriteString("name", entry.Name);
        json.WriteString("enforces", entry.Enforces.ToString());
        json.WriteString("answer", entry.Answer);
        WriteFact(json, entry.Fact);
        JsonLines.WriteTexts(json, "policyKinds", entry.PolicyKinds);
        json.WriteEndObject();
    }
}
