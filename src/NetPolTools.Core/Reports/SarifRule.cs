using System.Text.Json;
using NetPolTools.Linting;

namespace NetPolTools.Reports;

/// <summary>A rule as SARIF describes it, with what GitHub shows beside a result.</summary>
internal static class SarifRule
{
    public static void Write(Utf8JsonWriter json, LintRule rule, string help)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        json.WriteString("name", rule.Name);
        WriteText(json, "shortDescription", rule.Description);
        WriteText(json, "fullDescription", $"{rule.Description} {rule.Why}");
        json.WriteStartObject("help");
        json.WriteString("text", $"{rule.Description} {rule.Why}\n\nTrouble:\n\n{rule.Trouble}\n\nMended:\n\n{rule.Cure}");
        json.WriteString("markdown", $"{rule.Description} {rule.Why}\n\n**Trouble**\n\n{Fenced(rule.Trouble)}\n\n**Mended**\n\n{Fenced(rule.Cure)}\n");
        json.WriteEndObject();
        json.WriteString("helpUri", help);
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", LintWords.Of(rule.Severity));
        json.WriteBoolean("enabled", !rule.IsOptIn);
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("precision", Precision(rule.Needs));
        json.WriteString("problem.severity", rule.Severity == LintSeverity.Note ? "recommendation" : LintWords.Of(rule.Severity));
        json.WriteStartArray("tags");
        json.WriteStringValue("kubernetes");
        json.WriteStringValue("network-policy");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The more a rule has to know beside the policy, the more may be missing in what it was given.</summary>
    private static string Precision(LintNeeds needs) => needs switch
    {
        LintNeeds.Policy => "very-high",
        LintNeeds.Inventory or LintNeeds.Reachability => "high",
        _ => "medium",
    };

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string Fenced(string yaml) => $"```yaml\n{yaml}\n```";
}
