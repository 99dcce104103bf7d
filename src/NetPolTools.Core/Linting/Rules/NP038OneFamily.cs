using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Linting.Rules;

internal sealed class NP038OneFamily() : LintRule("NP038", "one-family", LintSeverity.Note, LintNeeds.Cluster)
{
    public override string Description => "Finds rules for all addresses of one family on clusters that have two.";

    public override string Why =>
        "On a dual-stack cluster pods have addresses of IPv4 and IPv6. A rule for all of one family says nothing of the other, where the same "
        + "traffic is then denied.";

    public override string Trouble => """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {ipFamilies: [IPv4, IPv6], selector: {app: web}, ports: [{port: 80}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{protocol: TCP, port: 80}]}]
        """;

    public override string Cure => """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {ipFamilies: [IPv4, IPv6], selector: {app: web}, ports: [{port: 80}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}, {ipBlock: {cidr: '::/0'}}], ports: [{protocol: TCP, port: 80}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        if (!IsDualStack(context))
            yield break;
        foreach (var rules in context.Rules().GroupBy(static rule => (rule.Policy, rule.Direction), ByPolicy.Instance))
        {
            (PeerSite Site, AddressFamilyKind Family)[] all = [.. rules.SelectMany(static rule => rule.Peers()).SelectMany(WholeFamily)];
            if (all.Select(static block => block.Family).Distinct().Count() != 1 || rules.Any(static rule => rule.NamesNoPeer))
                continue;
            var (ruled, other) = all[0].Family == AddressFamilyKind.IPv4 ? ("IPv4", "::/0") : ("IPv6", "0.0.0.0/0");
            foreach (var (site, _) in all)
            {
                yield return Find(site, $"The cluster has IPv4 and IPv6, and the rule is about all of {ruled} alone.") with
                {
                    Corrections = [new LintCorrection($"Name {other} too.") { Text = $"- ipBlock: {{cidr: '{other}'}}" }],
                };
            }
        }
    }

    private static IEnumerable<(PeerSite Site, AddressFamilyKind Family)> WholeFamily(PeerSite site) =>
        site.Peer.IPBlock is { } block && AddressRange.TryParseCidr(block.Cidr, out var range, out var prefix, out _) && prefix == 0
            ? [(site, range.Family)] : [];

    /// <summary>Whether something of the input has addresses of both families, or asks for them.</summary>
    private static bool IsDualStack(LintContext context) =>
        context.Snapshot.Services.Any(static service => service.IPFamilies.Distinct().Count() > 1 || AreOfBoth(service.ClusterIPs))
            || context.Snapshot.Pods.Any(static pod => AreOfBoth(pod.Addresses))
            || context.Snapshot.Nodes.Any(static node => node.PodRanges.Select(static range => range.Family).Distinct().Count() > 1);

    private static bool AreOfBoth(IReadOnlyList<NetAddress> addresses)
    {
        for (var i = 1; i < addresses.Count; i++)
        {
            if (addresses[i].Family != addresses[0].Family)
                return true;
        }

        return false;
    }

    private sealed class ByPolicy : IEqualityComparer<(NetworkPolicy Policy, PolicyDirection Direction)>
    {
        public static readonly ByPolicy Instance = new();

        public bool Equals((NetworkPolicy Policy, PolicyDirection Direction) a, (NetworkPolicy Policy, PolicyDirection Direction) b) =>
            ReferenceEquals(a.Policy, b.Policy) && a.Direction == b.Direction;

        public int GetHashCode((NetworkPolicy Policy, PolicyDirection Direction) key) =>
            System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(key.Policy);
    }
}
