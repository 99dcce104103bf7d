using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Linting.Rules;

internal sealed class NP015ServiceIPBlock() : LintRule("NP015", "service-ip-block", LintSeverity.Error, LintNeeds.Cluster)
{
    // The widest ranges that clusters take for their Services; a wider block means more than Services.
    private const int WidestIPv4 = 12;
    private const int WidestIPv6 = 64;

    public override string Description => "Finds blocks of addresses that are those of Services.";

    public override string Why =>
        "The address of a Service is replaced by that of a pod before policies look, so a block with it matches nothing; what it is meant to allow is denied. "
        + "Select the pods behind the Service. Wide blocks that Services happen to lie in are passed over, and so are kube-router and the AWS VPC CNI, which "
        + "see the address of the Service.";

    public override string Trouble => """
        apiVersion: v1
        kind: Service
        metadata: {name: db, namespace: shop}
        spec: {selector: {app: db}, clusterIP: 10.96.14.2, ports: [{port: 5432}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Egress]
          egress: [{to: [{ipBlock: {cidr: 10.96.14.2/32}}], ports: [{port: 5432}]}]
        """;

    public override string Cure => """
        apiVersion: v1
        kind: Service
        metadata: {name: db, namespace: shop}
        spec: {selector: {app: db}, clusterIP: 10.96.14.2, ports: [{port: 5432}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Egress]
          egress: [{to: [{podSelector: {matchLabels: {app: db}}}], ports: [{port: 5432}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        var services = context.Map.ServiceAddresses.OrderBy(static entry => entry.Key).ToArray();
        if (services.Length == 0 || context.SeesServiceAddresses)
            yield break;
        var known = new Dictionary<string, Service?>();
        foreach (var site in context.Peers())
        {
            if (site.Peer.IPBlock is not { } block)
                continue;
            if (!known.TryGetValue(block.ToString(), out var service))
                known.Add(block.ToString(), service = FindService(context, site, block, services));
            if (service is null || IsAllowedOtherwise(context, site, service))
                continue;
            yield return Find(site, $"The block has the address of {service.Reference}, which is replaced before policies look: it matches nothing.") with
            {
                Corrections = [.. service.Selector is { } pods ? [Suggestion(site, service, pods)] : Array.Empty<LintCorrection>()],
                Related = [LintPlace.Of(service)],
            };
        }
    }

    private static LintCorrection Suggestion(PeerSite site, Service service, LabelSelector pods)
    {
        var ns = service.Metadata.Namespace!;
        var where = ns == site.Rule.Policy.Namespace ? "" : $"namespaceSelector: {{matchLabels: {{{Namespace.NameLabel}: {ns}}}}}\n";
        return new LintCorrection("Select the pods behind the Service.") { Text = $"{where}podSelector: {ShortYaml.Selector(pods)}" };
    }

    /// <summary>The first Service of a block that has addresses of Services and of nothing else that is known.</summary>
    private static Service? FindService(LintContext context, PeerSite site, IPBlock block, KeyValuePair<NetAddress, Service>[] services)
    {
        if (!AddressRange.TryParseCidr(block.Cidr, out var range, out var prefix, out _)
            || prefix < (range.Family == AddressFamilyKind.IPv4 ? WidestIPv4 : WidestIPv6))
        {
            return null;
        }

        var matched = context.PeerOf(site);
        if (!matched.PodsInBlock.IsEmpty || context.Snapshot.Nodes.Any(node => node.Addresses.Any(range.Contains)))
            return null;
        AddressRange[] exceptions = [.. block.Except.Select(static text => AddressRange.TryParseCidr(text, out var except, out _, out _) ? except : default)];
        var first = Array.FindIndex(services, entry => range.Contains(entry.Key) && !Array.Exists(exceptions, except => except.Contains(entry.Key)));
        return first < 0 ? null : services[first].Value;
    }

    /// <summary>Where the pods themselves are allowed as well, the block is only of no use.</summary>
    private static bool IsAllowedOtherwise(LintContext context, PeerSite site, Service service)
    {
        if (site.Rule.Direction != PolicyDirection.Egress || service.Selector is not { } selector
            || context.Endpoints.FindNamespace(service.Metadata.Namespace!) is not { } ns)
        {
            return false;
        }

        var pods = context.Map.Peers.Pods(ns, selector);
        return !pods.IsEmpty && RuleSite.Of(site.Rule.Policy).Any(rule => rule.Direction == PolicyDirection.Egress
            && context.PeersOf(rule).Any(peers => pods.Except(peers.Certain).IsEmpty));
    }
}
