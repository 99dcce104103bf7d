using System.Collections.Immutable;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Linting.Rules;

internal sealed class NP036ClusterInIPBlock() : LintRule("NP036", "cluster-in-ipblock", LintSeverity.Warning, LintNeeds.Cluster)
{
    private const int MostNamed = 3;

    private static readonly ImmutableArray<AddressRange> Private =
    [
        .. new[] { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7" }.Select(static cidr =>
            AddressRange.TryParseCidr(cidr, out var range, out _, out _) ? range : throw new ArgumentException($"{cidr} is no block.")),
    ];

    public override string Description => "Finds egress rules for the internet that lead to the cluster's own pods and nodes.";

    public override string Why =>
        "0.0.0.0/0 is every address, those of pods and nodes too: a rule that was meant for the internet opens the whole cluster, past every rule "
        + "that names pods. Take the cluster's addresses out by except. Cilium does not let blocks match pods and nodes, and there the rule is "
        + "silent.";

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
          egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}]
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
          egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        var cluster = ClusterRanges(context);
        if (cluster.Length == 0)
            yield break;
        foreach (var grant in context.Addresses.All.Where(static grant => grant.MeansInternet))
        {
            var inside = cluster.Where(known => grant.In.Any(range => range.Contains(known.Range)) && !grant.Except.Any(except => except.Overlaps(known.Range)))
                .Where(known => !context.Addresses.Reached(grant, known.Range.FirstAddress, PortSet.All).IsEmpty)
                .Take(MostNamed + 1).ToArray();
            if (inside.Length == 0)
                continue;
            var names = Wording.List([.. inside.Select(static known => $"{known.Range.ToCidrOrRange()} ({known.What})")], MostNamed);
            yield return Find(grant.Place, $"{grant.Text} holds addresses of the cluster itself, such as {names}.") with
            {
                Corrections =
                [
                    grant.Place.Correction("Take the cluster's addresses out of the block.", $"except: {PolicyEdits.Exceptions(Exceptions(inside))}") with
                    {
                        Edits = PolicyEdits.AddExceptions(grant, Exceptions(inside)),
                        Effect = LintEffect.Closes,
                    },
                ],
            };
        }
    }

    /// <summary>Private networks where these are in them, since a cluster grows.</summary>
    private static string[] Exceptions((AddressRange Range, string What)[] inside) => [.. inside
        .Select(static known => Private.Where(range => range.Contains(known.Range)).DefaultIfEmpty(known.Range).First())
        .Distinct().Order().Select(static range => range.ToCidr())];

    /// <summary>Addresses of pods and nodes that the input tells, as far as blocks match such.</summary>
    private static (AddressRange Range, string What)[] ClusterRanges(LintContext context)
    {
        var options = context.Map.Options;
        var ranges = new List<(AddressRange, string)>();
        if (options.IPBlockMatchesPods)
        {
            ranges.AddRange(context.Snapshot.Nodes.SelectMany(static node => node.PodRanges).Distinct().Order().Select(static range => (range, "pods")));
            if (ranges.Count == 0)
            {
                ranges.AddRange(context.Snapshot.Pods.Where(static pod => !pod.IsFinished && !pod.Spec.HostNetwork).SelectMany(static pod => pod.Addresses)
                    .Take(MostNamed).Select(static address => (AddressRange.Of(address), "a pod")));
            }
        }

        if (options.IPBlockMatchesNodes)
            ranges.AddRange(context.Map.Nodes.Addresses.Order().Take(MostNamed).Select(static address => (AddressRange.Of(address), "a node")));
        return [.. ranges];
    }
}
