using System.Text.Json;

namespace NetPolTools.Tests.Corpus;

/// <summary>
/// The synthetic clusters of the corpus, which are there by their size and seed only: namespaces, Deployments and NetworkPolicies in the order
/// in which a Python program drew them. Every draw counts, and so does its place among the others.
/// </summary>
internal sealed class SyntheticCluster
{
    private static readonly string[] Tiers = ["web", "api", "db", "cache"];
    private static readonly int[] Ports = [80, 443, 8080, 5432];
    private static readonly string[][] PolicyTypes = [["Ingress"], ["Ingress"], ["Egress"], ["Ingress", "Egress"]];

    private static readonly object[] ReleasedAndNoCanary =
    [
        new { key = "release", @operator = "Exists" },
        new { key = "canary", @operator = "DoesNotExist" },
    ];

    private readonly PythonRandom _random = new(1);
    private readonly string[] _teams;
    private readonly int _namespaces;
    private readonly int _apps;
    private readonly int _policies;

    private SyntheticCluster(int namespaces, int apps, int policies)
    {
        (_namespaces, _apps, _policies) = (namespaces, apps, policies);
        _teams = [.. Enumerable.Range(0, Math.Max(2, namespaces / 5)).Select(static i => $"team-{i}")];
    }

    /// <summary>A List of everything, as JSON.</summary>
    /// <param name="namespaces">How many.</param>
    /// <param name="apps">Deployments in each namespace.</param>
    /// <param name="policies">NetworkPolicies in each namespace.</param>
    public static string Json(int namespaces, int apps, int policies) =>
        JsonSerializer.Serialize(new { apiVersion = "v1", kind = "List", items = new SyntheticCluster(namespaces, apps, policies).Items() });

    private IEnumerable<object> Items()
    {
        for (var n = 0; n < _namespaces; n++)
        {
            var ns = $"ns-{n}";
            var labels = new { team = _random.Choice(_teams), env = _random.Choice(["dev", "stage", "prod"]) };
            yield return new { apiVersion = "v1", kind = "Namespace", metadata = new { name = ns, labels } };
            for (var app = 0; app < _apps; app++)
                yield return Deployment(ns, app);
            for (var policy = 0; policy < _policies; policy++)
                yield return Policy(ns, policy);
        }
    }

    private object Deployment(string ns, int app)
    {
        var labels = new { app = $"app-{app}", tier = _random.Choice(Tiers), release = $"r{_random.Below(3)}" };
        var ports = new[] { new { name = "http", containerPort = 8080 }, new { name = "metrics", containerPort = 9000 + (app % 5) } };
        return new
        {
            apiVersion = "apps/v1",
            kind = "Deployment",
            metadata = new { name = $"app-{app}", @namespace = ns },
            spec = new { template = new { metadata = new { labels }, spec = new { containers = new[] { new { name = "c", ports } } } } },
        };
    }

    /// <summary>The first of a namespace denies all ingress and is not drawn.</summary>
    private object Policy(string ns, int policy) => new
    {
        apiVersion = "networking.k8s.io/v1",
        kind = "NetworkPolicy",
        metadata = new { name = $"np-{policy}", @namespace = ns },
        spec = policy == 0 ? DenyIngress() : Spec(),
    };

    private static object DenyIngress() => new { podSelector = new { }, policyTypes = PolicyTypes[0] };

    private Dictionary<string, object> Spec()
    {
        // All four are drawn before one of them is chosen.
        object[] selectors = [new { }, MatchLabels("app", App()), MatchLabels("tier", _random.Choice(Tiers)), Tier(_random.Choice(["In", "NotIn"]))];
        var spec = new Dictionary<string, object> { ["podSelector"] = _random.Choice(selectors) };
        var types = _random.Choice(PolicyTypes);
        spec["policyTypes"] = types;
        if (types.Contains("Ingress"))
            spec["ingress"] = Several(1, 3, () => new { from = Several(1, 4, Peer), ports = Several(1, 3, () => Port(isEgress: false)) });
        if (types.Contains("Egress"))
            spec["egress"] = Several(1, 3, () => new { to = Several(1, 4, Peer), ports = Several(1, 3, () => Port(isEgress: true)) });
        return spec;
    }

    private object Peer() => _random.Below(6) switch
    {
        0 => new { podSelector = MatchLabels("tier", _random.Choice(Tiers)) },
        1 => new { namespaceSelector = MatchLabels("team", _random.Choice(_teams)) },
        2 => new { namespaceSelector = MatchLabels("env", _random.Choice(["dev", "prod"])), podSelector = MatchLabels("app", App()) },
        3 => new { podSelector = new { matchExpressions = ReleasedAndNoCanary } },
        4 => new { ipBlock = Block() },
        _ => new { namespaceSelector = MatchLabels("kubernetes.io/metadata.name", $"ns-{_random.Below(_namespaces)}") },
    };

    private object Block() => _random.NextDouble() < 0.5
        ? new { cidr = $"172.{_random.Between(16, 32)}.0.0/16" }
        : new { cidr = "203.0.113.0/24", except = new[] { $"203.0.113.{_random.Below(15) * 16}/28" } };

    /// <summary>No named port in an egress rule: it may stand beside an ipBlock, and that stops the analyser.</summary>
    private object Port(bool isEgress) => _random.Below(4) switch
    {
        1 => new { protocol = "TCP", port = 30000, endPort = 30000 + _random.Between(1, 2000) },
        2 when !isEgress => new { protocol = "TCP", port = "http" },
        3 => new { protocol = "UDP", port = 53 },
        _ => new { protocol = "TCP", port = _random.Choice(Ports) },
    };

    private string App() => $"app-{_random.Below(_apps)}";

    private object Tier(string @operator) => new { matchExpressions = new[] { new { key = "tier", @operator, values = _random.Sample(Tiers, 2) } } };

    private static object MatchLabels(string key, string value) => new { matchLabels = new Dictionary<string, string> { [key] = value } };

    private object[] Several(int least, int end, Func<object> make) => [.. Enumerable.Range(0, _random.Between(least, end)).Select(_ => make())];
}
