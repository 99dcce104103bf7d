using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Sources;

namespace NetPolTools.Linting.Rules;

internal sealed class NP031AllPorts() : LintRule("NP031", "all-ports", LintSeverity.Note, LintNeeds.Inventory)
{
    public override string Description => "Finds ingress rules for every port of pods that declare some.";

    public override string Why =>
        "What listens beside the declared ports, such as a debugger or a metrics endpoint, is open to the peers too, and so is whatever a later "
        + "image adds. Rules of policies that select several workloads at once are passed over where these declare different ports. Rules without "
        + "peers are told of by NP026.";

    public override string Trouble => """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: web, ports: [{containerPort: 8080}]}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {matchLabels: {app: api}}}]}]
        """;

    public override string Cure => """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: web, ports: [{containerPort: 8080}]}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {matchLabels: {app: api}}}], ports: [{protocol: TCP, port: 8080}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        foreach (var policy in context.Policies.Where(static policy => policy.Ingress is { Count: > 0 }))
        {
            RuleSite[] open = [.. RuleSite.Of(policy).Where(static rule =>
                rule is { Direction: PolicyDirection.Ingress, IsInEffect: true, NamesNoPort: true })];
            if (open.Length == 0 || Declared(context, context.Subjects(policy)) is not { } ports)
                continue;
            foreach (var rule in open)
            {
                yield return Find(rule, $"The rule lets {(rule.NamesNoPeer ? "everyone" : "its peers")} in on every port, and the pods declare {ports}.") with
                {
                    Corrections =
                    [
                        new LintCorrection("Name the ports that the pods declare.")
                        {
                            Text = $"ports: {ShortYaml.Ports(ports)}",
                            Edits = [new AddedField(rule.Path, "ports", ShortYaml.Ports(ports))],
                            Effect = LintEffect.Closes,
                        },
                    ],
                };
            }
        }
    }

    /// <summary>What all of these pods declare; null where one declares nothing, or something else than another.</summary>
    private static PortSet? Declared(LintContext context, IndexSet pods)
    {
        PortSet? all = null;
        var known = new HashSet<PodSpec>(ReferenceEqualityComparer.Instance);
        foreach (var pod in pods)
        {
            var spec = context.Endpoints[pod].Spec;
            if (!known.Add(spec))
                continue;
            var ports = PortSet.UnionOf([.. spec.Ports.Select(static port => PortSet.Of(port.Protocol, port.Number))]);
            if (ports.IsEmpty || (all is not null && !all.Equals(ports)))
                return null;
            all = ports;
        }

        return all;
    }
}
