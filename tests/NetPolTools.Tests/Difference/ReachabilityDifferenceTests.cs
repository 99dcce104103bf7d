using NetPolTools.Difference;
using NetPolTools.Listing;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Difference;

/// <summary>What a change of policies, labels and workloads opens and closes, and why.</summary>
public class ReachabilityDifferenceTests
{
    private const string Database = "podSelector: {matchLabels: {app: db}}\npolicyTypes: [Ingress]\n";

    private static readonly string[] Pods = [Given.Pod("web", "app: web"), Given.Pod("db", "app: db")];

    private static readonly ConnectionQuery WebToDatabase = new() { From = [EndpointPattern.Parse("web")], To = [EndpointPattern.Parse("db")] };

    [Fact]
    public void A_policy_that_is_added_closes_what_it_does_not_allow() => Assert.Equal(
        ["web -> db: All -> TCP 3306 by +db"],
        Compared.Changes(Given.Cluster(Pods), With(Given.Policy(Database + "ingress: [{ports: [{port: 3306}]}]", "db")), WebToDatabase));

    [Fact]
    public void A_policy_that_is_removed_opens_what_it_kept_closed() => Assert.Equal(
        ["web -> db: None -> All by -db"],
        Compared.Changes(With(Given.Policy(Database, "db")), Given.Cluster(Pods), WebToDatabase));

    [Fact]
    public void A_policy_that_changed_is_named_where_what_it_allows_changed() => Assert.Equal(
        ["web -> db: TCP 3306 -> TCP 3307 by ~db"],
        Compared.Changes(
            With(Given.Policy(Database + "ingress: [{ports: [{port: 3306}]}]", "db"), Given.Policy(Database, "deny")),
            With(Given.Policy(Database + "ingress: [{ports: [{port: 3307}]}]", "db"), Given.Policy(Database, "deny")),
            WebToDatabase));

    [Fact]
    public void A_policy_of_the_direction_that_did_not_change_is_not_responsible() => Assert.Equal(
        ["web -> db: None -> All by -db"],
        Compared.Changes(
            With(Given.Policy(Database, "db")),
            With(Given.Policy("podSelector: {matchLabels: {app: web}}\npolicyTypes: [Egress]\negress: [{}]", "web")),
            WebToDatabase));

    [Fact]
    public void The_same_policy_written_in_another_way_is_no_change()
    {
        var difference = Compared.Of(
            With(Given.Policy(Database
                + "ingress: [{from: [{podSelector: {matchLabels: {app: web, tier: a}}}], ports: [{port: 1}, {port: 2}]}, {ports: [{port: 3}]}]")),
            With(Given.Policy(
                """
                podSelector: {matchExpressions: [{key: app, operator: In, values: [db]}]}
                ingress:
                  - ports: [{protocol: TCP, port: 3, endPort: 3}]
                  - from: [{podSelector: {matchLabels: {tier: a, app: web}}}]
                    ports: [{port: 2}, {port: 1, protocol: TCP}]
                egress: []
                """)));
        Assert.Empty(difference.Policies);
        Assert.Empty(difference.List());
    }

    [Fact]
    public void Where_no_policy_differs_the_labels_are_the_reason()
    {
        var policy = Given.Policy(Database, "db");
        var change = Assert.Single(Compared.Of(
            Given.Cluster(Given.Pod("web"), Given.Pod("db", "app: other"), policy), Given.Cluster(Given.Pod("web"), Given.Pod("db", "app: db"), policy),
                WebToDatabase).List());
        Assert.Equal("web -> db: All -> None", Compared.Show(change));
        Assert.Equal(["the pod labels of default/db changed"], change.Notes);
    }

    [Fact]
    public void The_labels_of_a_namespace_are_a_reason_too()
    {
        var policy = Given.Policy(Database + "ingress: [{from: [{namespaceSelector: {matchLabels: {team: a}}}]}]", "db");
        var query = new ConnectionQuery { From = [EndpointPattern.Parse("shop/web")] };
        var change = Assert.Single(Compared.Of(
            Given.Cluster(Given.Namespace("shop", "team: a"), Given.Pod("shop/web"), Given.Pod("db", "app: db"), policy),
            Given.Cluster(Given.Namespace("shop", "team: b"), Given.Pod("shop/web"), Given.Pod("db", "app: db"), policy),
            query).List());
        Assert.Equal(["the labels of namespace shop changed"], change.Notes);
    }

    [Fact]
    public void Within_a_namespace_the_reason_can_be_that_other_pods_have_the_same_labels()
    {
        var policy = Given.Policy("podSelector: {matchLabels: {app: db}}\npolicyTypes: [Ingress, Egress]", "closed");
        var change = Assert.Single(Compared.Of(
            Given.Cluster(Given.Pod("a", "app: db"), Given.Pod("b", "app: db"), Given.Pod("c", "app: web"), policy),
            Given.Cluster(Given.Pod("a", "app: db"), Given.Pod("b", "app: web"), Given.Pod("c", "app: web"), policy),
            new ConnectionQuery { By = GroupBy.Namespace }).List(), static change => change.Source.Addresses is null && change.Destination.Addresses is null);
        Assert.Equal((PortSet.None, PortSet.All), (change.Before, change.After));
        Assert.Equal(["the pod labels of namespace default changed"], change.Notes);
    }

    [Fact]
    public void A_workload_that_came_is_told_and_marked_at_its_connections()
    {
        var difference = Compared.Of(Given.Cluster(Pods[0]), Given.Cluster(Pods));
        Assert.Equal([new EndChange(ConnectionEnd.InCluster("default", "db", "Pod"), EndStatus.Added)], difference.Ends);
        var change = Assert.Single(difference.List(), static change => change.Source.Name == "web" && change.Destination.Name == "db");
        Assert.Equal((ChangeKind.Opened, EndStatus.Kept, EndStatus.Added), (change.Kind, change.SourceStatus, change.DestinationStatus));
        Assert.DoesNotContain(difference.List(), static change => change.SourceStatus == EndStatus.Kept && change.DestinationStatus == EndStatus.Kept);
    }

    [Fact]
    public void A_workload_that_went_closes_its_connections() => Assert.Equal(
        ["web -> db: All -> None"],
        Compared.Changes(Given.Cluster(Pods), Given.Cluster(Pods[0]), WebToDatabase));

    [Fact]
    public void Pods_that_a_rollout_replaced_are_the_same_workload() => Assert.Empty(Compared.Changes(
        Given.Cluster(Given.Replica("web-1", "web", "app: web"), Given.Replica("web-2", "web", "app: web")),
        Given.Cluster(Given.Replica("web-3", "web", "app: web"), Given.Replica("web-4", "web", "app: web"))));

    [Fact]
    public void Pods_told_apart_on_one_side_only_are_compared_each_by_its_name()
    {
        var replicas = new[] { Given.Replica("web-1", "web", "app: web, canary: 'true'"), Given.Replica("web-2", "web", "app: web"), Given.Pod("client") };
        Assert.Equal(
            ["client -> web-1: All -> None by +canary"],
            Compared.Changes(
                Given.Cluster(replicas),
                Given.Cluster([.. replicas, Given.Policy("podSelector: {matchLabels: {canary: 'true'}}", "canary")]),
                new ConnectionQuery { From = [EndpointPattern.Parse("client")], To = [EndpointPattern.Parse("web")] }));
    }

    [Fact]
    public void Outside_addresses_are_cut_where_either_side_cuts_them_and_joined_where_the_change_is_the_same() => Assert.Equal(
        [
            "10.0.0.0-10.127.255.255 -> db: All -> None by ~db",
            "192.168.0.0-192.168.255.255 -> db: None -> All by ~db",
        ],
        Compared.Changes(
            With(Given.Policy(Database + "ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]", "db")),
            With(Given.Policy(Database + "ingress: [{from: [{ipBlock: {cidr: 10.128.0.0/9}}, {ipBlock: {cidr: 192.168.0.0/16}}]}]", "db"))));

    /// <summary>Both sides tell the same addresses apart, and every pod is told of another's rules.</summary>
    [Theory]
    [InlineData("Ingress", "ingress: [{from: [", "10.0.0.0-10.255.255.255 -> db: All -> None by ~db", "192.168.0.0-192.168.255.255 -> db: None -> All by ~db")]
    [InlineData("Egress", "egress: [{to: [", "db -> 10.0.0.0-10.255.255.255: All -> None by ~db", "db -> 192.168.0.0-192.168.255.255: None -> All by ~db")]
    public void An_end_whose_rules_say_something_else_of_addresses_alone_has_changed(string direction, string rule, params string[] changes)
    {
        Assert.Equal(changes, Compared.Changes(Naming("10.0.0.0/8"), Naming("192.168.0.0/16")));

        Cluster Naming(string addresses) => With(
            Given.Policy($"podSelector: {{matchLabels: {{app: db}}}}\npolicyTypes: [{direction}]\n{rule}{{ipBlock: {{cidr: {addresses}}}}}]}}]", "db"),
            Given.Policy(
                $"podSelector: {{matchLabels: {{app: web}}}}\npolicyTypes: [{direction}]\n"
                    + $"{rule}{{ipBlock: {{cidr: 10.0.0.0/8}}}}, {{ipBlock: {{cidr: 192.168.0.0/16}}}}]}}]",
                "web"));
    }

    [Fact]
    public void Whom_the_policy_of_few_denies_counts_where_that_of_all_allows_everybody()
    {
        Assert.Equal(
            ["new -> db: TCP 1-65535 -> None by ~GlobalNetworkPolicy db", "old -> db: None -> TCP 1-65535 by ~GlobalNetworkPolicy db"],
            Compared.Changes(Denying("old"), Denying("new")));

        static Cluster Denying(string app) => With(
            Given.Pod("old", "app: old"),
            Given.Pod("new", "app: new"),
            Given.Pod("cache", "app: cache"),
            Global("all", "selector: all(), order: 100, types: [Ingress], ingress: [{action: Allow, protocol: TCP}]"),
            Global("db", $"selector: app == 'db', order: 1, types: [Ingress], ingress: [{{action: Deny, source: {{selector: app == '{app}'}}}}]"),
            Global("web", "selector: app == 'web', order: 1, types: [Ingress], ingress: [{action: Deny, source: {selector: app == 'db'}}]"));

        static string Global(string name, string spec) =>
            $"{{apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: {{name: {name}}}, spec: {{{spec}}}}}";
    }

    [Fact]
    public void Namespaces_are_compared_as_wholes() => Assert.Equal(
        ["shop/shop -> default: All -> TCP 80 by +deny"],
        Compared.Changes(
            Given.Cluster(Given.Pod("shop/web"), Given.Pod("db")),
            Given.Cluster(Given.Pod("shop/web"), Given.Pod("db"),
                Given.Policy("podSelector: {}\ningress: [{from: [{namespaceSelector: {}}], ports: [{port: 80}]}]", "deny")),
            new ConnectionQuery { By = GroupBy.Namespace, From = [EndpointPattern.Parse("shop")] })
            .Select(static line => line.Replace("default/default", "default", StringComparison.Ordinal)));

    [Fact]
    public void Only_the_ports_asked_about_count() => Assert.Empty(Compared.Changes(
        Given.Cluster(Pods),
        With(Given.Policy(Database + "ingress: [{ports: [{port: 3306}]}]", "db")),
        new ConnectionQuery { Ports = PortSet.Of(Protocol.TCP, 3306) }));

    [Fact]
    public void A_pattern_has_to_name_something_on_one_of_the_sides()
    {
        var query = new ConnectionQuery { From = [EndpointPattern.Parse("db"), EndpointPattern.Parse("nobody")] };
        var difference = Compared.Of(Given.Cluster(Pods[0]), Given.Cluster(Pods), query);
        Assert.Equal(["nobody"], difference.FromWithoutMatch.Select(static pattern => pattern.ToString()));
    }

    private static Cluster With(params string[] policies) => Given.Cluster([.. Pods, .. policies]);
}
