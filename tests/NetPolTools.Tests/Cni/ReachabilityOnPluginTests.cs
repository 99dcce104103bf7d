using NetPolTools.Cni;
using NetPolTools.Cni.Catalogue;
using NetPolTools.Diagnostics;
using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Cni;

/// <summary>Who can reach whom on the plugin that a cluster has: all of them where it does not enforce, with a note where it ignores a feature.</summary>
public sealed class ReachabilityOnPluginTests
{
    private static readonly string[] WebAndDb =
    [
        Given.Pod("shop/web", "app: web", status: "phase: Running, podIP: 10.0.0.1, podIPs: [{ip: 10.0.0.1}, {ip: 'fd00::1'}]"),
        Given.Pod("shop/db", "app: db", "containers: [{name: db, ports: [{name: sql, containerPort: 3306}]}]",
            "phase: Running, podIPs: [{ip: 10.0.0.2}, {ip: 'fd00::2'}]"),
        Given.Pod("shop/other", "app: other", status: "phase: Running, podIP: 10.0.0.3"),
    ];

    [Fact]
    public void On_a_plugin_that_does_not_enforce_everything_is_open()
    {
        var (lister, _) = List("Flannel", Given.Policy("podSelector: {}", "shop/deny"));
        Assert.All(lister.List(), static line => Assert.True(line.Ports.IsAll));
        Assert.Contains(lister.List(), static line => line.ToString().Contains("db", StringComparison.Ordinal));
    }

    [Fact]
    public void The_plugin_of_the_input_counts_and_is_named_with_its_evidence()
    {
        var cluster = Cluster.OfPaths(Repository.Manifests("three-tier"), Repository.Manifests("cni", "flannel.yaml"));
        var evaluation = CniEvaluation.Of(cluster.Snapshot, CniChoice.Detected, ipBlockIgnoresPods: false);
        var warning = Assert.Single(evaluation.Diagnostics);
        Assert.Equal((DiagnosticId.PoliciesNotEnforced, DiagnosticSeverity.Warning), (warning.Id, warning.Severity));
        Assert.Contains("Flannel 0.25.6", warning.Message, StringComparison.Ordinal);
        Assert.Contains("DaemonSet kube-flannel/kube-flannel-ds", warning.Message, StringComparison.Ordinal);
        var map = ReachabilityMap.Compile(cluster.Snapshot, evaluation.Options);
        Assert.Empty(map.IngressRuleSets);
    }

    [Fact]
    public void Asked_for_what_policies_say_the_plugin_of_the_input_does_not_count()
    {
        var cluster = Cluster.OfPaths(Repository.Manifests("three-tier"), Repository.Manifests("cni", "flannel.yaml"));
        var evaluation = CniEvaluation.Of(cluster.Snapshot, CniChoice.Enforcing, ipBlockIgnoresPods: false);
        Assert.Empty(evaluation.Diagnostics);
        Assert.NotEmpty(ReachabilityMap.Compile(cluster.Snapshot, evaluation.Options).IngressRuleSets);
    }

    [Fact]
    public void Input_that_shows_no_plugin_is_answered_as_ever_without_a_word()
    {
        var cluster = Cluster.OfPaths(Repository.Manifests("three-tier"));
        var evaluation = CniEvaluation.Of(cluster.Snapshot, CniChoice.Detected, ipBlockIgnoresPods: false);
        Assert.Equal((new ReachabilityOptions(), 0), (evaluation.Options, evaluation.Diagnostics.Count));
    }

    [Theory]
    [InlineData("aws-switch-not-shown", "The answer is that of a cluster which enforces")]
    [InlineData("calico-partly-ready", "The answer is that of nodes which enforce")]
    public void What_is_not_known_or_holds_for_some_nodes_is_warned_of_and_policies_count(string file, string words)
    {
        var cluster = Cluster.OfPaths(Repository.Manifests("three-tier"), Repository.Manifests("cni", file + ".yaml"));
        var evaluation = CniEvaluation.Of(cluster.Snapshot, CniChoice.Detected, ipBlockIgnoresPods: false);
        Assert.Contains(words, Assert.Single(evaluation.Diagnostics).Message, StringComparison.Ordinal);
        Assert.NotEmpty(ReachabilityMap.Compile(cluster.Snapshot, evaluation.Options).IngressRuleSets);
    }

    [Fact]
    public void An_explanation_on_such_a_plugin_says_that_no_policy_has_an_effect()
    {
        var (_, map) = List("Flannel", Given.Policy("podSelector: {}", "shop/deny"));
        Assert.Contains("no policy has an effect on shop/db: Flannel does not enforce NetworkPolicies", Explain(map, "shop/web", "shop/db"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_endPort_that_an_old_Cilium_ignores_is_noted_on_the_connections_of_its_rule_and_on_no_other()
    {
        var policy = Given.Policy(
            """
            podSelector: {matchLabels: {app: db} }
            ingress:
            - from: [{podSelector: {matchLabels: {app: web} } }]
              ports: [{port: 3000, endPort: 4000}]
            - from: [{podSelector: {matchLabels: {app: other} } }]
              ports: [{port: 80}]
            """,
            "shop/db");
        var (lister, map) = List("Cilium@1.15", policy);
        var noted = Assert.Single(lister.List(), static line => line.Notes.Any(static note => note.Contains("endPort", StringComparison.Ordinal)));
        Assert.Equal("shop/web[Pod] shop/db[Pod]", $"{noted.Source} {noted.Destination}");
        var note = "shop/db spec.ingress[0].ports[0].endPort: Cilium 1.15: endPort is ignored before 1.16";
        Assert.StartsWith(note, noted.Notes[0], StringComparison.Ordinal);
        Assert.Contains("  note: " + note, Explain(map, "shop/web", "shop/db"), StringComparison.Ordinal);
        Assert.DoesNotContain("note:", Explain(map, "shop/other", "shop/db"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_Cilium_leaves_nothing_to_note()
    {
        var (lister, _) = List(
            "Cilium@1.17", Given.Policy("podSelector: {}\ningress: [{from: [{podSelector: {}}], ports: [{port: 3000, endPort: 4000}]}]", "shop/db"));
        Assert.All(lister.List(), static line => Assert.Empty(line.Notes));
    }

    [Fact]
    public void An_endPort_that_is_the_port_itself_loses_nothing()
    {
        var (lister, _) = List("Cilium@1.15", Given.Policy("podSelector: {}\ningress: [{ports: [{port: 3000, endPort: 3000}]}]", "shop/db"));
        Assert.All(lister.List(), static line => Assert.Empty(line.Notes));
    }

    [Fact]
    public void A_named_port_on_Weave_Net_is_noted()
    {
        var (lister, _) = List("Weave Net", Given.Policy("podSelector: {matchLabels: {app: db} }\ningress: [{ports: [{port: sql}]}]", "shop/db"));
        Assert.All(
            lister.List().Where(static line => line.Destination.Name == "db"),
            static line => Assert.Contains("a policy with a named port ends in an error", Assert.Single(line.Notes), StringComparison.Ordinal));
        Assert.Contains(lister.List(), static line => line.Destination.Name == "web" && line.Notes.Count == 0);
    }

    [Fact]
    public void IPv6_on_a_Calico_that_polices_IPv4_only_is_noted_where_both_ends_have_it()
    {
        var cluster = Given.Cluster([.. WebAndDb, Given.Policy("podSelector: {matchLabels: {app: db} }\ningress: [{from: [{podSelector: {} }] }]", "shop/db"),
            File.ReadAllText(Repository.Manifests("cni", "calico.yaml"))]);
        var evaluation = CniEvaluation.Of(cluster.Snapshot, CniChoice.Detected, ipBlockIgnoresPods: false);
        var lines = new ConnectionLister(ReachabilityMap.Compile(cluster.Snapshot, evaluation.Options), new ConnectionQuery { IncludeDenied = true }).List()
            .ToArray();
        var noted = lines.Where(static line => line.Notes.Any(static note => note.Contains("IPv6 traffic is under no policy", StringComparison.Ordinal)))
            .ToArray();
        Assert.Equal(["shop/web[Pod]", "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"], noted.Select(static line => line.Source.ToString()));
        Assert.All(noted, static line => Assert.Equal("db", line.Destination.Name));
    }

    [Fact]
    public void An_egress_policy_on_Romana_is_noted_on_all_that_its_pods_send()
    {
        var (lister, _) = List("Romana", Given.Policy("podSelector: {matchLabels: {app: web} }\npolicyTypes: [Egress]", "shop/web"), denied: true);
        Assert.All(lister.List(), static line =>
            Assert.Equal(line.Source.Name == "web", line.Notes.Any(static note => note.Contains("ingress only", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_limit_about_outside_addresses_is_noted_on_those_addresses()
    {
        var (lister, _) = List("Cilium@1.15", Given.Policy(
            "podSelector: {matchLabels: {app: db} }\ningress: [{from: [{ipBlock: {cidr: 192.0.2.0/24} }], ports: [{port: 1, endPort: 9}] }]", "shop/db"));
        var noted = Assert.Single(lister.List(), static line => line.Notes.Count > 0);
        Assert.Equal("192.0.2.0-192.0.2.255", noted.Source.ToString());
    }

    [Fact]
    public void An_ipBlock_does_not_match_pods_on_Cilium()
    {
        var policy = Given.Policy("podSelector: {matchLabels: {app: db} }\ningress: [{from: [{ipBlock: {cidr: 10.0.0.0/8} }] }]", "shop/db");
        Assert.Equal("None", PortsFromWebToDb("Cilium@1.17", policy));
        Assert.Equal("All", PortsFromWebToDb("Calico@3.28", policy));
    }

    [Fact]
    public void Policies_that_do_not_work_as_written_are_told_with_their_places()
    {
        var policy = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: db, namespace: shop}
            spec:
              podSelector: {}
              policyTypes: [Ingress]
              ingress:
              - ports:
                - {port: 80}
                - {port: sql}
                - {protocol: SCTP, port: 90}
              - from:
                - ipBlock: {cidr: 'fd00::/8'}
              egress:
              - ports: [{port: inert}]
            """;
        var cluster = Given.Cluster(policy);
        var (entry, version) = PluginCatalogue.Default.Parse("OpenShift SDN");
        var verdict = CniJudge.LookUp(
            entry, version) with
        { Enforced = Enforcement.Yes, Plugins = [CniJudge.LookUp(entry).Plugins[0] with { Enforces = Enforcement.Yes }] };
        var told = CniDiagnostics.OfPolicies(PolicyFeatures.Limited(cluster.Snapshot.NetworkPolicies, verdict)).ToArray();
        Assert.Equal(["spec.ingress[0].ports[1].port", "spec.ingress[1].from[0].ipBlock.cidr"], told.Select(static one => one.FieldPath));
        Assert.Equal([11, 14], told.Select(static one => one.Location.Line));
    }

    [Fact]
    public void Notes_of_limits_change_no_answer() => Always.Holds(Oracle.RandomClusterGenerator.Clusters, 100, static cluster =>
    {
        var evaluation = CniEvaluation.Of(cluster.Snapshot, CniChoice.Parse("Weave Net"), ipBlockIgnoresPods: false);
        var plain = ReachabilityMap.Compile(cluster.Snapshot, new ReachabilityOptions());
        var noted = ReachabilityMap.Compile(cluster.Snapshot, evaluation.Options);
        Assert.Equal(InCluster(plain), InCluster(noted));

        var explainer = new Explainer(noted);
        foreach (var line in new ConnectionLister(noted, new ConnectionQuery { By = GroupBy.Pod, IncludeDenied = true }).List()
            .Where(ConnectionFacts.IsInCluster))
        {
            var explanation = explainer.Explain(line.Example.Source, line.Example.Destination, PortSet.All);
            Assert.Equal(explanation.Egress.Limits.Concat(explanation.Ingress.Limits)
                .Distinct(), line.Notes.Where(static note => note.Contains("Weave Net", StringComparison.Ordinal)));
        }

        static IEnumerable<string> InCluster(ReachabilityMap map) => new ConnectionLister(map, new ConnectionQuery { IncludeDenied = true }).List()
            .Where(ConnectionFacts.IsInCluster)
            .Select(static line => $"{line.Source} {line.Destination} {line.Ports}");
    });

    private static (ConnectionLister Lister, ReachabilityMap Map) List(string plugin, string policy, bool denied = false)
    {
        var cluster = Given.Cluster([.. WebAndDb, policy]);
        Assert.Empty(cluster.Diagnostics);
        var map = ReachabilityMap.Compile(cluster.Snapshot, CniEvaluation.Of(cluster.Snapshot, CniChoice.Parse(plugin), ipBlockIgnoresPods: false).Options);
        return (new ConnectionLister(map, new ConnectionQuery { IncludeDenied = denied }), map);
    }

    private static string PortsFromWebToDb(string plugin, string policy) =>
        Assert.Single(List(plugin, policy, denied: true).Lister.List(), static line =>
            line.Source.Name == "web" && line.Destination.Name == "db").Ports.ToString();

    private static string Explain(ReachabilityMap map, string from, string to) =>
        new Explainer(map).Explain(IndexOf(map, from), IndexOf(map, to), PortSet.All).ToString();

    private static int IndexOf(ReachabilityMap map, string name) =>
        Enumerable.Range(0, map.Endpoints.PodCount).Single(i => $"{map.Endpoints[i].Namespace}/{map.Endpoints[i].PodName}" == name);
}
