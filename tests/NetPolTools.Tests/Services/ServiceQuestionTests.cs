using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Services;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Services;

/// <summary>One question whose destination is a Service, and the reasons that concern an unknown controller.</summary>
public sealed class ServiceQuestionTests
{
    private static readonly Cluster Shop = Given.Cluster(
        Given.Pod("client", "app: client"),
        Given.Pod("web", "app: web"),
        Given.Service("web", "selector: {app: web}, ports: [{port: 80, targetPort: 8080}]"),
        Given.Service("web-pods", "clusterIP: None, selector: {app: web}, ports: [{port: 80}]"),
        Given.Service("nowhere", "selector: {app: none}, ports: [{port: 80}]"),
        Given.Service("outside", "type: ExternalName, externalName: db.example.com"),
        Given.Ingress("web", "web", "number: 80"),
        Given.Policy("podSelector: {matchLabels: {app: web}}\ningress: [{from: [{podSelector: {matchLabels: {app: client}}}]}]"));

    [Theory]
    [InlineData("svc/web", 80, "TCP 8080")]
    [InlineData("svc/web-pods", 80, "TCP 80")]
    [InlineData("default/svc/web", 80, "TCP 8080")]
    public void A_port_of_a_Service_is_its_own_and_leads_to_the_target_port_of_its_pods(string to, int port, string reached)
    {
        var answer = Ask("client", to, PortSet.Of(Protocol.TCP, port), out var problems);
        Assert.Empty(problems);
        Assert.Equal((true, reached), (answer!.IsAllowed, answer.Ports.ToString()));
    }

    [Fact]
    public void A_port_that_the_Service_does_not_have_is_no_question()
    {
        Assert.Null(Ask("client", "svc/web", PortSet.Of(Protocol.TCP, 8080), out var problems));
        Assert.Contains("it has no such port; its ports are 80", Assert.Single(problems).Problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http", "TCP 8080")]
    [InlineData("metrics", "TCP 9090")]
    public void A_port_of_a_Service_may_be_named(string name, string reached)
    {
        var cluster = Given.Cluster(
            Given.Pod("client"),
            Given.Pod("web", "app: web"),
            Given.Service("web", "selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}, {name: metrics, port: 90, targetPort: 9090}]"));
        var answer = ReachabilityQuestion.Ask(
            cluster.Map, EndpointPattern.Parse("client"), EndpointPattern.Parse("svc/web"), new AskedPorts(PortSet.None, [name]), false, out _);
        Assert.Equal(reached, answer!.Ports.ToString());
        var line = Assert.Single(cluster.List(new ConnectionQuery
        {
            From = [EndpointPattern.Parse("client")],
            To = [EndpointPattern.Parse("svc/web")],
            Ports = PortSet.None,
            PortNames = [name],
        }));
        Assert.Equal(reached, line.Ports.ToString());
    }

    [Fact]
    public void A_Service_is_reached_where_all_pods_behind_it_are_or_any_where_that_will_do()
    {
        var cluster = Given.Cluster(
            Given.Pod("client", "app: client"),
            Given.Pod("a", "app: s", "containers: [{name: c, ports: [{name: http, containerPort: 80}]}]"),
            Given.Pod("b", "app: s", "containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]"),
            Given.Service("s", "selector: {app: s}, ports: [{port: 80, targetPort: http}]"),
            Given.Policy("podSelector: {matchLabels: {app: s}}\ningress: [{from: [{podSelector: {matchLabels: {app: client}}}], ports: [{port: 80}]}]"));
        var all = ReachabilityQuestion.Ask(cluster.Map, EndpointPattern.Parse("client"), EndpointPattern.Parse("svc/s"), AskedPorts.All, false, out _)!;
        Assert.Equal((false, (1, 2)), (all.IsAllowed, all.ServicePods));
        Assert.True(ReachabilityQuestion.Ask(
            cluster.Map, EndpointPattern.Parse("client"), EndpointPattern.Parse("svc/s"), AskedPorts.All, true, out _)!.IsAllowed);
        var line = Assert.Single(cluster.List(new ConnectionQuery { From = [EndpointPattern.Parse("client")], To = [EndpointPattern.Parse("svc/s")] }));
        Assert.Contains("Service default/s leads to 2 pods, and this source reaches only 1 of them", line.Notes);
    }

    [Fact]
    public void Of_several_sources_each_that_reaches_the_Service_counts_with_its_ports()
    {
        var cluster = Given.Cluster(
            Given.Pod("a", "app: a"),
            Given.Pod("b", "app: b"),
            Given.Pod("c", "app: c"),
            Given.Pod("s/one", "app: s, pod: one"),
            Given.Pod("s/two", "app: s, pod: two"),
            Given.Service("s/s", "selector: {app: s}, ports: [{name: a, port: 80}, {name: b, port: 443}, {name: c, port: 8443}]"),
            Given.Policy("""
                podSelector: {}
                ingress:
                - from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: a}}}]
                  ports: [{port: 80}]
                - from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: b}}}]
                  ports: [{port: 443}]
                """, "s/both"),
            Given.Policy("""
                podSelector: {matchLabels: {pod: one}}
                ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: c}}}], ports: [{port: 8443}]}]
                """, "s/one"));
        var all = Of(false);
        Assert.Equal((true, (2, 2), "TCP 80,443"), (all.IsAllowed, all.ServicePods, all.Ports.ToString()));

        // Where any pod will do, one that reaches only some of them reaches the Service too.
        Assert.Equal("TCP 80,443,8443", Of(true).Ports.ToString());

        ReachabilityAnswer Of(bool anyPodWillDo) => ReachabilityQuestion.Ask(
            cluster.Map, EndpointPattern.Parse("default/*"), EndpointPattern.Parse("s/svc/s"), AskedPorts.All, anyPodWillDo, out _)!;
    }

    [Fact]
    public void The_reasons_are_about_the_target_port_of_the_pod()
    {
        var cluster = Given.Cluster(
            Given.Pod("backend", "app: backend"),
            Given.Pod("db1", "app: db1"),
            Given.Service("db1", "selector: {app: db1}, ports: [{port: 80, targetPort: 8080}]"),
            Given.Policy("podSelector: {matchLabels: {app: backend}}\npolicyTypes: [Egress]\negress: [{to: [{podSelector: {matchLabels: {app: db1}}}], "
                + "ports: [{port: 80}]}]"));
        var answer = new TestQuestion([EndpointPattern.Parse("backend")], [EndpointPattern.Parse("svc/db1")]) { Ports = PortSet.Of(Protocol.TCP, 80) }
            .Ask(new ClusterEvaluator(cluster.Snapshot), QuestionWords.Plain).Value!;
        Assert.False(answer.IsAllowed);
        Assert.Contains("Service default/db1: port 80 leads to TCP 8080", answer.Notes);
        Assert.Contains("would match if the port were in TCP 80", answer.Explain().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_address_of_a_Service_is_the_Service_and_an_ipBlock_of_it_is_told()
    {
        var cluster = Given.Cluster(
            Given.Pod("app", "app: app", status: "podIP: 10.244.1.5"),
            Given.Pod("kube-system/dns", "k8s-app: kube-dns", "containers: [{name: c, ports: [{name: dns, containerPort: 53, protocol: UDP}]}]",
                "podIP: 10.244.2.7"),
            Given.Service("kube-system/kube-dns", "clusterIP: 10.96.0.10, selector: {k8s-app: kube-dns}, ports: [{port: 53, protocol: UDP, targetPort: dns}]"),
            Given.Policy("podSelector: {}\npolicyTypes: [Egress]\negress: [{to: [{ipBlock: {cidr: 10.96.0.10/32}}], ports: [{port: 53, protocol: UDP}]}]"));
        foreach (var to in new[] { "10.96.0.10", "kube-system/svc/kube-dns" })
        {
            var answer = ReachabilityQuestion.Ask(cluster.Map, EndpointPattern.Parse("app"), EndpointPattern.Parse(to), AskedPorts.All, false, out _)!;
            Assert.False(answer.IsAllowed);
            Assert.Contains(answer.Notes, static note =>
                note.Contains("names 10.96.0.10, the address of Service kube-system/kube-dns", StringComparison.Ordinal));
        }

        var line = Assert.Single(
            cluster.List(new ConnectionQuery { From = [EndpointPattern.Parse("app")] }), static line => line.Destination.Addresses == "10.96.0.10");
        Assert.Contains(line.Notes, static note => note.StartsWith("10.96.0.10 is the address of Service kube-system/kube-dns", StringComparison.Ordinal));
    }

    [Fact]
    public void Through_a_Service_a_pod_reaching_itself_needs_a_rule_and_by_its_own_address_it_needs_none()
    {
        Assert.False(Ask("web", "svc/web", PortSet.All, out _)!.IsAllowed);
        Assert.True(Ask("web", "svc/web-pods", PortSet.All, out _)!.IsAllowed);
    }

    [Theory]
    [InlineData("svc/none", DiagnosticId.NoMatch)]
    [InlineData("svc/web*", DiagnosticId.AmbiguousName)]
    [InlineData("svc/nowhere", DiagnosticId.ServiceLeadsNowhere)]
    [InlineData("svc/outside", DiagnosticId.ServiceLeadsNowhere)]
    public void Without_one_destination_there_is_no_answer(string to, DiagnosticId id)
    {
        Assert.Null(Ask("client", to, PortSet.All, out var problems));
        Assert.Equal((to, id), (Assert.Single(problems).Name.ToString(), problems[0].Problem.Id));
    }

    [Fact]
    public void The_reasons_say_that_nothing_is_known_of_the_controller()
    {
        var query = new ConnectionQuery { From = [EndpointPattern.Parse("ingress-controller")], IncludeDenied = true };
        var line = Assert.Single(Shop.List(query));
        var reasons = new Explainer(Shop.Map).Explain(line.Example.Source, line.Example.Destination, PortSet.All).ToString();
        Assert.Contains("egress: the ingress controller is not in the input", reasons, StringComparison.Ordinal);
        Assert.Contains("would match if the source's labels and namespace were known, and matched", reasons, StringComparison.Ordinal);
    }

    private static ReachabilityAnswer? Ask(string from, string to, PortSet ports, out IReadOnlyList<(EndpointPattern Name, Diagnostic Problem)> problems) =>
        ReachabilityQuestion.Ask(Shop.Map, EndpointPattern.ParseSource(from), EndpointPattern.Parse(to), ports, out problems);
}
