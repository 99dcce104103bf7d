using System.Text.Json;

namespace NetPolTools.Benchmarks;

/// <summary>
/// The policies of a generated cluster: a default deny first, then rules within the namespace and across, by labels and expressions, with numbers,
/// ranges and names of ports, and address blocks with exceptions.
/// </summary>
internal sealed class GeneratedPolicies(ClusterShape shape, Random random, string[] tiers, string[] environments)
{
    private static readonly int[] Ports = [80, 443, 8080, 5432];
    private static readonly string[][] Types = [["Ingress"], ["Ingress"], ["Egress"], ["Ingress", "Egress"]];

    private int _blocks;

    public void Write(Utf8JsonWriter json, int n, int p)
    {
        var isDeny = p == 0;
        var types = isDeny ? Types[0] : Types[random.Next(Types.Length)];
        GeneratedCluster.Begin(json, "networking.k8s.io/v1", "NetworkPolicy", $"policy-{p}", n);
        json.WriteEndObject();
        json.WriteStartObject("spec");
        json.WriteStartObject("podSelector");
        if (!isDeny)
            WriteSubject(json);
        json.WriteEndObject();
        json.WriteStartArray("policyTypes");
        foreach (var type in types)
            json.WriteStringValue(type);
        json.WriteEndArray();
        if (!isDeny && types.Contains("Ingress"))
            WriteRules(json, "ingress", "from");
        if (!isDeny && types.Contains("Egress"))
            WriteRules(json, "egress", "to");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteSubject(Utf8JsonWriter json)
    {
        switch (random.Next(4))
        {
            case 0:
                break;
            case 1:
                MatchLabel(json, "app", $"app-{random.Next(shape.Apps)}");
                break;
            case 2:
                MatchLabel(json, "tier", Pick(tiers));
                break;
            default:
                MatchExpression(json, "tier", random.Next(2) == 0 ? "In" : "NotIn", Pick(tiers), Pick(tiers));
                break;
        }
    }

    private void WriteRules(Utf8JsonWriter json, string direction, string peersField)
    {
        json.WriteStartArray(direction);
        for (var rules = random.Next(1, 3); rules > 0; rules--)
        {
            json.WriteStartObject();
            json.WriteStartArray(peersField);
            for (var peers = random.Next(1, 4); peers > 0; peers--)
                WritePeer(json);
            for (var block = 0; block < shape.Blocks; block++)
                WriteBlock(json, _blocks++);
            json.WriteEndArray();
            json.WriteStartArray("ports");
            for (var ports = random.Next(1, 3); ports > 0; ports--)
                WritePort(json, mayBeNamed: peersField == "from");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WritePeer(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        switch (random.Next(6))
        {
            case 0:
                Selector(json, "podSelector", () => MatchLabel(json, "tier", Pick(tiers)));
                break;
            case 1:
                Selector(json, "namespaceSelector", () => MatchLabel(json, "team", $"team-{random.Next(shape.Teams())}"));
                break;
            case 2:
                Selector(json, "namespaceSelector", () => MatchLabel(json, "env", Pick(environments)));
                Selector(json, "podSelector", () => MatchLabel(json, "app", $"app-{random.Next(shape.Apps)}"));
                break;
            case 3:
                Selector(json, "podSelector", () => MatchExpression(json, "canary", "DoesNotExist"));
                break;
            case 4:
                json.WriteStartObject("ipBlock");
                json.WriteString("cidr", "203.0.113.0/24");
                json.WriteStartArray("except");
                json.WriteStringValue($"203.0.113.{random.Next(15) * 16}/28");
                json.WriteEndArray();
                json.WriteEndObject();
                break;
            default:
                Selector(json, "namespaceSelector", () => MatchLabel(json, "kubernetes.io/metadata.name", $"ns-{random.Next(shape.Namespaces)}"));
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteBlock(Utf8JsonWriter json, int number)
    {
        json.WriteStartObject();
        json.WriteStartObject("ipBlock");
        json.WriteString("cidr", $"{20 + (number >> 16)}.{(number >> 8) & 255}.{number & 255}.0/24");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WritePort(Utf8JsonWriter json, bool mayBeNamed)
    {
        json.WriteStartObject();
        var kind = random.Next(4);
        json.WriteString("protocol", kind == 3 ? "UDP" : "TCP");
        switch (kind)
        {
            case 1:
                json.WriteNumber("port", 30_000);
                json.WriteNumber("endPort", 30_000 + random.Next(1, 2_000));
                break;
            case 2 when mayBeNamed:
                json.WriteString("port", "http");
                break;
            case 3:
                json.WriteNumber("port", 53);
                break;
            default:
                json.WriteNumber("port", Ports[random.Next(Ports.Length)]);
                break;
        }

        json.WriteEndObject();
    }

    private static void Selector(Utf8JsonWriter json, string field, Action write)
    {
        json.WriteStartObject(field);
        write();
        json.WriteEndObject();
    }

    private static void MatchLabel(Utf8JsonWriter json, string key, string value)
    {
        json.WriteStartObject("matchLabels");
        json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void MatchExpression(Utf8JsonWriter json, string key, string @operator, params string[] values)
    {
        json.WriteStartArray("matchExpressions");
        json.WriteStartObject();
        json.WriteString("key", key);
        json.WriteString("operator", @operator);
        if (values.Length > 0)
        {
            json.WriteStartArray("values");
            foreach (var value in values)
                json.WriteStringValue(value);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private string Pick(string[] from) => from[random.Next(from.Length)];
}
