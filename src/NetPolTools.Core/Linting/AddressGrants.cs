using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Linting;

/// <summary>Which rules, of policies of any kind, let pods out to which addresses, and whether what else there is lets them.</summary>
internal sealed class AddressGrants
{
    private static readonly ImmutableArray<AddressRange> Everything = [AddressRange.AllIPv4, AddressRange.AllIPv6];

    private readonly LintContext _context;
    private readonly NetAddress[] _nodes;

    public AddressGrants(LintContext context)
    {
        _context = context;
        _nodes = [.. context.Map.Nodes.Addresses.Order()];
        All = [.. OfNetworkPolicies(), .. OfOthers()];
    }

    /// <summary>NetworkPolicies first, then other policies in the order in which they are asked.</summary>
    public IReadOnlyList<AddressGrant> All { get; }

    /// <summary>The first addresses of nodes that a rule is about, ascending.</summary>
    public IEnumerable<NetAddress> NodesIn(AddressGrant grant)
    {
        foreach (var range in grant.In)
        {
            var at = Array.BinarySearch(_nodes, range.FirstAddress);
            for (var i = at < 0 ? ~at : at; i < _nodes.Length && range.Contains(_nodes[i]); i++)
            {
                if (!grant.Except.Any(except => except.Contains(_nodes[i])))
                    yield return _nodes[i];
            }
        }
    }

    /// <summary>
    /// Those of some ports of an address that some pod of a rule reaches, with all policies counted. Where the input holds none of its pods, what the rule
    /// says alone; nothing then, where policies of other kinds may deny it.
    /// </summary>
    /// <param name="grant">The rule.</param>
    /// <param name="address">That it is about.</param>
    /// <param name="ports">That are asked about.</param>
    /// <param name="counts">Which of the pods count; null for all.</param>
    public PortSet Reached(AddressGrant grant, NetAddress address, PortSet ports, Func<int, bool>? counts = null)
    {
        var wanted = grant.Ports.Intersect(ports);
        if (wanted.IsEmpty)
            return wanted;
        if (grant.Subjects.IsEmpty)
            return _context.Map.Stack.Policies.IsEmpty && counts is null ? wanted : PortSet.None;
        var end = _context.Endpoints.IndexOfAddress(address);
        var known = new HashSet<int>();
        foreach (var pod in grant.Subjects)
        {
            if (counts?.Invoke(pod) == false || !known.Add(_context.Map.Classes.ClassOf(pod)))
                continue;
            if (_context.Map.Between(pod, end).Intersect(wanted) is { IsEmpty: false } reached)
                return reached;
        }

        return PortSet.None;
    }

    private IEnumerable<AddressGrant> OfNetworkPolicies()
    {
        var pool = new PortSetPool();
        foreach (var rule in _context.Rules())
        {
            if (rule.Direction != PolicyDirection.Egress || !(rule.NamesNoPeer || HasBlock(rule.Rule)))
                continue;
            var ports = RulePorts.Numbers(rule.Rule, _context.Map.Traffic, pool);
            if (rule.NamesNoPeer)
            {
                var place = new PolicyPlace(rule.Policy, rule.Path, rule.Rule.Location);
                yield return new AddressGrant(place, Everything, [], _context.Subjects(rule.Policy), ports) { IsEveryone = true };
            }

            for (var i = 0; i < rule.Rule.Peers?.Count; i++)
            {
                if (rule.Peer(i) is not { Peer.IPBlock: { } block } site)
                    continue;
                yield return new AddressGrant(
                    new PolicyPlace(rule.Policy, site.Path + ".ipBlock", site.Peer.Location),
                    [AddressPartition.ParseCidr(block.Cidr)],
                    [.. block.Except.Select(AddressPartition.ParseCidr)],
                    _context.Subjects(rule.Policy),
                    ports)
                {
                    Text = block.Cidr,
                };
            }
        }
    }

    private static bool HasBlock(NetworkPolicyRule rule)
    {
        for (var i = 0; i < rule.Peers?.Count; i++)
        {
            if (rule.Peers[i].IPBlock is not null)
                return true;
        }

        return false;
    }

    private IEnumerable<AddressGrant> OfOthers()
    {
        foreach (var policy in _context.Map.Tiered(PolicyDirection.Egress))
        {
            // A NetworkPolicy that the engine reads otherwise than it is written is among those above.
            if (policy.Policy.IsOfEngine || policy.Policy.Origin.Object is NetworkPolicy)
                continue;
            foreach (var rule in policy.Rules.Where(static rule => rule.Rule.Action == RuleAction.Allow))
            {
                var ports = rule.Pieces.Aggregate(PortSet.None, static (ports, piece) => ports.Union(piece.Ports.Must));
                foreach (var peer in rule.Rule.Peers)
                {
                    var path = peer.Path.Length == 0 ? rule.Rule.Origin.Path : $"{rule.Rule.Origin.Path}.{peer.Path}";
                    var place = new PolicyPlace(policy.Policy.Origin.Object, path, rule.Rule.Origin.Location);
                    var pods = policy.Subjects.Must.Intersect(rule.Only.Must);
                    if (peer.Term is EndpointTerm.AllOf { Parts.IsEmpty: true })
                        yield return new AddressGrant(place, Everything, [], pods, ports) { IsEveryone = true };
                    foreach (var addresses in AddressesOf(peer.Term))
                    {
                        yield return new AddressGrant(place, addresses.In, addresses.Except, pods, ports)
                        {
                            Text = string.Join(", ", addresses.In.Select(static range => range.ToCidrOrRange())),
                        };
                    }
                }
            }
        }
    }

    private static IEnumerable<EndpointTerm.Addresses> AddressesOf(EndpointTerm term) => term switch
    {
        EndpointTerm.Addresses addresses => [addresses],
        EndpointTerm.AnyOf any => any.Parts.SelectMany(AddressesOf),
        _ => [],
    };
}
