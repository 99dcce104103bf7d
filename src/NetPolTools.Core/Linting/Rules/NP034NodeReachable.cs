using NetPolTools.Sets;

namespace NetPolTools.Linting.Rules;

internal sealed class NP034NodeReachable() : LintRule("NP034", "node-reachable", LintSeverity.Note, LintNeeds.Cluster)
{
    private const int MostExceptions = 5;

    private static readonly PortSet Kubelet = PortSet.Of(Protocol.TCP, 10250);

    public override string Description => "Finds egress rules for blocks of addresses that lead to kubelet on other nodes.";

    public override string Why =>
        "Kubelet answers on port 10250 of every node, and who may use it runs commands in any pod of the node. A pod's own node is not counted. "
        + "Blocks as wide as the internet are told of by NP036.";

    public override string Trouble => """
        apiVersion: v1
        kind: Node
        metadata: {name: one}
        spec: {podCIDR: 10.244.0.0/24}
        status: {addresses: [{type: InternalIP, address: 10.0.0.4}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: {containers: [{name: web, image: web}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Egress]
          egress: [{to: [{ipBlock: {cidr: 10.0.0.0/16}}]}]
        """;

    public override string Cure => """
        apiVersion: v1
        kind: Node
        metadata: {name: one}
        spec: {podCIDR: 10.244.0.0/24}
        status: {addresses: [{type: InternalIP, address: 10.0.0.4}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: {containers: [{name: web, image: web}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Egress]
          egress: [{to: [{ipBlock: {cidr: 10.0.0.0/16, except: [10.0.0.4/32]}}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        foreach (var grant in context.Addresses.All.Where(static grant => grant is { IsEveryone: false, MeansInternet: false, Subjects.IsEmpty: false }))
        {
            NetAddress[] nodes = [.. context.Addresses.NodesIn(grant).Take(MostExceptions)];
            foreach (var node in nodes)
            {
                if (context.Addresses.Reached(grant, node, Kubelet, pod => !IsOn(context, pod, node)).IsEmpty)
                    continue;
                var name = context.Map.Nodes.NameOf(node) is { } known ? $"node {known} ({node})" : $"the node {node}";
                string[] blocks = [.. nodes.Select(static address => AddressRange.Of(address).ToCidr())];
                yield return Find(grant.Place, $"{grant.Text} leads to kubelet of {name} on TCP 10250.") with
                {
                    Corrections =
                    [
                        grant.Place.Correction("Take the nodes out of the block.", $"except: {PolicyEdits.Exceptions(blocks)}") with
                        {
                            Edits = PolicyEdits.AddExceptions(grant, blocks),
                            Effect = LintEffect.Closes,
                        },
                    ],
                };
                break;
            }
        }
    }

    private static bool IsOn(LintContext context, int pod, NetAddress node)
    {
        var endpoint = context.Endpoints[pod];
        return endpoint.NodeAddresses.Contains(node)
            || (endpoint.Spec.NodeName is { } name && context.Map.Nodes.AddressesOf(name).Contains(node));
    }
}
