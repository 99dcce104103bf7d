using System.Text.Json.Nodes;

namespace NetPolTools.Tests.Reading.Mutation;

/// <summary>Random damage to objects that stays well formed: values of other types, fields in other places and another order, names nobody expects.</summary>
internal static class StructureDamage
{
    private static readonly string[] Fields =
    [
        "apiVersion", "kind", "metadata", "name", "namespace", "generateName", "labels", "annotations", "ownerReferences", "spec", "podSelector",
            "namespaceSelector",
        "matchLabels", "matchExpressions", "key", "operator", "values", "ingress", "egress", "from", "to", "ports", "port", "endPort", "protocol", "ipBlock",
            "cidr", "except",
        "policyTypes", "items", "template", "containers", "hostNetwork", "status", "podIP", "podIPs", "phase", "selector", "targetPort", "clusterIP", "type",
            "rules", "x", "",
    ];

    private static readonly string[] Texts =
    [
        "", "a", "web", "app", "A b", "TCP", "tcp", "SCTP", "In", "NotIn", "Exists", "DoesNotExist", "Ingress", "Egress", "80", "http", "10.0.0.0/8",
            "10.1.0.0/16", "10.0.0.1/8",
        "010.0.0.0/8", "::ffff:10.0.0.0/104", "2001:db8::/32", "::/0", "0.0.0.0/0", "10.0.0.1", "300.1.1.1", "None", "v1", "apps/v1", "networking.k8s.io/v1",
            "networking/v1", "v2",
        "Pod", "PodList", "List", "NetworkPolicy", "NetworkPolicyList", "NetworkPolicies", "Service", "Ingress", "Node", "Namespace", "ConfigMap", "Deployment",
            "default", "kube-system",
        "\u001b[2J", "a|b`<c>@d", "=1+1", "\u202e", "a\nb", "yes", "null", "~", "0x10", "1e3", "2001-01-01", "é", "😀", "- a", "# a", "*a", "&a", "!!str a",
            "{{ a }}", "%",
    ];

    public static JsonNode To(JsonNode root, Random random)
    {
        var nodes = new List<JsonNode>();
        Collect(root, nodes);
        var node = nodes[random.Next(nodes.Count)];
        switch (random.Next(7))
        {
            case 0 when node is JsonObject map && map.Count > 0:
                Rename(map, random);
                break;
            case 1 when node is JsonObject map:
                map[Fields[random.Next(Fields.Length)]] = Value(nodes, random);
                break;
            case 2 when node is JsonObject map && map.Count > 0:
                map.Remove(map.ElementAt(random.Next(map.Count)).Key);
                break;
            case 3 when node is JsonObject map:
                Shuffle(map, random);
                break;
            case 4 when node is JsonArray list:
                list.Insert(random.Next(list.Count + 1), Value(nodes, random));
                break;
            default:
                return node.Parent is null ? (random.Next(20) == 0 ? Value(nodes, random) ?? root : root) : Replaced(root, node, Value(nodes, random));
        }

        return root;
    }

    private static JsonNode Replaced(JsonNode root, JsonNode node, JsonNode? value)
    {
        if (node.Parent is JsonObject map)
            map[node.GetPropertyName()] = value;
        else
            node.Parent!.AsArray()[node.GetElementIndex()] = value;
        return root;
    }

    private static void Rename(JsonObject map, Random random)
    {
        var (key, value) = map.ElementAt(random.Next(map.Count));
        map.Remove(key);
        map[Fields[random.Next(Fields.Length)]] = value;
    }

    private static void Shuffle(JsonObject map, Random random)
    {
        var fields = map.ToArray();
        random.Shuffle(fields);
        map.Clear();
        foreach (var (key, value) in fields)
            map[key] = value;
    }

    private static JsonNode? Value(List<JsonNode> nodes, Random random) => random.Next(10) switch
    {
        0 => null,
        1 => new JsonObject(),
        2 => new JsonArray(),
        3 => random.Next(2) == 0,
        4 => random.Next(-2, 70_000),
        5 => 1.5,
        6 => nodes[random.Next(nodes.Count)].DeepClone(),
        7 => new JsonArray(Texts[random.Next(Texts.Length)], Texts[random.Next(Texts.Length)]),
        _ => Texts[random.Next(Texts.Length)],
    };

    private static void Collect(JsonNode node, List<JsonNode> nodes)
    {
        nodes.Add(node);
        foreach (var child in node switch
        {
            JsonObject map => map.Select(static field => field.Value),
            JsonArray list => list,
            _ => Enumerable.Empty<JsonNode?>(),
        })
        {
            if (child is not null)
                Collect(child, nodes);
        }
    }
}
