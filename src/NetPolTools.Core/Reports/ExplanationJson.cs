using System.Text.Json;
using NetPolTools.Explaining;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>
/// An explanation as the property <c>explanation</c>: <c>{"egress":D,"ingress":D}</c>, where D has <c>subject</c>, <c>policies</c>, <c>rules</c> that
/// match, <c>nearMisses</c> and, where there are any, <c>moreNearMisses</c> (a number), <c>nearPolicies</c> and <c>moreNearPolicies</c>; each rule with
/// <c>policy</c>, <c>path</c> and, from a file, <c>file</c>, <c>line</c> and <c>column</c>.
/// </summary>
internal static class ExplanationJson
{
    public static void Write(Utf8JsonWriter json, Explanation explanation)
    {
        json.WriteStartObject("explanation");
        json.WritePropertyName("egress");
        Write(json, explanation.Egress);
        json.WritePropertyName("ingress");
        Write(json, explanation.Ingress);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DirectionExplanation direction)
    {
        json.WriteStartObject();
        json.WriteString("subject", direction.Subject);
        if (direction.NeverIsolated is not null)
            json.WriteString("neverIsolated", direction.NeverIsolated);
        json.WriteString("ports", direction.Ports.ToString());
        json.WriteStartArray("policies");
        foreach (var policy in direction.Policies)
        {
            json.WriteStartObject();
            json.WriteString("policy", policy.Name);
            WritePlace(json, policy.Location);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rules");
        foreach (var match in direction.Matches)
        {
            WriteRule(json, match.Rule);
            json.WriteString("ports", match.Ports.ToString());
            WriteTexts(json, "peers", match.Peers);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteNearMisses(json, direction.NearMisses);
        if (direction.MoreNearMisses > 0)
            json.WriteNumber("moreNearMisses", direction.MoreNearMisses);
        WriteTiers(json, direction);
        if (!direction.Undetermined.IsEmpty)
            json.WriteString("undetermined", direction.Undetermined.ToString());
        if (direction.NearPolicies.Count > 0)
        {
            json.WriteStartArray("nearPolicies");
            foreach (var near in direction.NearPolicies)
            {
                json.WriteStartObject();
                json.WriteString("policy", near.Policy.Name);
                WritePlace(json, near.Policy.Location);
                WriteTexts(json, "lacks", near.Lacks);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (direction.MoreNearPolicies > 0)
                json.WriteNumber("moreNearPolicies", direction.MoreNearPolicies);
        }

        JsonLines.WriteTexts(json, "limits", direction.Limits);
        json.WriteEndObject();
    }

    /// <summary>Only where policies of other kinds than NetworkPolicy select the subject.</summary>
    private static void WriteTiers(Utf8JsonWriter json, DirectionExplanation direction)
    {
        if (direction.TieredPolicies.Count == 0)
            return;
        json.WriteStartArray("tiers");
        foreach (var step in direction.Tiers)
        {
            json.WriteStartObject();
            json.WriteString("tier", step.Tier);
            json.WriteString("policy", step.Policy.Name);
            JsonLines.WriteTexts(json, "otherPolicies", [.. step.Others.Select(static other => other.Name)]);
            if (step.Rule is not null)
                json.WriteString("path", step.Rule.Path);
            if (step.RuleName is not null)
                json.WriteString("name", step.RuleName);
            json.WriteString("action", step.Action);
            json.WriteString("ports", step.Ports.ToString());
            JsonLines.WriteTexts(json, "peers", step.Peers);
            JsonLines.WriteTexts(json, "dependsOn", step.DependsOn);
            if (step.NearMisses.Count > 0)
                WriteNearMisses(json, step.NearMisses);
            if (step.PassedTo is not null)
                json.WriteString("passedTo", step.PassedTo);
            WritePlace(json, step.Rule?.Location ?? step.Policy.Location);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (direction.LeftToNetworkPolicies is { } left)
            json.WriteString("leftToNetworkPolicies", left.ToString());
        if (!direction.ByDefault.IsEmpty)
            json.WriteString("byDefault", direction.ByDefault.ToString());
    }

    private static void WriteNearMisses(Utf8JsonWriter json, IReadOnlyList<NearMiss> misses)
    {
        json.WriteStartArray("nearMisses");
        foreach (var miss in misses)
        {
            WriteRule(json, miss.Rule);
            WriteTexts(json, "lacks", miss.Lacks);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRule(Utf8JsonWriter json, RulePlace rule)
    {
        json.WriteStartObject();
        json.WriteString("policy", rule.Policy.Name);
        json.WriteString("path", rule.Path);
        WritePlace(json, rule.Location);
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void WritePlace(Utf8JsonWriter json, SourceLocation location)
    {
        if (!location.IsKnown)
            return;
        json.WriteString("file", location.File);
        if (location.Line == 0)
            return;
        json.WriteNumber("line", location.Line);
        json.WriteNumber("column", location.Column);
    }
}
