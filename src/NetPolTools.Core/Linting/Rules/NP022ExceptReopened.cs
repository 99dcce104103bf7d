using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Linting.Rules;

internal sealed class NP022ExceptReopened() : LintRule("NP022", "except-reopened", LintSeverity.Warning, LintNeeds.Reachability)
{
    private const int DnsPort = 53;

    /// <summary>It is allowed to everywhere more often than not.</summary>
    private static readonly PortSet Dns = PortSet.Of(Protocol.UDP, DnsPort).Union(PortSet.Of(Protocol.TCP, DnsPort));

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
        var search = new Search(context);
        foreach (var site in context.Peers())
        {
            if (site.Peer.IPBlock is not { Except.Count: > 0 } block || search.Reopening(site, block) is not var (except, other, pod))
                continue;
            var where = $"{(other.Rule.Policy == site.Rule.Policy ? "" : $"{other.Rule.Policy.Reference} ")}{other.Path}";
            yield return Find(site, $"{where} allows {except} to {context.Endpoints[pod].Owner} all the same, which the block leaves out.") with
            {
                Related = [new LintPlace(other.Rule.Policy.Reference, other.Path, other.Location)],
                Corrections = [new LintCorrection($"Leave {except} out of that rule, too, or of none.")],
            };
        }
    }

    /// <summary>Looks for rules that allow what blocks leave out.</summary>
    private sealed class Search(LintContext context)
    {
        private readonly Dictionary<NetworkPolicy, WideSite[]> _wide = new(ReferenceEqualityComparer.Instance);
        private readonly HashSet<RuleSet> _seen = new(ReferenceEqualityComparer.Instance);
        private readonly PortSetPool _pool = new();

        /// <summary>Of the exceptions of a block one that is allowed, by which rule, and to which pod.</summary>
        public (string Except, WideSite By, int Pod)? Reopening(PeerSite site, IPBlock block)
        {
            var map = context.Map;
            var ports = Ports(site.Rule).Except(Dns);
            _seen.Clear();
            foreach (var pod in context.Subjects(site.Rule.Policy))
            {
                if ((site.Rule.Direction == PolicyDirection.Ingress ? map.IngressOf(pod) : map.EgressOf(pod)) is not { } policies || !_seen.Add(policies))
                    continue;
                foreach (var text in block.Except)
                {
                    // What an administrator denies is not opened by any rule.
                    if (AddressRange.TryParseCidr(text, out var except, out _, out _)
                        && map.Endpoints.IndexesOfAddresses(except).All(range => policies.PortsFor(range).Overlaps(ports))
                        && FindWide(policies, site, except, ports) is { } by)
                    {
                        return (text, by, pod);
                    }
                }
            }

            return null;
        }

        private WideSite? FindWide(RuleSet policies, PeerSite site, AddressRange except, PortSet ports)
        {
            foreach (var policy in policies.Policies)
            {
                foreach (var other in Wide(policy))
                {
                    if (other.Rule.Direction == site.Rule.Direction && other.Covers(except) && !other.Is(site) && Ports(other.Rule).Overlaps(ports))
                        return other;
                }
            }

            return null;
        }

        private PortSet Ports(RuleSite rule) => RulePorts.Numbers(rule.Rule, context.Map.Traffic, _pool);

        /// <summary>The rules of a policy for addresses, peer by peer.</summary>
        private WideSite[] Wide(NetworkPolicy policy)
        {
            if (!_wide.TryGetValue(policy, out var sites))
            {
                _wide.Add(policy, sites = [.. RuleSite.Of(policy).Where(static rule => rule.IsInEffect).SelectMany(static rule => rule.NamesNoPeer
                    ? [new WideSite(rule, null)]
                    : rule.Peers().Where(static peer => peer.Peer.IPBlock is not null).Select(peer => new WideSite(rule, peer)))]);
            }

            return sites;
        }
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
