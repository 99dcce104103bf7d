using System.Collections.Concurrent;
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

    private readonly ConcurrentDictionary<CiliumCidrRule, EndpointTerm> _cidrRules = new(ReferenceEqualityComparer.Instance);

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
        if (entry.SortsOfPeers == 0)
            return CiliumTranslator.SelectsNothing(entry) || entry.EmptyPeers is not null ? [] : [new RulePeer(EndpointTerm.Everyone, "")];
        var words = direction == PolicyDirection.Ingress ? CiliumPeerPaths.Ingress : CiliumPeerPaths.Egress;
        var peers = ImmutableArray.CreateBuilder<RulePeer>(entry.PeerCount);
        for (var i = 0; i < entry.Endpoints?.Count; i++)
            peers.Add(new RulePeer(selectors.Peers(entry.Endpoints[i], ns, isOfInit), words.Endpoints[i]));
        for (var i = 0; i < entry.Entities?.Count; i++)
            peers.Add(new RulePeer(Entity(entry.Entities[i], entry, direction == PolicyDirection.Ingress && !denies), words.Entities[i]));
        for (var i = 0; i < entry.Cidrs?.Count; i++)
            peers.Add(new RulePeer(Block(entry.Cidrs[i], []), words.Cidrs[i]));
        for (var i = 0; i < entry.CidrSet?.Count; i++)
            peers.Add(new RulePeer(CidrRule(entry.CidrSet[i]), words.CidrSet[i]));
        for (var i = 0; i < entry.Nodes?.Count; i++)
            peers.Add(new RulePeer(new EndpointTerm.Nodes(CiliumSelectors.OfNodes(entry.Nodes[i])) { Scope = NodeScope.Others }, words.Nodes[i]));
        for (var i = 0; i < entry.Groups?.Count; i++)
            peers.Add(new RulePeer(CiliumTerms.SomeOfWorld("the addresses of a group of the cloud provider"), words.Groups[i]));
        for (var i = 0; i < entry.Services?.Count; i++)
            peers.Add(new RulePeer(Service(entry.Services[i]), words.Services[i]));
        for (var i = 0; i < entry.Fqdns?.Count; i++)
            peers.Add(new RulePeer(CiliumTerms.Domain(entry.Fqdns[i]), words.Fqdns[i]));
        return peers.DrainToImmutable();
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

    /// <summary>The Services that an item of <c>toServices</c> means. Without a namespace it means those of all.</summary>
    public IEnumerable<Service> ServicesOf(CiliumService service) => snapshot.Services.Where(found =>
        (service.Name is { } name && name.ServiceName == found.Name && IsIn(name.Namespace, found))
        || (service.Selector is { Selector: { } selector } selected
            && CiliumKey.WithoutSources(selector).Matches(found.Metadata.Labels) && IsIn(selected.Namespace, found)));

    private static bool IsIn(string? ns, Service service) => string.IsNullOrEmpty(ns) || ns == service.Metadata.Namespace;

    /// <summary>One object for one rule: the reading gives one for those of the same text.</summary>
    private EndpointTerm CidrRule(CiliumCidrRule rule) =>
        _cidrRules.TryGetValue(rule, out var known) ? known : _cidrRules.GetOrAdd(rule, FindBlocks(rule));

    private EndpointTerm FindBlocks(CiliumCidrRule rule)
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

    private EndpointTerm.AnyOf Service(CiliumService service) => new EndpointTerm.AnyOf([.. ServicesOf(service).Select(Service)]);

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
