using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;
using NetPolTools.Services;
using NetPolTools.Sets;

namespace NetPolTools.Linting.Rules;

internal sealed class NP019UnreachableService() : LintRule("NP019", "unreachable-service", LintSeverity.Warning, LintNeeds.Reachability)
{
    public override string Description => "Finds Services that nobody can reach under the policies.";

    public override string Why =>
        "A Service is there to be used. Where policies let nobody in to its pods on its ports, a rule is missing, or the Service. Services that are opened to "
        + "the outside (NodePort, LoadBalancer, Ingresses and routes) are passed over. Where the input need not hold all pods, a rule that lets in others is "
        + "enough.";

    public override string Trouble => """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: web}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {selector: {app: web}, ports: [{port: 8080}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{namespaceSelector: {}}], ports: [{port: 9090}]}]
        """;

    public override string Cure => """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: web}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {selector: {app: web}, ports: [{port: 8080}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{namespaceSelector: {}}], ports: [{port: 8080}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        var entered = context.Snapshot.Entrances.SelectMany(static entrance => entrance.Backends)
            .Select(static backend => (backend.Namespace, backend.Service)).ToHashSet();
        var known = new Dictionary<(int Class, PortSet Ports), bool>();
        var sources = new Lazy<PeerFinder>(() => new PeerFinder(context.Map, PolicyDirection.Ingress));
        foreach (var service in context.Snapshot.Services)
        {
            if (service.IsOpenedToOutside || service.ExternalName is not null || entered.Contains((service.Metadata.Namespace!, service.Name)))
                continue;
            var pods = context.Services.Resolve(service, service.Ports).Pods;
            if (pods.Count == 0 || pods.Any(IsReachable))
                continue;
            var ports = PortSet.UnionOf([.. pods.Select(static pod => pod.Ports)]);
            var policies = context.Map.IngressOf(pods[0].Endpoint)!.Policies;
            yield return Find(service, $"Nobody can reach the Service: policies let nobody in to its pods on {ports}.") with
            {
                Related = [.. policies.Take(3).Select(static policy => LintPlace.Of(policy))],
            };
        }

        bool IsReachable(ServicePod pod)
        {
            if (context.Endpoints[pod.Endpoint].IsHostNetwork)
                return true;
            var key = (context.Map.Classes.ClassOf(pod.Endpoint), pod.Ports);
            if (!known.TryGetValue(key, out var isReachable))
                known.Add(key, isReachable = IsReached(context, sources, pod.Endpoint, pod.Ports));
            return isReachable;
        }
    }

    private static bool IsReached(LintContext context, Lazy<PeerFinder> sources, int pod, PortSet ports)
    {
        var map = context.Map;
        if (map.IngressOf(pod) is not { } policies || (!context.Complete.HasFlag(LintCompleteness.Workloads) && LetsIn(policies)))
            return true;
        var itself = map.Classes.ClassOf(pod);
        foreach (var source in sources.Value.PeersOf(pod))
        {
            // Other pods of its class are others only where there are some.
            if ((source != itself || context.Endpoints[pod].MayHaveReplicas) && !map.Between(source, pod).Intersect(ports).IsEmpty)
                return true;
        }

        return map.AtMost is not null && !map.ClassesWhere(source => !map.Undetermined(source, pod).Intersect(ports).IsEmpty).IsEmpty;

        bool LetsIn(RuleSet ruleSet) => ruleSet.Tiered.Any(static policy => policy.Rules.Any(static rule => rule.Rule.Action == RuleAction.Allow))
            || ruleSet.Policies.SelectMany(static policy => policy.Rules(PolicyDirection.Ingress))
                .Any(rule => !RulePorts.Resolve(rule, map.Traffic, context.Endpoints[pod]).Intersect(ports).IsEmpty);
    }
}
