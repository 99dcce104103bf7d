using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Dialects.Cilium;

/// <summary>The peers of an entry as terms of the model.</summary>
internal sealed class CiliumPeers(ClusterSnapshot snapshot, CiliumSettings settings, CiliumSelectors selectors)
{
    private readonly ILookup<string, CiliumCidrGroup> _groups = snapshot.PolicyObjects.OfType<CiliumCidrGroup>().ToLookup(static group => group.Name);

    private readonly ILookup<(string? Namespace, string Name), ServiceEndpoints> _endpoints =
        snapshot.ServiceEndpoints.ToLookup(static endpoints => (endpoints.Metadata.Namespace, endpoints.ServiceName));

    /// <summary>
    /// Whom an entry means. One that names no peers means everyone on its ports; one with an empty list of peers, and one without peers and ports, nobody.
    /// </summary>
    /// <param name="entry">Valid.</param>
    /// <param name="direction">Of its section.</param>
    /// <param name="denies">Whether that denies.</param>
    /// <param name="ns">Of the policy; null for one of the whole cluster.</param>
    /// <param name="isOfInit">Whether the subjects are endpoints that are starting.</param>
    public ImmutableArray<RulePeer> Of(CiliumEntry entry, PolicyDirection direction, bool denies, string? ns, bool isOfInit)
    {
        var prefix = direction == PolicyDirection.Ingress ? "from" : "to";
        if (entry.PeerFields().All(static field => field.Count == 0))
            return CiliumTranslator.SelectsNothing(entry) || HasEmptyPeers(entry) ? [] : [new RulePeer(EndpointTerm.Everyone, "")];
        return
        [
            .. Each(entry.Endpoints, prefix + "Endpoints", selector => selectors.Peers(selector, ns, isOfInit)),
            .. Each(entry.Entities, prefix + "Entities", entity => Entity(entity, entry, direction == PolicyDirection.Ingress && !denies)),
            .. Each(entry.Cidrs, prefix + "CIDR", cidr => Block(cidr, [])),
            .. Each(entry.CidrSet, prefix + "CIDRSet", CidrRule),
            .. Each(entry.Nodes, prefix + "Nodes",
                static selector => new EndpointTerm.Nodes(CiliumSelectors.OfNodes(selector)) { Scope = NodeScope.Others }),
            .. Each(entry.Groups, prefix + "Groups", static _ => CiliumTerms.SomeOfWorld("the addresses of a group of the cloud provider")),
            .. Each(entry.Services, prefix + "Services", Service),
            .. Each(entry.Fqdns, prefix + "FQDNs", CiliumTerms.Domain),
        ];
    }

    /// <summary>
    /// Whether nodes reach the pods they run whatever rules allow, and no rule denies anything. Then rules that allow a pod's own node need not be told from
    /// those that allow any node, and pods on different nodes not from each other.
    /// </summary>
    public bool NodesReachTheirPods { get; init; }

    /// <summary>The same without looking at which node a pod's own is, where that comes to the same.</summary>
    private EndpointTerm Entity(string name, CiliumEntry entry, bool allowsIngress)
    {
        var isEveryNode = entry.Entities!.Contains(CiliumEntities.Host) && entry.Entities!.Contains(CiliumEntities.RemoteNode);
        return name switch
        {
            CiliumEntities.Host when isEveryNode => CiliumTerms.EveryNode,
            CiliumEntities.RemoteNode when isEveryNode => CiliumTerms.EveryNode,
            CiliumEntities.Host when allowsIngress && NodesReachTheirPods => CiliumTerms.Named(CiliumEntities.Host),
            CiliumEntities.RemoteNode when allowsIngress && NodesReachTheirPods => CiliumTerms.EveryOtherNode,
            _ => CiliumTerms.Entity(name, settings.ApiServers),
        };
    }

    /// <summary>Whether a list of peers is there and empty; of some fields that counts as absent.</summary>
    public static bool HasEmptyPeers(CiliumEntry entry) =>
        entry.PeerFields().Any(static field => field.Count == 0 && field.Field is not ("FQDNs" or "Services" or "Groups"));

    /// <summary>The Services that an item of <c>toServices</c> means. Without a namespace it means those of all.</summary>
    public IEnumerable<Service> ServicesOf(CiliumService service) => snapshot.Services.Where(found =>
        (service.Name is { } name && name.ServiceName == found.Name && IsIn(name.Namespace, found))
        || (service.Selector is { Selector: { } selector } selected
            && CiliumKey.WithoutSources(selector).Matches(found.Metadata.Labels) && IsIn(selected.Namespace, found)));

    private static bool IsIn(string? ns, Service service) => string.IsNullOrEmpty(ns) || ns == service.Metadata.Namespace;

    private static IEnumerable<RulePeer> Each<T>(IReadOnlyList<T>? items, string field, Func<T, EndpointTerm> term) =>
        (items ?? []).Select((item, i) => new RulePeer(term(item), $"{field}[{i}]"));

    private EndpointTerm CidrRule(CiliumCidrRule rule)
    {
        if (rule.Cidr is { Length: > 0 } cidr)
            return Block(cidr, rule.Except ?? []);
        var groups = rule.GroupRef is { Length: > 0 } name
            ? _groups[name]
            : snapshot.PolicyObjects.OfType<CiliumCidrGroup>().Where(group => rule.GroupSelector!.Matches(group.Metadata.Labels));
        EndpointTerm[] blocks = [.. groups.SelectMany(static group => group.Cidrs).Select(block => Block(block, rule.Except ?? []))];
        return blocks.Length == 1 ? blocks[0] : new EndpointTerm.AnyOf([.. blocks]);
    }

    /// <summary>
    /// A block means addresses that no pod and no node has, unless the settings say otherwise; a block of all addresses never means more.
    /// </summary>
    private EndpointTerm.Addresses Block(string cidr, IReadOnlyList<string> except)
    {
        var range = CiliumCidr.Parse(cidr);
        var isAll = except.Count == 0 && (range == AddressRange.AllIPv4 || range == AddressRange.AllIPv6);
        return new EndpointTerm.Addresses([range], [.. except.Select(CiliumCidr.Parse)], settings.CidrsMatchPods && !isAll ? PodMatch.Yes : PodMatch.No)
        {
            OfNodes = settings.CidrsMatchNodes && !isAll,
        };
    }

    private EndpointTerm Service(CiliumService service) => new EndpointTerm.AnyOf([.. ServicesOf(service).Select(Service)]);

    /// <summary>With a selector, its pods; without, what its endpoints say, as blocks of addresses.</summary>
    private EndpointTerm Service(Service service)
    {
        var ns = service.Metadata.Namespace ?? "default";
        if (service.Selector is { } selector)
            return new EndpointTerm.Pods(LabelPredicate.Both(selectors.OfPods(selector), new LabelPredicate.InNamespace(ns)));
        return new EndpointTerm.Addresses(
            [
                .. _endpoints[(service.Metadata.Namespace, service.Name)].SelectMany(static endpoints => endpoints.Subsets)
                    .SelectMany(static subset => subset.Addresses).Select(static address => address.Address).OfType<NetAddress>().Distinct()
                    .Select(AddressRange.Of),
            ],
            [],
            settings.CidrsMatchPods ? PodMatch.Yes : PodMatch.No)
        {
            OfNodes = settings.CidrsMatchNodes,
        };
    }
}
