using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Services;

/// <summary>What a Service leads to, when a question names it as the destination.</summary>
public class ServiceDestinationTests
{
    private static readonly string Client = Given.Pod("client", "app: client");

    [Fact]
    public void A_Service_leads_to_the_pods_that_its_selector_picks_on_their_target_port()
    {
        var cluster = Given.Cluster(
            Client,
            Given.Pod("web", "app: web"),
            Given.Pod("other/web", "app: web"),
            Given.Service("web", "selector: {app: web}, ports: [{port: 80, targetPort: 8080}]"));
        Assert.Equal(["default/client[Pod] -> default/web[Pod] TCP 8080", "other/web[Pod] -> default/web[Pod] TCP 8080"], cluster.LinesTo("svc/web"));
    }

    [Fact]
    public void Without_a_target_port_it_is_the_port_itself() => Assert.Equal(
        ["default/client[Pod] -> default/web[Pod] TCP 80 UDP 53"],
        Given.Cluster(
            Client,
            Given.Pod("web", "app: web"),
            Given.Service("web", "selector: {app: web}, ports: [{name: a, port: 80}, {name: b, port: 53, protocol: UDP}]")).LinesTo("svc/web"));

    [Fact]
    public void A_named_target_port_is_looked_up_on_each_pod_and_pods_without_it_are_not_served()
    {
        var cluster = Given.Cluster(
            Client,
            Given.Pod("a", "app: web", "containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]"),
            Given.Pod("b", "app: web", "containers: [{name: c, ports: [{name: http, containerPort: 9090}]}]"),
            Given.Pod("c", "app: web", "containers: [{name: c, ports: [{name: http, containerPort: 8080, protocol: UDP}]}]"),
            Given.Service("web", "selector: {app: web}, ports: [{port: 80, targetPort: http}]"));
        Assert.Equal(
            ["default/client[Pod] -> default/a[Pod] TCP 8080", "default/client[Pod] -> default/b[Pod] TCP 9090"],
            cluster.LinesTo("svc/web").Where(static line => line.StartsWith("default/client", StringComparison.Ordinal)));
    }

    [Fact]
    public void Policies_speak_of_the_target_port_and_never_of_the_Services_port()
    {
        var cluster = Given.Cluster(
            Client,
            Given.Pod("web", "app: web"),
            Given.Service("web", "selector: {app: web}, ports: [{port: 80, targetPort: 8080}]"),
            Given.Policy("podSelector: {matchLabels: {app: web}}\ningress: [{ports: [{port: 80}]}]"));
        Assert.Empty(cluster.LinesTo("svc/web"));
        Assert.Equal(["default/client[Pod] -> default/web[Pod] None"], cluster.LinesTo("svc/web", denied: true));
    }

    [Fact]
    public void Pods_that_are_not_ready_are_left_out()
    {
        var pods = new[]
        {
            Given.Pod("a", "app: web", status: "conditions: [{type: Ready, status: 'False'}]"),
            Given.Pod("b", "app: web", status: "conditions: [{type: Ready, status: 'True'}]"),
        };
        const string spec = "selector: {app: web}, ports: [{port: 80}]";
        Assert.Equal(
            ["default/a[Pod] -> default/b[Pod] TCP 80", "default/client[Pod] -> default/b[Pod] TCP 80"],
            Given.Cluster([Client, .. pods, Given.Service("web", spec)]).LinesTo("svc/web"));
        Assert.Equal(4, Given.Cluster([Client, .. pods, Given.Service("web", spec + ", publishNotReadyAddresses: true")]).LinesTo("svc/web").Count);
    }

    [Fact]
    public void A_template_stands_for_pods_that_will_be_ready() => Assert.Equal(
        ["default/client[Pod] -> default/web[Deployment] TCP 80", "default/web[Deployment] -> default/web[Deployment] TCP 80"],
        Given.Cluster(Client, Given.Workload("Deployment", "web", "app: web"), Given.Service("web", "selector: {app: web}, ports: [{port: 80}]"))
            .LinesTo("svc/web"));

    [Fact]
    public void A_headless_Service_leads_to_the_pods_themselves_on_all_their_ports() => Assert.Equal(
        ["default/client[Pod] -> default/db[Pod] All"],
        Given.Cluster(Client, Given.Pod("db", "app: db"), Given.Service("db", "clusterIP: None, selector: {app: db}, ports: [{port: 3306}]"))
            .LinesTo("svc/db"));

    [Fact]
    public void The_three_tier_database_is_reached_through_its_headless_Service_by_the_backend_alone()
    {
        var cluster = Cluster.OfPaths(Repository.Example("three-tier-application"));
        Assert.Equal(["default/flaskback[Deployment] -> default/mysqldb[Deployment] TCP 3306"], cluster.LinesTo("svc/mysqldb"));
        Assert.Equal(["default/flaskback[Deployment] -> default/mysqldb[Deployment] TCP 3306"], cluster.LinesTo("default/svc/mysqldb"));
    }

    [Theory]
    [InlineData("svc/web")]
    [InlineData("service/web")]
    [InlineData("services/web")]
    [InlineData("default/svc/web")]
    [InlineData("def*/svc/w*")]
    public void A_Service_is_named_as_kubectl_names_it(string pattern)
    {
        var cluster = Given.Cluster(Client, Given.Pod("web", "app: web"), Given.Service("web", "selector: {app: web}, ports: [{port: 80}]"));
        Assert.Equal(["default/client[Pod] -> default/web[Pod] TCP 80"], cluster.LinesTo(pattern));
    }

    [Fact]
    public void Every_line_names_the_Service()
    {
        var cluster = Given.Cluster(Client, Given.Pod("web", "app: web"), Given.Service("web", "selector: {app: web}, ports: [{port: 80}]"));
        Assert.All(
            cluster.List(new ConnectionQuery { To = [EndpointPattern.Parse("svc/web")] }),
            static line => Assert.Contains("through Service default/web", line.Notes));
    }

    [Fact]
    public void A_workload_asked_about_by_its_own_name_too_is_listed_with_every_port()
    {
        var cluster = Given.Cluster(Client, Given.Pod("web", "app: web"), Given.Service("web", "selector: {app: web}, ports: [{port: 80}]"));
        var query = new ConnectionQuery { From = [EndpointPattern.Parse("client")], To = [EndpointPattern.Parse("svc/web"), EndpointPattern.Parse("web")] };
        Assert.Equal("All", Assert.Single(cluster.List(query)).Ports.ToString());
    }

    [Fact]
    public void Of_a_namespace_only_the_pods_behind_the_Service_count()
    {
        var cluster = Given.Cluster(
            Client,
            Given.Pod("shop/web", "app: web"),
            Given.Pod("shop/db", "app: db"),
            Given.Service("shop/web", "selector: {app: web}, ports: [{port: 80}]"),
            Given.Policy("podSelector: {matchLabels: {app: web}}", "shop/policy"));
        var query = new ConnectionQuery
        {
            By = GroupBy.Namespace,
            From = [EndpointPattern.Parse("default")],
            To = [EndpointPattern.Parse("svc/web")],
            IncludeDenied = true,
        };
        Assert.Equal("None", Assert.Single(cluster.List(query)).Ports.ToString());
    }

    [Theory]
    [InlineData("addresses: [{ip: 10.0.0.7, targetRef: {kind: Pod, name: db}}]")]
    [InlineData("addresses: [{ip: 10.0.0.7}]")]
    public void Without_a_selector_its_Endpoints_say_where_it_leads(string addresses)
    {
        var cluster = Given.Cluster(
            Client,
            Given.Pod("db", status: "podIP: 10.0.0.7"),
            Given.Service("db", "ports: [{port: 3306}]"),
            $$"""{apiVersion: v1, kind: Endpoints, metadata: {name: db}, subsets: [{ {{addresses}}, ports: [{port: 5306}] }] }""");
        Assert.Equal(["default/client[Pod] -> default/db[Pod] TCP 5306"], cluster.LinesTo("svc/db"));
    }

    [Theory]
    [InlineData("discovery.k8s.io/v1")]
    [InlineData("discovery.k8s.io/v1beta1")]
    public void An_EndpointSlice_leads_to_outside_addresses_that_are_ready(string apiVersion)
    {
        var cluster = Given.Cluster(
            Client,
            Given.Service("db", "ports: [{name: sql, port: 3306}]"),
            $$"""
            apiVersion: {{apiVersion}}
            kind: EndpointSlice
            metadata: {name: db-1, labels: {kubernetes.io/service-name: db} }
            addressType: IPv4
            endpoints:
            - {addresses: [192.0.2.7], conditions: {ready: true} }
            - {addresses: [192.0.2.8], conditions: {ready: false} }
            - {addresses: [192.0.2.9] }
            ports: [{name: sql, port: 5306}, {name: metrics, port: 9000}]
            """);
        var lines = cluster.List(new ConnectionQuery { To = [EndpointPattern.Parse("svc/db")] });
        Assert.Equal(["192.0.2.7 TCP 5306", "192.0.2.9 TCP 5306"], lines.Select(static line => $"{line.Destination} {line.Ports}"));
    }

    [Fact]
    public void An_ExternalName_leads_outside_to_an_address_that_nobody_knows()
    {
        var cluster = Given.Cluster(Client, Given.Service("db", "type: ExternalName, externalName: db.example.com"));
        var lines = cluster.List(new ConnectionQuery { To = [EndpointPattern.Parse("svc/db")] });
        Assert.NotEmpty(lines);
        Assert.All(lines, static line => Assert.NotNull(line.Destination.Addresses));
        Assert.All(lines, static line => Assert.Contains("stands for db.example.com", Assert.Single(line.Notes), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("db.store.svc")]
    [InlineData("db.store.svc.cluster.local")]
    public void An_ExternalName_may_be_another_word_for_a_Service_of_the_cluster(string name)
    {
        var cluster = Given.Cluster(
            Client,
            Given.Pod("store/db", "app: db"),
            Given.Service("store/db", "selector: {app: db}, ports: [{port: 3306}]"),
            Given.Service("db", $"type: ExternalName, externalName: {name}"));
        Assert.Equal(["default/client[Pod] -> store/db[Pod] TCP 3306"], cluster.LinesTo("default/svc/db"));
    }

    [Theory]
    [InlineData("selector: {app: none}, ports: [{port: 80}]", "no pod of its namespace matches its selector app=none")]
    [InlineData("selector: {app: late}, ports: [{port: 80}]", "the one pod that matches its selector app=late is not ready")]
    [InlineData("selector: {app: web}, ports: [{port: 80, targetPort: http}]", "none of its pods has a container port named http (TCP)")]
    [InlineData("selector: {app: web}", "it has no ports")]
    [InlineData("ports: [{port: 80}]", "no selector, and the input has no Endpoints")]
    [InlineData("selector: {}, ports: [{port: 80}]", "no selector, and the input has no Endpoints")]
    public void A_Service_that_leads_nowhere_says_why_and_nothing_else(string spec, string why)
    {
        var cluster = Given.Cluster(
            Client,
            Given.Pod("web", "app: web"),
            Given.Pod("late", "app: late", status: "conditions: [{type: Ready, status: 'False'}]"),
            Given.Pod("other/web", "app: none"),
            Given.Service("svc", spec));
        var query = new ConnectionQuery { To = [EndpointPattern.Parse("svc/svc")] };
        var found = Assert.Single(cluster.DiagnosticsOf(query));
        Assert.Equal((DiagnosticId.ServiceLeadsNowhere, DiagnosticSeverity.Error), (found.Id, found.Severity));
        Assert.Equal("Service default/svc", found.Object?.ToString());
        Assert.Contains(why, found.Message, StringComparison.Ordinal);
        Assert.Empty(cluster.List(query));
    }

    [Fact]
    public void Of_several_Services_one_that_leads_nowhere_is_but_a_warning()
    {
        var cluster = Given.Cluster(
            Client,
            Given.Pod("web", "app: web"),
            Given.Service("web", "selector: {app: web}, ports: [{port: 80}]"),
            Given.Service("wait", "selector: {app: none}, ports: [{port: 80}]"));
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(cluster.DiagnosticsOf(new ConnectionQuery { To = [EndpointPattern.Parse("svc/w*")] })).Severity);
    }

    [Fact]
    public void A_Service_that_is_not_there_matches_nothing()
    {
        var lister = new ConnectionLister(Given.Cluster(Given.Pod("web")).Map, new ConnectionQuery { To = [EndpointPattern.Parse("svc/web")] });
        Assert.Equal("svc/web", Assert.Single(lister.ToWithoutMatch).ToString());
        Assert.Empty(lister.List());
    }

    [Fact]
    public void A_Service_sends_nothing()
    {
        var refused = Assert.Throws<FormatException>(static () => EndpointPattern.ParseSource("shop/svc/web"));
        Assert.Contains("Services send nothing", refused.Message, StringComparison.Ordinal);
    }
}
