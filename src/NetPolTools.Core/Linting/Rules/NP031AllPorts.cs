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
        var (of, declared) = ((NetworkPolicy?)null, (PortSet?)null);
        var rules = context.Rules();
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i] is not { Direction: PolicyDirection.Ingress, NamesNoPort: true } rule)
                continue;

            // Rules of one policy follow each other.
            if (rule.Policy != of)
                (of, declared) = (rule.Policy, Declared(context, context.Subjects(rule.Policy)));
            if (declared is { } ports)
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
