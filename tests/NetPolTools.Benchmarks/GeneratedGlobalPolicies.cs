using System.Text.Json;

namespace NetPolTools.Benchmarks;

/// <summary>
/// Calico's tiers and GlobalNetworkPolicies of a generated cluster: for some namespaces by a label, for some pods of them, with rules that allow, deny and
/// pass, by selectors, blocks, numbers, ranges and names of ports.
/// </summary>
internal sealed class GeneratedGlobalPolicies(ClusterShape shape, Random random, string[] tiers, string[] environments)
{
    private const int TierCount = 10;

    private static readonly string[] Actions = ["Allow", "Allow", "Deny", "Pass"];
    private static readonly string[] Ports = ["443", "5432", "30000:31000", "http"];

    public void Write(Utf8JsonWriter json, Action afterItem)
    {
        for (var tier = 0; tier < TierCount; tier++)
        {
            GeneratedCluster.Begin(json, "projectcalico.org/v3", "Tier", $"tier-{tier}", null);
            json.WriteEndObject();
            json.WriteStartObject("spec");
            json.WriteNumber("order", 100 * (tier + 1));
            json.WriteString("defaultAction", "Pass");
            json.WriteEndObject();
            json.WriteEndObject();
            afterItem();
        }

        for (var policy = 0; policy < shape.GlobalPolicies; policy++)
        {
            WritePolicy(json, policy);
            afterItem();
        }
    }

    private void WritePolicy(Utf8JsonWriter json, int number)
    {
        var tier = number % TierCount;
        GeneratedCluster.Begin(json, "projectcalico.org/v3", "GlobalNetworkPolicy", $"tier-{tier}.policy-{number}", null);
        json.WriteEndObject();
        json.WriteStartObject("spec");
        json.WriteString("tier", $"tier-{tier}");
        json.WriteNumber("order", number);
        json.WriteString("namespaceSelector", random.Next(20) == 0 ? $"env == '{Pick(environments)}'" : $"team == 'team-{random.Next(shape.Teams())}'");
        json.WriteString("selector", random.Next(3) == 0 ? "all()" : $"tier == '{Pick(tiers)}'");
        var isIngress = random.Next(2) == 0;
        json.WriteStartArray("types");
        json.WriteStringValue(isIngress ? "Ingress" : "Egress");
        json.WriteEndArray();
        json.WriteStartArray(isIngress ? "ingress" : "egress");
        for (var rules = random.Next(1, 4); rules > 0; rules--)
            WriteRule(json, isIngress);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteRule(Utf8JsonWriter json, bool isIngress)
    {
        json.WriteStartObject();
        json.WriteString("action", Pick(Actions));
        json.WriteString("protocol", "TCP");
        json.WriteStartObject(isIngress ? "source" : "destination");
        switch (random.Next(3))
        {
            case 0:
                json.WriteString("namespaceSelector", $"team == 'team-{random.Next(shape.Teams())}'");
                break;
            case 1:
                json.WriteString("selector", $"tier == '{Pick(tiers)}' && pcns.env == '{Pick(environments)}'");
                break;
            default:
                json.WriteStartArray("nets");
                json.WriteStringValue($"203.0.{random.Next(50)}.0/24");
                json.WriteEndArray();
                break;
        }

        if (isIngress)
        {
            json.WriteEndObject();
            json.WriteStartObject("destination");
        }

        json.WriteStartArray("ports");
        json.WriteStringValue(Pick(Ports));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private string Pick(string[] from) => from[random.Next(from.Length)];
}
