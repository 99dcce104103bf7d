using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Services;

/// <summary>What Ingresses and routes expose through an ingress controller that is not in the input.</summary>
public class EntranceTests
{
    private const string Exposed = "{ingress-controller} -> default/web[Pod] TCP 8080";

    private static readonly string Web = Given.Pod("web", "app: web", "containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]");
    private static readonly string WebService = Given.Service(
        "web", "selector: {app: web}, ports: [{name: www, port: 80, targetPort: http}, {name: other, port: 81, targetPort: 8081}]");

    [Theory]
    [InlineData("number: 80")]
    [InlineData("name: www")]
    public void An_Ingress_leads_to_the_target_port_behind_its_backends_port(string port) =>
        Assert.Equal([Exposed], Given.Cluster(Web, WebService, Given.Ingress("web", "web", port)).LinesTo("web"));

    [Theory]
    [InlineData("networking.k8s.io/v1", "defaultBackend: {service: {name: web, port: {number: 80}}}")]
    [InlineData("networking.k8s.io/v1beta1", "backend: {serviceName: web, servicePort: 80}")]
    [InlineData("networking.k8s.io/v1beta1", "rules: [{http: {paths: [{backend: {serviceName: web, servicePort: www}}]}}]")]
    [InlineData("extensions/v1beta1", "rules: [{http: {paths: [{backend: {serviceName: web, servicePort: www}}]}}]")]
    public void An_Ingress_may_have_a_default_backend_and_the_form_of_before(string apiVersion, string spec) => Assert.Equal(
        [Exposed],
        Given.Cluster(Web, WebService, $$"""{apiVersion: {{apiVersion}}, kind: Ingress, metadata: {name: web}, spec: { {{spec}} } }""").LinesTo("web"));

    [Theory]
    [InlineData("v1", "HTTPRoute")]
    [InlineData("v1beta1", "HTTPRoute")]
    [InlineData("v1", "GRPCRoute")]
    [InlineData("v1alpha2", "TLSRoute")]
    [InlineData("v1alpha3", "TLSRoute")]
    public void A_route_of_the_Gateway_API_leads_to_the_Services_it_refers_to(string version, string kind) => Assert.Equal(
        [Exposed],
        Given.Cluster(
            Web,
            WebService,
            Route(version, kind, "default",
                "parentRefs: [{name: gw}], rules: [{backendRefs: [{name: web, port: 80}, {group: example.com, kind: Bucket, name: b}]}]"))
            .LinesTo("web"));

    [Fact]
    public void A_route_may_refer_to_a_Service_of_another_namespace() => Assert.Equal(
        [Exposed],
        Given.Cluster(
            Web,
            WebService,
            Route("v1", "HTTPRoute", "edge", "parentRefs: [{name: gw}], rules: [{backendRefs: [{name: web, namespace: default, port: 80}]}]")).LinesTo("web"));

    [Fact]
    public void Mirrored_requests_come_in_as_well() => Assert.Equal(
        [Exposed],
        Given.Cluster(
            Web,
            WebService,
            Route("v1", "HTTPRoute", "default", "rules: [{filters: [{type: RequestMirror, requestMirror: {backendRef: {name: web, port: 80}}}]}]"))
                .LinesTo("web"));

    [Fact]
    public void A_route_of_a_mesh_has_a_Service_for_its_parent_and_lets_nothing_in() => Assert.Empty(
        Given.Cluster(
            Web,
            WebService,
            Route("v1", "HTTPRoute", "default",
                "parentRefs: [{group: '', kind: Service, name: web, port: 80}], rules: [{backendRefs: [{name: web, port: 80}]}]"))
            .LinesTo("web"));

    [Theory]
    [InlineData("port: {targetPort: www}", "TCP 8080")]
    [InlineData("port: {targetPort: 8080}", "TCP 8080")]
    [InlineData("port: {targetPort: 8081}", "TCP 8081")]
    [InlineData("wildcardPolicy: None", "TCP 8080-8081")]
    public void An_OpenShift_Route_means_the_pods_port_or_the_name_of_the_Services(string port, string ports) => Assert.Equal(
        [$"{{ingress-controller}} -> default/web[Pod] {ports}"],
        Given.Cluster(
            Web,
            WebService,
            $$"""{apiVersion: route.openshift.io/v1, kind: Route, metadata: {name: web}, spec: {to: {kind: Service, name: web}, {{port}} } }""").LinesTo("web"));

    [Fact]
    public void An_OpenShift_Route_has_alternate_backends() => Assert.Equal(
        [Exposed],
        Given.Cluster(
            Web,
            WebService,
            Given.Service("old", "selector: {app: old}, ports: [{name: www, port: 80}]"),
            """
            apiVersion: route.openshift.io/v1
            kind: Route
            metadata: {name: web}
            spec: {to: {name: old}, alternateBackends: [{kind: Service, name: web}], port: {targetPort: www}}
            """).LinesTo("web"));

    [Fact]
    public void A_line_names_all_that_lead_there()
    {
        var line = Assert.Single(
            Given.Cluster(Web, WebService, Given.Ingress("a", "web", "number: 80"), Given.Ingress("b", "web", "number: 81")).List(),
            static line => line.Source == ConnectionEnd.IngressController);
        Assert.Equal("TCP 8080-8081", line.Ports.ToString());
        Assert.Contains("Ingress default/a, Ingress default/b lead here on TCP 8080-8081", Assert.Single(line.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ingress: [{}]", true)]
    [InlineData("ingress: [{ports: [{port: 8080}]}]", true)]
    [InlineData("ingress: [{from: [{namespaceSelector: {}}]}]", true)]
    [InlineData("ingress: [{from: [{namespaceSelector: {}, podSelector: {}}]}]", true)]
    [InlineData("ingress: [{from: [{namespaceSelector: {}}], ports: [{port: http}]}]", true)]
    [InlineData("ingress: []", false)]
    [InlineData("ingress: [{ports: [{port: 80}]}]", false)]
    [InlineData("ingress: [{from: [{podSelector: {}}]}]", false)]
    [InlineData("ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress}}}]}]", false)]
    [InlineData("ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: nginx}}}]}]", false)]
    [InlineData("ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]", false)]
    public void An_unknown_controller_is_let_in_only_by_what_lets_every_pod_in(string ingress, bool isOpen)
    {
        var cluster = Given.Cluster(
            Web, WebService, Given.Ingress("web", "web", "number: 80"), Given.Policy("podSelector: {matchLabels: {app: web}}\n" + ingress));
        Assert.Equal(isOpen ? [Exposed] : [], cluster.LinesTo("web"));
        var told = cluster.DiagnosticsOf(new ConnectionQuery()).Select(static d => d.Id).Where(static id => id != DiagnosticId.UnknownPodAddress);
        Assert.Equal(isOpen ? [] : [DiagnosticId.EntranceBlocked], told);
        Assert.Single(cluster.LinesTo("web", denied: true));
    }

    [Theory]
    [InlineData("{ingress-controller}")]
    [InlineData("ingress-controller")]
    [InlineData("*ingress*")]
    public void The_unknown_controller_can_be_asked_about(string from)
    {
        var cluster = Given.Cluster(Web, WebService, Given.Ingress("web", "web", "number: 80"));
        var lister = new ConnectionLister(cluster.Map, new ConnectionQuery { From = [EndpointPattern.ParseSource(from)] });
        Assert.Empty(lister.FromWithoutMatch);
        Assert.Equal("default/web[Pod]", Assert.Single(lister.List()).Destination.ToString());
    }

    [Fact]
    public void A_question_about_others_has_nothing_to_do_with_it()
    {
        var cluster = Given.Cluster(Web, WebService, Given.Pod("db"), Given.Ingress("web", "web", "number: 80"), Given.Policy("podSelector: {}"));
        Assert.Empty(cluster.DiagnosticsOf(new ConnectionQuery { To = [EndpointPattern.Parse("db")] }));
        Assert.Empty(cluster.DiagnosticsOf(new ConnectionQuery { From = [EndpointPattern.Parse("db")] }));
        Assert.Empty(cluster.DiagnosticsOf(new ConnectionQuery { Namespaces = ["shop"] }));
        Assert.Single(cluster.DiagnosticsOf(new ConnectionQuery { To = [EndpointPattern.Parse("svc/web")] }));
    }

    [Theory]
    [InlineData("nothing", "number: 80", DiagnosticId.EntranceLeadsNowhere, "which is not in the input")]
    [InlineData("web", "number: 99", DiagnosticId.EntranceLeadsNowhere, "it has no port 99; it has 80 (www), 81 (other)")]
    [InlineData("web", "name: sql", DiagnosticId.EntranceLeadsNowhere, "it has no port sql")]
    [InlineData("empty", "number: 80", DiagnosticId.EntranceLeadsNowhere, "no pod of its namespace matches its selector app=none")]
    [InlineData("web", "number: 8081", DiagnosticId.UnknownServicePort, "target port behind its port 81")]
    public void What_an_Ingress_names_in_vain_is_told(string service, string port, DiagnosticId id, string words)
    {
        var cluster = Given.Cluster(
            Web, WebService, Given.Service("empty", "selector: {app: none}, ports: [{port: 80}]"), Given.Ingress("web", service, port));
        var found = Assert.Single(cluster.DiagnosticsOf(new ConnectionQuery()));
        Assert.Equal((id, DiagnosticSeverity.Warning, "Ingress default/web"), (found.Id, found.Severity, found.Object?.ToString()));
        Assert.Contains(words, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_route_of_the_Gateway_API_means_the_Services_port_and_never_a_target_port()
    {
        var cluster = Given.Cluster(Web, WebService, Route("v1", "HTTPRoute", "default", "rules: [{backendRefs: [{name: web, port: 8081}]}]"));
        Assert.Empty(cluster.LinesTo("web"));
        Assert.Equal(DiagnosticId.EntranceLeadsNowhere, Assert.Single(cluster.DiagnosticsOf(new ConnectionQuery())).Id);
    }

    private static string Route(string version, string kind, string ns, string spec) =>
        $$"""{apiVersion: gateway.networking.k8s.io/{{version}}, kind: {{kind}}, metadata: {name: web, namespace: {{ns}} }, spec: { {{spec}} } }""";
}
