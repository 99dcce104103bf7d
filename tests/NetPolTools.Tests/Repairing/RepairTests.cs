using NetPolTools.Asking;
using NetPolTools.Intents;
using NetPolTools.Listing;
using NetPolTools.Repairing;
using NetPolTools.Services;
using NetPolTools.Sources;
using NetPolTools.Tests.Support;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Repairing;

/// <summary>Which changes are found, in which order, and what they say of themselves.</summary>
public sealed class RepairTests
{
    private const string Closed = "podSelector: {matchLabels: {app: db}}\ningress:\n- from: [{podSelector: {matchLabels: {app: api}}}]\n  ports: [{port: 80}]";

    private static readonly string[] Pods =
    [
        Given.Pod("shop/web", "app: web"), Given.Pod("shop/api", "app: api"), Given.Pod("shop/db", "app: db"), Given.Pod("dev/web", "app: web"),
    ];

    [Fact]
    public void A_port_is_the_smallest_where_the_peer_is_let_in_already()
    {
        var report = Ask(Given.Cluster([.. Pods, Given.Policy(Closed, "shop/db")]), "shop/api", "shop/db", "TCP 81");
        var best = report.Repairs[0];
        Assert.Equal((RepairKind.AddPort, 0, "NetworkPolicy shop/db: Add 81/TCP to the ports of spec.ingress[0]."),
            (Assert.Single(best.Steps).Kind, best.SideEffects, best.ToString()));
        Assert.Equal([RepairKind.AddPort, RepairKind.AddRule, RepairKind.AddPolicy], report.Repairs.Select(static repair => repair.Steps[0].Kind));
    }

    [Fact]
    public void A_peer_is_the_smallest_where_the_ports_are_right()
    {
        var report = Ask(Given.Cluster([.. Pods, Given.Policy(Closed, "shop/db")]), "shop/web", "shop/db", "TCP 80");
        Assert.Equal([RepairKind.AddPeer, RepairKind.AddRule, RepairKind.AddPolicy], report.Repairs.Select(static repair => repair.Steps[0].Kind));
        Assert.All(report.Repairs, static repair => Assert.Equal(0, repair.SideEffects));
    }

    [Fact]
    public void A_label_is_one_where_a_rule_asks_for_one_that_is_not_there()
    {
        var cluster = Given.Cluster(
            Given.Pod("shop/web", "app: web"), Given.Pod("shop/db", "app: db"),
            Given.Policy("podSelector: {matchLabels: {app: db}}\ningress: [{from: [{podSelector: {matchLabels: {may: call}}}]}]", "shop/db"));
        var label = Assert.Single(Ask(cluster, "shop/web", "shop/db", "TCP 80").Repairs, static repair => repair.Steps[0].Kind == RepairKind.AddLabel);
        Assert.Equal("Pod shop/web: Give its pods the label may=call.", label.ToString());
        Assert.Equal("opens 1 other connection", Ask(cluster, "shop/web", "shop/db", "TCP 80").Repairs[^1].Effect);
    }

    [Fact]
    public void What_lets_in_a_thousand_others_is_not_counted_further()
    {
        var pods = Enumerable.Range(0, 40).SelectMany(static i => new[] { Given.Pod($"shop/web-{i}", "app: web"), Given.Pod($"shop/db-{i}", "app: db") });
        var policy = Given.Policy("podSelector: {matchLabels: {app: db}}\npolicyTypes: [Ingress]", "shop/db");
        var report = Ask(Given.Cluster([.. pods, policy]), "shop/web-0", "shop/db-0", "TCP 80");
        var widest = report.Repairs[^1];
        Assert.Equal((true, RepairQuestion.MostEffects, "opens 1000 other connections, and more"), (widest.IsCut, widest.OpensBesides.Count, widest.Effect));
        Assert.Equal(RepairQuestion.MostEffects, widest.SideEffects);
    }

    [Fact]
    public void A_peer_that_others_look_like_says_what_it_opens_besides()
    {
        var cluster = Given.Cluster(
            Given.Pod("shop/web", "app: web"), Given.Pod("shop/twin", "app: web"), Given.Pod("shop/db", "app: db"),
            Given.Policy("podSelector: {matchLabels: {app: db}}\npolicyTypes: [Ingress]", "shop/db"));
        var best = Ask(cluster, "shop/web", "shop/db", "TCP 80").Repairs[0];
        var besides = Assert.Single(best.OpensBesides);
        Assert.Equal(("shop/twin[Pod]", "shop/db[Pod]", "TCP 80"), (besides.Source.ToString(), besides.Destination.ToString(), besides.After.ToString()));
    }

    [Fact]
    public void Both_ends_are_repaired_where_both_deny()
    {
        var cluster = Given.Cluster([.. Pods, Given.Policy("podSelector: {}\npolicyTypes: [Ingress, Egress]", "shop/deny"),
            Given.Policy("podSelector: {}\npolicyTypes: [Ingress, Egress]", "dev/deny")]);
        var best = Ask(cluster, "dev/web", "shop/db", "TCP 80").Repairs[0];
        Assert.Equal(2, best.Steps.Count);
        Assert.Equal(["dev", "shop"], best.Steps.Select(static step => step.Object.Namespace));
    }

    [Fact]
    public void An_address_is_let_in_as_a_block()
    {
        var cluster = Given.Cluster([.. Pods, Given.Policy(Closed, "shop/db")]);
        var best = Ask(cluster, "203.0.113.0/24", "shop/db", "TCP 80").Repairs[0];
        Assert.Contains("203.0.113.0/24", best.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_allowed_is_stopped_by_taking_it_out_of_its_rule()
    {
        var cluster = Given.Cluster([.. Pods, Given.Policy(
            "podSelector: {matchLabels: {app: db}}\ningress:\n- from: [{podSelector: {matchLabels: {app: api}}}, {podSelector: {matchLabels: {app: web}}}]\n  "
                + "ports: [{port: 80}, {port: 81}]", "shop/db")]);
        var best = Ask(cluster, "shop/web", "shop/db", "TCP 80", denied: true).Repairs[0];
        Assert.Equal((RepairKind.NarrowRule, 0), (Assert.Single(best.Steps).Kind, best.SideEffects));
        Assert.Contains("81/TCP", best.ToString(), StringComparison.Ordinal);
        var whole = Ask(cluster, "shop/web", "shop/db", "All", denied: true).Repairs[0];
        Assert.Equal((RepairKind.NarrowRule, 0), (Assert.Single(whole.Steps).Kind, whole.SideEffects));
    }

    [Fact]
    public void What_no_policy_isolates_is_stopped_by_one_that_lets_in_the_others_and_says_what_it_closes()
    {
        var best = Ask(Given.Cluster(Pods), "shop/web", "shop/db", "All", denied: true).Repairs[0];
        Assert.Equal(RepairKind.AddPolicy, Assert.Single(best.Steps).Kind);
        Assert.All(best.ClosesBesides, static change => Assert.NotNull((change.Source.Addresses ?? change.Destination.Addresses)));
        Assert.Equal("allow-nothing", best.OpensBesides.Count == 0 ? "allow-nothing" : "opens");
    }

    /// <summary>Taking a label out of a selector that asks for it would leave a peer that nobody can be.</summary>
    [Fact]
    public void No_repair_asks_for_a_label_and_against_it()
    {
        var cluster = Given.Cluster([.. Pods, Given.Policy(
            "podSelector: {matchLabels: {app: db}}\ningress:\n- from: [{podSelector: {matchLabels: {app: api}}}, {podSelector: {matchLabels: {app: web}}}]\n  "
                + "ports: [{port: 80}]", "shop/db")]);
        var report = Ask(cluster, "shop/web", "shop/db", "TCP 80", denied: true);
        Assert.All(report.Repairs, static repair => Assert.DoesNotContain("notin", repair.ToString(), StringComparison.Ordinal));
        Assert.Equal(0, report.Repairs[0].SideEffects);
    }

    [Theory]
    [InlineData("All", "NetworkPolicy shop/deny-addresses-to-db-ingress: Add a policy for ingress that allows everything but 203.0.113.7/32.")]
    [InlineData("TCP 80", "NetworkPolicy shop/deny-addresses-to-db-ingress: Add a policy for ingress that allows everything but 203.0.113.7/32.")]
    public void An_address_is_kept_out_where_no_policy_isolates_the_pods_and_nothing_else_is_closed(string ports, string expected)
    {
        var best = Ask(Given.Cluster(Pods), "203.0.113.7", "shop/db", ports, denied: true).Repairs[0];
        Assert.Equal((expected, 0), (best.ToString(), best.SideEffects));
    }

    [Fact]
    public void An_address_is_taken_out_of_the_block_that_lets_it_in()
    {
        var cluster = Given.Cluster([.. Pods, Given.Policy("""
            podSelector: {matchLabels: {app: db}}
            ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24, except: [203.0.113.128/25]}}, {ipBlock: {cidr: 203.0.113.7/32}}]}]
            """, "shop/db")]);
        var best = Ask(cluster, "203.0.113.7", "shop/db", "All", denied: true).Repairs[0];
        Assert.Equal(0, best.SideEffects);
        Assert.Equal(["203.0.113.0/24 without 203.0.113.128/25, 203.0.113.7/32"], Assert.Single(best.Policies).Ingress![0].Peers!
            .Select(static peer => $"{peer.IPBlock!.Cidr} without {string.Join(", ", peer.IPBlock.Except)}"));
    }

    [Fact]
    public void What_holds_already_needs_no_repair()
    {
        var report = Ask(Given.Cluster(Pods), "shop/web", "shop/db", "TCP 80");
        Assert.True(report.HoldsAlready);
        Assert.Empty(report.Repairs);
    }

    [Theory]
    [InlineData("Deny", false, "denies All")]
    [InlineData("Accept", true, "allows All")]
    public void What_a_tier_above_decides_no_NetworkPolicy_can_repair_and_its_rule_is_named(string action, bool denied, string verb)
    {
        var cluster = Given.Cluster([.. Pods, Given.Namespace("shop"), Given.Namespace("dev"), $$"""
            apiVersion: policy.networking.k8s.io/v1alpha2
            kind: ClusterNetworkPolicy
            metadata: {name: above}
            spec:
              tier: Admin
              priority: 10
              subject: {namespaces: {} }
              ingress:
              - name: rule
                action: {{action}}
                from: [{namespaces: {matchLabels: {kubernetes.io/metadata.name: dev} } }]
              egress:
              - name: rule
                action: {{action}}
                to: [{namespaces: {matchLabels: {kubernetes.io/metadata.name: shop} } }]
            """]);
        var report = Ask(cluster, "dev/web", "shop/db", "TCP 80", denied);
        Assert.Empty(report.Repairs);
        Assert.Equal(2, report.Obstacles.Count);
        var obstacle = report.Obstacles[1];
        Assert.Contains("ClusterNetworkPolicy above spec.ingress[0]", obstacle, StringComparison.Ordinal);
        Assert.Contains(verb, obstacle, StringComparison.Ordinal);
        Assert.EndsWith("no NetworkPolicy can change that.", obstacle, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop/api", "TCP 81", "    - {port: 80} # the usual\n    - {protocol: TCP, port: 81}\n")]
    [InlineData("shop/web", "TCP 80", "    - podSelector: {matchLabels: {app: api}}\n    - {podSelector: {matchLabels: {app: web}}}\n")]
    public void A_file_gets_it_and_keeps_every_other_byte(string from, string ports, string expected)
    {
        using var folder = new ManifestFolder();
        const string Policy = """
            # Mine.
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: db, namespace: shop}
            spec:
              podSelector: {matchLabels: {app: db}}
              ingress:
              - from:
                - podSelector: {matchLabels: {app: api}}
                ports:
                - {port: 80} # the usual

            """;
        var file = folder.Write("policy.yaml", Policy);
        folder.Write("pods.yaml", Given.Documents(Pods));
        var repair = Ask(Cluster.OfPaths(folder.Path), from, "shop/db", ports).Repairs[0];
        var files = Propose(repair);
        Assert.Null(files.Refusal);
        var after = files.Files[file].After.Text;
        Assert.Contains(expected, after, StringComparison.Ordinal);
        var added = expected.Split('\n')[1] + "\n";
        Assert.Equal(Policy, after.Replace(added, "", StringComparison.Ordinal));
        Assert.Contains($"\n+{added}", files.Unified(), StringComparison.Ordinal);
        Assert.StartsWith($"--- a/{file}\n+++ b/{file}\n@@ -", files.Unified(), StringComparison.Ordinal);
    }

    /// <summary>What a cluster was written to is nobody's to change, and all of its nodes take gigabytes.</summary>
    [Fact]
    public void Long_files_are_not_changed()
    {
        using var folder = new ManifestFolder();
        var file = folder.Write("cluster.yaml", Given.Documents([.. Pods, Given.Policy(Closed, "shop/db")]));
        var repair = Ask(Cluster.OfPaths(folder.Path), "shop/web", "shop/db", "TCP 80").Repairs[0];
        Assert.Null(Propose(repair).Refusal);
        File.AppendAllText(file, $"# {new string('x', SourceFile.MostMegabytes << 20)}\n");
        Assert.Contains("longer than 16 MB", Propose(repair).Refusal, StringComparison.Ordinal);
    }

    private static RepairedFiles Propose(Repair repair) =>
        new RepairFixer(new(static (text, name) => new YamlTokenReader(text, name)), YamlSource.Parse, YamlManifestWriter.Write).Propose(repair);

    internal static RepairReport Ask(Cluster cluster, string from, string to, string ports, bool denied = false) =>
        Ask(cluster.Snapshot, from, to, ports, denied);

    internal static RepairReport Ask(
        Snapshot.ClusterSnapshot snapshot, string from, string to, string ports, bool denied, Assumptions? assumptions = null) =>
        new RepairQuestion(RepairIntent.Of([EndpointPattern.Parse(from)], [EndpointPattern.Parse(to)], PortNotation.Parse([ports], []), denied))
        {
            Assumptions = assumptions ?? Assumptions.None,
        }.Ask(new ClusterEvaluator(snapshot), QuestionWords.Plain).Value!;
}
