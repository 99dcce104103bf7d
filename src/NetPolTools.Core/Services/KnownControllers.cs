using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Reachability;

namespace NetPolTools.Services;

/// <summary>
/// Which pods of the input run ingress controllers. Load balancers of clouds run no pods: they are outside, and here they stand for a controller
/// that is not in the input.
/// </summary>
public sealed class KnownControllers
{
    private static readonly ImmutableArray<string> Ingress = [Entrance.Ingress];
    private static readonly ImmutableArray<string> GatewayRoutes = [Entrance.HTTPRoute, Entrance.GRPCRoute, Entrance.TLSRoute];
    private static readonly ImmutableArray<string> IngressAndGatewayRoutes = [.. Ingress, .. GatewayRoutes];

    /// <summary>As the projects' own manifests and charts label them.</summary>
    private static readonly ImmutableArray<IngressController> Table =
    [
        // kubernetes/ingress-nginx, deploy/static and charts/ingress-nginx
        new(Labels(("app.kubernetes.io/name", "ingress-nginx"), ("app.kubernetes.io/component", "controller")), Ingress, ["nginx"]),

        // canonical/microk8s-core-addons, addons/ingress
        new(Labels(("name", "nginx-ingress-microk8s")), Ingress, ["public", "nginx"]),

        // nginx/kubernetes-ingress: deployments and charts
        new(Labels(("app", "nginx-ingress")), Ingress, ["nginx"]),
        new(Labels(("app.kubernetes.io/name", "nginx-ingress")), Ingress, ["nginx"]),

        // traefik/traefik-helm-chart
        new(Labels(("app.kubernetes.io/name", "traefik")), IngressAndGatewayRoutes, ["traefik"]),

        // jcmoraisjr/haproxy-ingress and haproxytech/helm-charts
        new(Labels(("app.kubernetes.io/name", "haproxy-ingress")), IngressAndGatewayRoutes, ["haproxy"]),
        new(Labels(("run", "haproxy-ingress")), IngressAndGatewayRoutes, ["haproxy"]),
        new(Labels(("app.kubernetes.io/name", "kubernetes-ingress")), Ingress, ["haproxy"]),

        // projectcontour/contour, examples/contour: Envoy carries the traffic, contour only configures it
        new(Labels(("app", "envoy")), IngressAndGatewayRoutes, ["contour"]),
        new(Labels(("app.kubernetes.io/name", "contour"), ("app.kubernetes.io/component", "envoy")), IngressAndGatewayRoutes, ["contour"]),

        // Kong/kubernetes-ingress-controller and Kong/charts
        new(Labels(("app", "ingress-kong")), IngressAndGatewayRoutes, ["kong"]),
        new(Labels(("app", "proxy-kong")), IngressAndGatewayRoutes, ["kong"]),
        new(Labels(("app.kubernetes.io/name", "kong")), IngressAndGatewayRoutes, ["kong"]),

        // istio/istio, the gateway charts
        new(Labels(("istio", "ingressgateway")), IngressAndGatewayRoutes, ["istio"]),
        new(Labels(("istio", "ingress")), IngressAndGatewayRoutes, ["istio"]),

        // openshift/cluster-ingress-operator; the router serves Ingresses through Routes that it makes of them
        new(Having("ingresscontroller.operator.openshift.io/deployment-ingresscontroller"), [Entrance.Route, Entrance.Ingress], ["openshift-default"]),

        // envoyproxy/gateway
        new(Having("gateway.envoyproxy.io/owning-gateway-name"), GatewayRoutes, [], "gateway.envoyproxy.io/owning-gateway-name"),

        // kubernetes-sigs/gateway-api, GEP-1762: the label of every proxy that is made for one Gateway
        new(Having("gateway.networking.k8s.io/gateway-name"), GatewayRoutes, [], "gateway.networking.k8s.io/gateway-name"),
    ];

    private readonly EndpointTable _endpoints;
    private readonly List<(IngressController Controller, int[] Pods)> _present = [];

    public KnownControllers(EndpointTable endpoints)
    {
        _endpoints = endpoints;
        foreach (var controller in Table)
        {
            var pods = Enumerable.Range(0, endpoints.PodCount).Where(pod => controller.Pods.Matches(endpoints[pod].Labels)).ToArray();
            if (pods.Length > 0)
                _present.Add((controller, pods));
        }
    }

    /// <summary>The pods of every controller, some of them twice.</summary>
    public IEnumerable<int> AllPods => _present.SelectMany(static present => present.Pods);

    /// <summary>The labels by which a pod was known as a controller's.</summary>
    public LabelSelector LabelsOf(int pod) => _present.First(present => present.Pods.Contains(pod)).Controller.Pods;

    /// <summary>
    /// The pods that may serve an Ingress or route, ascending; none when its controller is not in the input. Where several controllers are, the
    /// name of its class or Gateway tells which.
    /// </summary>
    public IReadOnlyList<int> PodsServing(Entrance entrance)
    {
        var serving = _present.Where(present => present.Controller.Serves.Contains(entrance.Kind)).ToArray();
        if (entrance.ClassName is { } className && serving.Any(OfClass))
            serving = [.. serving.Where(OfClass)];
        return [.. serving.SelectMany(present => present.Pods.Where(pod => ServesGateway(present.Controller, pod))).Distinct().Order()];

        bool OfClass((IngressController Controller, int[] Pods) present) => present.Controller.Classes.Contains(className);

        bool ServesGateway(IngressController controller, int pod) =>
            controller.GatewayLabel is not { } label || !_endpoints[pod].Labels.TryGet(label, out var gateway) || entrance.Gateways.Contains(gateway);
    }

    private static LabelSelector Labels(params (string Key, string Value)[] labels) =>
        new() { MatchLabels = [.. labels.Select(static label => KeyValuePair.Create(label.Key, label.Value))] };

    private static LabelSelector Having(string key) => new() { MatchExpressions = [new LabelSelectorRequirement(key, LabelSelectorRequirement.Exists, [])] };
}
