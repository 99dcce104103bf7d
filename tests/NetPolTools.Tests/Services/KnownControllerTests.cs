using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Services;

/// <summary>Ingress controllers whose pods are in the input.</summary>
public class KnownControllerTests
{
    private static readonly string Web = Given.Pod("web", "app: web");
    private static readonly string WebService = Given.Service("web", "selector: {app: web}, ports: [{port: 80}]");
    private static readonly string Ingress = Given.Ingress("web", "web", "number: 80");
    private static readonly string Route = "{apiVersion: route.openshift.io/v1, kind: Route, metadata: {name: web}, spec: {to: {name: web}}}";
    private static readonly string HTTPRoute = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: web}
        spec: {parentRefs: [{name: gw}], rules: [{backendRefs: [{name: web, port: 80}]}]}
        """;

    public static TheoryData<string, string> UsualLabels => new()
    {
        { "app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller", "Ingress" },
        { "name: nginx-ingress-microk8s", "Ingress" },
        { "app.kubernetes.io/name: traefik", "Ingress" },
        { "app.kubernetes.io/name: traefik", "HTTPRoute" },
        { "app.kubernetes.io/name: haproxy-ingress", "Ingress" },
        { "app: envoy", "Ingress" },
        { "app: ingress-kong", "Ingress" },
        { "istio: ingressgateway", "Ingress" },
        { "ingresscontroller.operator.openshift.io/deployment-ingresscontroller: default", "Route" },
        { "ingresscontroller.operator.openshift.io/deployment-ingresscontroller: default", "Ingress" },
        { "gateway.envoyproxy.io/owning-gateway-name: gw", "HTTPRoute" },
        { "gateway.networking.k8s.io/gateway-name: gw", "HTTPRoute" },
    };

    [Theory]
    [MemberData(nameof(UsualLabels))]
    public void A_controller_is_known_by_its_usual_labels(string labels, string kind)
    {
        var cluster = Given.Cluster(Web, WebService, kind == "Route" ? Route : kind == "HTTPRoute" ? HTTPRoute : Ingress, Given.Pod("edge/controller", labels));
        var line = Assert.Single(cluster.List(new ConnectionQuery { From = [EndpointPattern.Parse("controller")], To = [EndpointPattern.Parse("web")] }));
        Assert.Equal("All", line.Ports.ToString());
        Assert.Equal([$"{kind} default/web leads here on TCP 80"], line.Notes);
        Assert.DoesNotContain(cluster.List(), static line => line.Source == ConnectionEnd.IngressController);
    }

    [Theory]
    [InlineData("app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: admission-webhook")]
    [InlineData("app: contour")]
    [InlineData("gateway.networking.k8s.io/gateway-name: gw")]
    [InlineData("app: web")]
    public void What_carries_no_traffic_of_an_Ingress_is_none(string labels) => Assert.Contains(
        Given.Cluster(Web, WebService, Ingress, Given.Pod("edge/other", labels)).List(),
        static line => line.Source == ConnectionEnd.IngressController);

    [Fact]
    public void The_class_tells_which_of_several_controllers_it_is()
    {
        var nginx = Given.Pod("edge/nginx", "app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller");
        var traefik = Given.Pod("edge/traefik", "app.kubernetes.io/name: traefik");
        Assert.Equal(["nginx"], Serving(Given.Cluster(Web, WebService, nginx, traefik, Given.Ingress("web", "web", "number: 80", "nginx"))));
        Assert.Equal(["traefik"], Serving(Given.Cluster(Web, WebService, nginx, traefik, Given.Ingress("web", "web", "number: 80", "traefik"))));
        Assert.Equal(["nginx", "traefik"], Serving(Given.Cluster(Web, WebService, nginx, traefik, Given.Ingress("web", "web", "number: 80", "internal"))));
        Assert.Equal(["nginx", "traefik"], Serving(Given.Cluster(Web, WebService, nginx, traefik, Ingress)));
    }

    [Fact]
    public void The_annotation_from_before_there_was_a_field_names_the_class_too() => Assert.Equal(["traefik"], Serving(Given.Cluster(
        Web,
        WebService,
        Given.Pod("edge/nginx", "app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller"),
        Given.Pod("edge/traefik", "app.kubernetes.io/name: traefik"),
        Ingress.Replace("namespace: default", "namespace: default, annotations: {kubernetes.io/ingress.class: traefik}", StringComparison.Ordinal))));

    [Fact]
    public void A_proxy_made_for_another_Gateway_serves_no_route_of_this_one() => Assert.Equal(["mine"], Serving(Given.Cluster(
        Web,
        WebService,
        HTTPRoute,
        Given.Pod("edge/mine", "gateway.networking.k8s.io/gateway-name: gw"),
        Given.Pod("edge/other", "gateway.networking.k8s.io/gateway-name: gw2"))));

    [Fact]
    public void A_controller_that_policies_keep_out_is_warned_of_and_listed_as_denied()
    {
        var cluster = Given.Cluster(
            Web,
            WebService,
            Ingress,
            Given.Pod("edge/nginx", "name: nginx-ingress-microk8s"),
            Given.Policy("podSelector: {matchLabels: {app: web}}\ningress: [{ports: [{port: 8080}]}]"));
        var found = Assert.Single(cluster.DiagnosticsOf(new ConnectionQuery()));
        Assert.Equal((DiagnosticId.EntranceBlocked, DiagnosticSeverity.Warning), (found.Id, found.Severity));
        Assert.Contains("default/web[Pod] on TCP 80, and policies keep its controller edge/nginx[Pod] from there", found.Message, StringComparison.Ordinal);
        Assert.Contains("edge/nginx[Pod] -> default/web[Pod] None", cluster.LinesTo("svc/web", denied: true));
    }

    [Fact]
    public void The_egress_of_the_controller_counts_too() => Assert.Single(Given.Cluster(
        Web, WebService, Ingress, Given.Pod("edge/nginx", "name: nginx-ingress-microk8s"), Given.Policy("policyTypes: [Egress]", "edge/policy"))
        .DiagnosticsOf(new ConnectionQuery()));

    [Fact]
    public void One_of_several_controllers_is_enough() => Assert.Empty(Given.Cluster(
        Web,
        WebService,
        Ingress,
        Given.Pod("edge/nginx", "name: nginx-ingress-microk8s"),
        Given.Pod("other/traefik", "app.kubernetes.io/name: traefik"),
        Given.Policy("podSelector: {matchLabels: {app: web}}\ningress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: other}}}]}]"))
        .DiagnosticsOf(new ConnectionQuery()));

    private static IEnumerable<string> Serving(Cluster cluster) => cluster.List()
        .Where(static line => line.Notes.Any(static note => note.Contains("leads here", StringComparison.Ordinal)))
        .Select(static line => line.Source.Name!)
        .Distinct();
}
