using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Text;

namespace NetPolTools.Linting.Rules;

internal sealed class NP012NamedPortMissing() : LintRule("NP012", "named-port-missing", LintSeverity.Error, LintNeeds.Inventory)
{
    public override string Description => "Finds names of ports that no pod at the destination has.";

    public override string Why =>
        "A name is looked up among the ports that the containers of the destination declare, with their protocol; the ports of a Service do not count. Where "
        + "no pod declares it, the item allows nothing. Containers that run beside the others from the start (sidecars) count.";

    public override string Trouble => """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: web, ports: [{name: http, containerPort: 8080}]}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {}}], ports: [{port: https}]}]
        """;

    public override string Cure => """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: web, ports: [{name: http, containerPort: 8080}]}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {}}], ports: [{port: http}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        foreach (var rule in context.Rules().Where(static rule => rule.Rule.Ports?.Any(static port => port.Port?.Name is not null) == true))
        {
            if (context.Destinations(rule) is not { IsEmpty: false } pods)
                continue;
            foreach (var site in rule.Ports())
            {
                if (site.Port.Port?.Name is { } name && !context.Ports.Named(name, site.Protocol).Any(group => pods.Overlaps(group.Pods)))
                    yield return Judge(context, site, name, pods);
            }
        }
    }

    private LintFinding Judge(LintContext context, PortSite site, string name, PodSets pods)
    {
        ContainerPort[] declared = [.. Declared(context.Endpoints, pods)];
        ContainerPort[] ofProtocol = [.. declared.Where(port => port.Protocol == site.Protocol)];
        var others = declared.Where(port => port.Name == name).Select(static port => port.Protocol.ToString()).Distinct().ToArray();
        var meant = ofProtocol.FirstOrDefault(port => port.Name.Length > 0 && NearestNames.Of(name, [port.Name]).Count > 0)
            ?? (ofProtocol is [var only] ? only : null);
        var known = declared.Length == 0 ? "they declare no port" : $"they declare {Wording.List([.. declared.Select(static port => port.ToString())], 5)}";
        return Find(site, $"The item allows nothing: no pod that the rule leads to has a {site.Protocol} port named {name}; {known}.") with
        {
            Corrections =
            [
                .. others.Select(protocol => new LintCorrection($"Name the protocol {protocol}.") { Text = $"protocol: {protocol}" }),
                .. meant is null || others.Length > 0 ? [] : new[]
                {
                    new LintCorrection($"Write {(meant.Name.Length > 0 ? meant.Name : meant.Number.ToString())} for {name}.")
                    {
                        Text = $"port: {(meant.Name.Length > 0 ? meant.Name : meant.Number)}",
                    },
                },
            ],
        };
    }

    private static IEnumerable<ContainerPort> Declared(EndpointTable endpoints, PodSets pods)
    {
        var ports = new HashSet<ContainerPort>();
        foreach (var pod in pods.Together().Slice(0, endpoints.PodCount))
            ports.UnionWith(endpoints[pod].Spec.Ports);
        return ports.OrderBy(static port => port.Number).ThenBy(static port => port.Protocol);
    }
}
