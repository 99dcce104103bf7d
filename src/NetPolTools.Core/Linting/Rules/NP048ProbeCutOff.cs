using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Linting.Rules;

internal sealed class NP048ProbeCutOff() : LintRule("NP048", "probe-cut-off", LintSeverity.Note, LintNeeds.Cluster)
{
    private const string Mode = "NETWORK_POLICY_ENFORCING_MODE";

    public override string Description => "Finds pods whose probes the strict mode of AWS's network plugin denies.";

    public override string Why =>
        "Elsewhere kubelet reaches the pods of its node whatever policies say, and policies need no rule for probes. In the mode strict of AWS's "
        + "plugin there are reports that probes fail until a rule lets the node in (aws/aws-network-policy-agent, issue 635).";

    public override string Trouble => """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: amazon-vpc-cni, namespace: kube-system}
        data: {enable-network-policy-controller: 'true'}
        ---
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: aws-node, namespace: kube-system}
        spec:
          selector: {matchLabels: {k8s-app: aws-node}}
          template:
            metadata: {labels: {k8s-app: aws-node}}
            spec:
              hostNetwork: true
              containers:
              - {name: aws-node, image: 'example.com/amazon-k8s-cni:v1.19.0', env: [{name: NETWORK_POLICY_ENFORCING_MODE, value: strict}]}
              - {name: aws-eks-nodeagent, image: 'example.com/aws-network-policy-agent:v1.2.0', args: [--enable-network-policy=true]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: {containers: [{name: web, image: web, readinessProbe: {httpGet: {port: 8080}}}]}
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
        kind: ConfigMap
        metadata: {name: amazon-vpc-cni, namespace: kube-system}
        data: {enable-network-policy-controller: 'true'}
        ---
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: aws-node, namespace: kube-system}
        spec:
          selector: {matchLabels: {k8s-app: aws-node}}
          template:
            metadata: {labels: {k8s-app: aws-node}}
            spec:
              hostNetwork: true
              containers:
              - {name: aws-node, image: 'example.com/amazon-k8s-cni:v1.19.0', env: [{name: NETWORK_POLICY_ENFORCING_MODE, value: standard}]}
              - {name: aws-eks-nodeagent, image: 'example.com/aws-network-policy-agent:v1.2.0', args: [--enable-network-policy=true]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: {containers: [{name: web, image: web, readinessProbe: {httpGet: {port: 8080}}}]}
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
        if (!context.Snapshot.PluginTraces.Any(static trace => trace is { Kind: "DaemonSet", Name: "aws-node" } && trace.Containers.Any(
                static container => container.Env.TryGetValue(Mode, out var mode) && mode == "strict")))
        {
            yield break;
        }

        foreach (var (owner, template, pods) in context.WorkloadPods.All())
        {
            var pod = pods[0];
            var probed = PortSet.UnionOf([.. template.ProbedPorts.Select(port => PortOf(context.Endpoints[pod], port))]);
            if (probed.IsEmpty || context.Map.IngressOf(pod) is null || !context.Traffic.MayBeReachedByAddresses(pod, probed).IsEmpty)
                continue;
            yield return Find(owner, $"Kubelet probes it on {probed}, no policy lets addresses of nodes in, and AWS's plugin is in the mode strict.") with
            {
                Related = [.. context.Traffic.Closing(PolicyDirection.Ingress, pod, [], probed).Select(static place => place.ToRelated())],
            };
        }
    }

    private static PortSet PortOf(Endpoint pod, PortNumberOrName port) => port.Name is { } name
        ? NamedPortIndex.PortsOn(pod, name, Protocol.TCP)
        : port.Number is >= PortSet.MinPort and <= PortSet.MaxPort ? PortSet.Of(Protocol.TCP, port.Number) : PortSet.None;
}
