using NetPolTools.Dialects.Cilium;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Services;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Linting.Rules;

internal sealed class NP044WebhookCutOff() : LintRule("NP044", "webhook-cut-off", LintSeverity.Error, LintNeeds.Reachability)
{
    private const string SystemNamespace = "kube-system";

    public override string Description => "Finds webhooks and APIServices whose pods policies close to the API server.";

    public override string Why =>
        "The API server is no pod that a selector could pick: it comes from the address of a control plane's node, or from a tunnel. A rule that "
        + "names pods or namespaces does not let it in, and then every request that the webhook is asked about fails, or with failurePolicy Ignore "
        + "goes unchecked, which is a warning. Let it in by its address, or by a rule without peers on that port.";

    public override string Trouble => """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: {containers: [{name: web, image: web}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata: {name: web}
        webhooks: [{name: web.shop.svc, failurePolicy: Fail, clientConfig: {service: {name: web, namespace: shop, port: 80}}}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {matchLabels: {app: api}}}], ports: [{protocol: TCP, port: 8080}]}]
        """;

    public override string Cure => """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: {containers: [{name: web, image: web}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata: {name: web}
        webhooks: [{name: web.shop.svc, failurePolicy: Fail, clientConfig: {service: {name: web, namespace: shop, port: 80}}}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{ports: [{protocol: TCP, port: 8080}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        if (context.Snapshot.ApiServerCallbacks.Count == 0)
            yield break;
        int[] servers = [.. Servers(context.Snapshot).Select(context.Endpoints.IndexOfAddress).Distinct()];
        int[] tunnels = [.. Tunnels(context.Endpoints)];
        foreach (var callback in context.Snapshot.ApiServerCallbacks)
        {
            foreach (var call in callback.Calls)
            {
                if (context.Services.Find(call.Namespace, call.Service) is not { } service)
                    continue;
                ServicePort[] called = [.. service.Ports.Where(port => port.Port == call.Port)];
                var closed = context.Services.Resolve(service, called.Length > 0 ? called : service.Ports).Pods
                    .Where(pod => IsClosed(context, pod, servers, tunnels)).ToArray();
                if (closed.Length == 0)
                    continue;
                var ports = PortSet.UnionOf([.. closed.Select(static pod => pod.Ports)]);
                yield return Find(
                    callback,
                    $"The API server calls {context.Names(closed.Select(static pod => pod.Endpoint))} on {ports}, and policies keep it from there: it is no "
                        + "pod that selectors could pick.",
                    call.Path,
                    call.Location) with
                {
                    Severity = call.MayFail ? LintSeverity.Warning : Severity,
                    Corrections =
                        [new LintCorrection("Let everyone in on this port, as a further ingress rule.") { Text = $"- {{ports: {ShortYaml.Ports(ports)}}}" }],
                    Related = [.. context.Traffic.Closing(PolicyDirection.Ingress, closed[0].Endpoint, servers, ports)
                        .Select(static place => place.ToRelated())],
                };
            }
        }
    }

    private static bool IsClosed(LintContext context, ServicePod pod, int[] servers, int[] tunnels) =>
        pod.Endpoint < context.Endpoints.SelectableCount
        && !pod.Ports.IsEmpty
        && (servers.Length > 0
            ? context.Traffic.MayReach(servers, pod.Endpoint, pod.Ports)
            : context.Traffic.MayBeReachedByAddresses(pod.Endpoint, pod.Ports)).IsEmpty
        && context.Traffic.MayReach(tunnels, pod.Endpoint, pod.Ports).IsEmpty
        && context.Traffic.MayReach(Named(context.Endpoints), pod.Endpoint, pod.Ports).IsEmpty;

    /// <summary>What is behind the Service default/kubernetes.</summary>
    private static IEnumerable<NetAddress> Servers(ClusterSnapshot snapshot) => snapshot.ServiceEndpoints
        .Where(static endpoints => endpoints is { ServiceName: "kubernetes", Metadata.Namespace: "default" })
        .SelectMany(static endpoints => endpoints.Subsets)
        .SelectMany(static subset => subset.Addresses)
        .Select(static address => address.Address)
        .OfType<NetAddress>();

    /// <summary>Ends that an engine has names for, behind which the API server may be.</summary>
    private static IEnumerable<int> Named(EndpointTable endpoints) =>
        endpoints.IndexesOfNamed(static end => end.Name is CiliumEntities.KubeApiServer or CiliumEntities.Host or CiliumEntities.RemoteNode);

    /// <summary>The agents by which API servers of some clouds come into the cluster (kubernetes-sigs/apiserver-network-proxy).</summary>
    private static IEnumerable<int> Tunnels(EndpointTable endpoints) => Enumerable.Range(0, endpoints.PodCount).Where(pod =>
        endpoints[pod].Namespace == SystemNamespace
            && (endpoints[pod].Labels.TryGet("k8s-app", out var app) || endpoints[pod].Labels.TryGet("app", out app)) && app == "konnectivity-agent");
}
