using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Linting.Rules;

internal sealed class NP037SourceIPLost() : LintRule("NP037", "source-ip-lost", LintSeverity.Warning, LintNeeds.Inventory)
{
    public override string Description => "Finds ingress rules by addresses of clients behind a Service that hides these addresses.";

    public override string Why =>
        "With externalTrafficPolicy Cluster, the default, a node that takes a connection from outside sends it on with an address of its own, so "
        + "that pods never see who it is from: a rule for an office's addresses lets nobody in, or, where it covers the nodes, everybody. A load "
        + "balancer that sends to the pods directly keeps the addresses.";

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
        spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 443, targetPort: 8443}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24}}], ports: [{protocol: TCP, port: 8443}]}]
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
        spec: {type: LoadBalancer, externalTrafficPolicy: Local, selector: {app: web}, ports: [{port: 443, targetPort: 8443}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24}}], ports: [{protocol: TCP, port: 8443}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        Service[] hiding = [.. context.Snapshot.Services.Where(static service => service is { IsOpenedToOutside: true, KeepsClientAddresses: false })];
        if (hiding.Length == 0)
            yield break;
        var behind = hiding.SelectMany(service => context.Services.Resolve(service, service.Ports).Pods.Select(pod => (Service: service, Pod: pod)))
            .ToLookup(static served => served.Pod.Endpoint);
        foreach (var rule in context.Rules().Where(static rule => rule is { Direction: PolicyDirection.Ingress, NamesNoPeer: false }))
        {
            PeerSite[] blocks = [.. rule.Peers().Where(static site => site.Peer.IPBlock is { } block && IsPartOfFamily(block))];
            if (blocks.Length == 0 || Serving(context, rule, behind) is not { } service)
                continue;
            foreach (var site in blocks)
            {
                yield return Find(
                    site,
                    $"{site.Peer.IPBlock!.Cidr} is compared with the addresses of nodes: {service.Reference} leads to the pods, and with externalTrafficPolicy "
                        + "Cluster they do not see those of clients.") with
                {
                    Corrections = [new LintCorrection($"Let {service.Reference} keep the addresses of clients.") { Text = "externalTrafficPolicy: Local" }],
                    Related = [new LintPlace(service.Reference, "spec.externalTrafficPolicy", service.Location)],
                };
            }
        }
    }

    /// <summary>A block of all addresses means clients and nodes alike.</summary>
    private static bool IsPartOfFamily(IPBlock block) => AddressRange.TryParseCidr(block.Cidr, out _, out var prefix, out _) && prefix > 0;

    /// <summary>The first of the Services that leads to some pod of the policy on a port of the rule.</summary>
    private static Service? Serving(LintContext context, RuleSite rule, ILookup<int, (Service Service, Services.ServicePod Pod)> behind)
    {
        foreach (var pod in context.Subjects(rule.Policy))
        {
            foreach (var (service, served) in behind[pod])
            {
                if (!RulePorts.Resolve(rule.Rule, context.Map.Traffic, context.Endpoints[pod]).Intersect(served.Ports).IsEmpty)
                    return service;
            }
        }

        return null;
    }
}
