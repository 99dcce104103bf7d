using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Linting.Rules;

internal sealed class NP022ExceptReopened() : LintRule("NP022", "except-reopened", LintSeverity.Warning, LintNeeds.Reachability)
{
    /// <summary>DNS is allowed to everywhere more often than not.</summary>
    private const int DnsPort = 53;

    public override string Description => "Finds blocks whose except is allowed by another rule for the same pods.";

    public override string Why =>
        "except takes addresses out of its own block alone, and rules only ever add: what one leaves out another may let in. A rule for a part of the excepted "
        + "addresses is taken to be meant, and so is one for other pods, other ports, or DNS.";

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
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: internet, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Egress]
          egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: all, namespace: shop}
        spec:
          podSelector: {}
          policyTypes: [Egress]
          egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}]
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
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: internet, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Egress]
          egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: all, namespace: shop}
        spec:
          podSelector: {}
          policyTypes: [Egress]
          egress: [{to: [{ipBlock: {cidr: 10.20.30.40/32}}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        var wide = new Dictionary<NetworkPolicy, WideSite[]>(ReferenceEqualityComparer.Instance);
        var pool = new PortSetPool();
        foreach (var site in context.Rules().SelectMany(static rule => rule.Peers()))
        {
            if (site.Peer.IPBlock is not { Except.Count: > 0 } block || Reopening(context, site, block, wide, pool) is not var (except, other, pod))
                continue;
            var where = $"{(other.Rule.Policy == site.Rule.Policy ? "" : $"{other.Rule.Policy.Reference} ")}{other.Path}";
            yield return Find(site, $"{where} allows {except} to {context.Endpoints[pod].Owner} all the same, which the block leaves out.") with
            {
                Related = [new LintPlace(other.Rule.Policy.Reference, other.Path, other.Location)],
                Corrections = [new LintCorrection($"Leave {except} out of that rule, too, or of none.")],
            };
        }
    }

    private static (string Except, WideSite By, int Pod)? Reopening(
        LintContext context, PeerSite site, IPBlock block, Dictionary<NetworkPolicy, WideSite[]> wide, PortSetPool pool)
    {
        var map = context.Map;
        var ports = RulePorts.Numbers(site.Rule.Rule, map.Traffic, pool).Except(PortSet.Of(Protocol.UDP, DnsPort)).Except(PortSet.Of(Protocol.TCP, DnsPort));
        var seen = new HashSet<RuleSet>(ReferenceEqualityComparer.Instance);
        foreach (var pod in context.Subjects(site.Rule.Policy))
        {
            if ((site.Rule.Direction == PolicyDirection.Ingress ? map.IngressOf(pod) : map.EgressOf(pod)) is not { } policies || !seen.Add(policies))
                continue;
            foreach (var text in block.Except)
            {
                // What an administrator denies is not opened by any rule.
                if (!AddressRange.TryParseCidr(text, out var except, out _, out _)
                    || map.Endpoints.IndexesOfAddresses(except).Any(range => !policies.PortsFor(range).Overlaps(ports)))
                {
                    continue;
                }

                var by = policies.Policies.SelectMany(policy => Wide(wide, policy, site.Rule.Direction)).FirstOrDefault(other =>
                    other.Covers(except) && !other.Is(site) && RulePorts.Numbers(other.Rule.Rule, map.Traffic, pool).Overlaps(ports));
                if (by is not null)
                    return (text, by, pod);
            }
        }

        return null;
    }

    /// <summary>The rules of a policy for addresses, peer by peer.</summary>
    private static IEnumerable<WideSite> Wide(Dictionary<NetworkPolicy, WideSite[]> known, NetworkPolicy policy, PolicyDirection direction)
    {
        if (!known.TryGetValue(policy, out var sites))
        {
            known.Add(policy, sites = [.. RuleSite.Of(policy).Where(static rule => rule.IsInEffect).SelectMany(static rule => rule.NamesNoPeer
                ? [new WideSite(rule, null)]
                : rule.Peers().Where(static peer => peer.Peer.IPBlock is not null).Select(peer => new WideSite(rule, peer)))]);
        }

        return sites.Where(site => site.Rule.Direction == direction);
    }

    /// <summary>A rule for a block, or for everyone.</summary>
    private sealed record WideSite(RuleSite Rule, PeerSite? Peer)
    {
        public string Path => Peer?.Path ?? Rule.Path;

        public Text.SourceLocation Location => Peer?.Peer.Location ?? Rule.Rule.Location;

        public bool Is(PeerSite site) => ReferenceEquals(Rule.Rule, site.Rule.Rule) && Peer?.Index == site.Index;

        public bool Covers(AddressRange range) => Peer?.Peer.IPBlock is not { } block
            || (AddressRange.TryParseCidr(block.Cidr, out var all, out _, out _) && all.Contains(range)
                && !block.Except.Any(text => AddressRange.TryParseCidr(text, out var except, out _, out _) && except.Overlaps(range)));
    }
}
