using System.Text.Json;

namespace NetPolTools.Benchmarks;

/// <summary>
/// Writes a cluster as kubectl would list it: namespaces with team and env, workloads with app, tier and release, and policies of the mix that
/// people write. The same seed gives the same bytes.
/// </summary>
internal sealed class GeneratedCluster(int namespaces, int workloads, int policies, int seed = 1)
{
    private static readonly string[] Tiers = ["web", "api", "db", "cache"];
    private static readonly string[] Environments = ["dev", "stage", "prod"];
    private static readonly int[] Ports = [80, 443, 8080, 5432];

    private readonly Random _random = new(seed);

    /// <summary>2,000 workloads under 800 policies: what a peer that loops over pairs takes four minutes for.</summary>
    public static GeneratedCluster TwoThousandWorkloads() => new(80, 25, 10);

    public byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", "v1");
            json.WriteString("kind", "List");
            json.WriteStartArray("items");
            for (var n = 0; n < namespaces; n++)
            {
                WriteNamespace(json, n);
                for (var w = 0; w < workloads; w++)
                    WriteWorkload(json, n, w);
                for (var p = 0; p < policies; p++)
                    WritePolicy(json, n, p);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private void WriteNamespace(Utf8JsonWriter json, int n) => Write(json, new
    {
        apiVersion = "v1",
        kind = "Namespace",
        metadata = new { name = $"ns-{n}", labels = new { team = $"team-{_random.Next(Math.Max(2, namespaces / 5))}", env = Pick(Environments) } },
    });

    private void WriteWorkload(Utf8JsonWriter json, int n, int w) => Write(json, new
    {
        apiVersion = "apps/v1",
        kind = "Deployment",
        metadata = new { name = $"app-{w}", @namespace = $"ns-{n}" },
        spec = new
        {
            replicas = 1,
            selector = new { matchLabels = new { app = $"app-{w}" } },
            template = new
            {
                metadata = new { labels = new { app = $"app-{w}", tier = Pick(Tiers), release = $"r{_random.Next(3)}" } },
                spec = new
                {
                    containers = new[]
                    {
                        new
                        {
                            name = "main",
                            image = "main",
                            ports = new[] { new { name = "http", containerPort = 8080 }, new { name = "metrics", containerPort = 9000 + (w % 5) } },
                        },
                    },
                },
            },
        },
    });

    private void WritePolicy(Utf8JsonWriter json, int n, int p)
    {
        // The first of each namespace is its default deny.
        var types = p == 0 ? ["Ingress"] : Pick<string[]>([["Ingress"], ["Ingress"], ["Egress"], ["Ingress", "Egress"]]);
        var spec = new Dictionary<string, object> { ["podSelector"] = p == 0 ? new { } : Subject(), ["policyTypes"] = types };
        if (p > 0 && types.Contains("Ingress"))
            spec["ingress"] = Rules("from");
        if (p > 0 && types.Contains("Egress"))
            spec["egress"] = Rules("to");
        Write(json, new
        {
            apiVersion = "networking.k8s.io/v1",
            kind = "NetworkPolicy",
            metadata = new { name = $"policy-{p}", @namespace = $"ns-{n}" },
            spec,
        });
    }

    private object Subject() => _random.Next(4) switch
    {
        0 => new { },
        1 => new { matchLabels = new { app = $"app-{_random.Next(workloads)}" } },
        2 => new { matchLabels = new { tier = Pick(Tiers) } },
        _ => new { matchExpressions = new[] { new { key = "tier", @operator = Pick<string>(["In", "NotIn"]), values = new[] { "web", Pick<string>(["api", "db"]) } } } },
    };

    private object[] Rules(string peersField) =>
    [
        .. Enumerable.Range(0, _random.Next(1, 3)).Select(_ => new Dictionary<string, object>
        {
            [peersField] = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Peer()).ToArray(),
            ["ports"] = Enumerable.Range(0, _random.Next(1, 3)).Select(_ => Port(peersField)).ToArray(),
        }),
    ];

    private object Peer() => _random.Next(6) switch
    {
        0 => new { podSelector = new { matchLabels = new { tier = Pick(Tiers) } } },
        1 => new { namespaceSelector = new { matchLabels = new { team = $"team-{_random.Next(Math.Max(2, namespaces / 5))}" } } },
        2 => new
        {
            namespaceSelector = new { matchLabels = new { env = Pick(Environments) } },
            podSelector = new { matchLabels = new { app = $"app-{_random.Next(workloads)}" } },
        },
        3 => new { podSelector = new { matchExpressions = new[] { new { key = "canary", @operator = "DoesNotExist" } } } },
        4 => new { ipBlock = new { cidr = "203.0.113.0/24", except = new[] { $"203.0.113.{_random.Next(15) * 16}/28" } } },
        _ => new { namespaceSelector = new { matchLabels = new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = $"ns-{_random.Next(namespaces)}" } } },
    };

    private object Port(string peersField) => _random.Next(4) switch
    {
        0 => new { protocol = "TCP", port = Ports[_random.Next(Ports.Length)] },
        1 => new { protocol = "TCP", port = 30000, endPort = 30000 + _random.Next(1, 2000) },
        2 when peersField == "from" => new { protocol = "TCP", port = "http" },
        _ => new { protocol = "UDP", port = 53 },
    };

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];

    private static void Write(Utf8JsonWriter json, object item) => JsonSerializer.Serialize(json, item);
}
