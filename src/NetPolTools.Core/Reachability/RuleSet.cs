using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// What the policies that select an endpoint allow in one direction, together. Endpoints selected by the same policies share one.
/// </summary>
public sealed class RuleSet
{
    private readonly SubjectGroup[] _groups;
    private readonly GrantBlock[] _blocks;
    private readonly IndexSet _classes;
    private GrantBlock[] _toAsk;
    private IReadOnlyList<NetworkPolicy>? _policies;

    internal RuleSet(PolicyDirection direction, SubjectGroup[] groups, GrantBlock[] blocks, IndexSet classes)
    {
        Direction = direction;
        _groups = groups;
        _blocks = blocks;
        _toAsk = blocks;
        _classes = classes;
    }

    /// <summary>The NetworkPolicies that isolate the subjects in this direction, in the order of the snapshot.</summary>
    public IReadOnlyList<NetworkPolicy> Policies => _policies ??=
        [.. _groups.SelectMany(static group => group.Policies).OrderBy(static entry => entry.Position).Select(static entry => entry.Policy)];

    public PolicyDirection Direction { get; }

    /// <summary>The policies of other kinds that select the subjects, or may; in the order in which they are asked.</summary>
    public IReadOnlyList<TieredPolicy> TieredPolicies => [.. Tiered.Select(static policy => policy.Policy)];

    /// <summary>
    /// Whether traffic that no rule matches is denied. Without it, policies only take away from what is allowed.
    /// </summary>
    public bool DeniesUnmatched => _groups.Length > 0 || Tiered.Any(static policy => policy.Unmatched == Unmatched.Deny);

    /// <summary>Whether some rule of a tier denies something.</summary>
    public bool HasDenials => Form?.DeniesAnything == true;

    /// <summary>The same, looked up.</summary>
    internal IReadOnlyList<CompiledPolicy> Tiered { get; init; } = [];

    /// <summary>What these come to; null for none.</summary>
    internal NormalForm? Form { get; init; }

    /// <summary>Whether any answer depends on ipBlocks matching pods.</summary>
    public bool DependsOnIPBlock => Array.Exists(_blocks, static block => block.DependsOnIPBlock);

    internal GrantBlock[] Blocks => _blocks;

    /// <summary>The NetworkPolicies of the subjects.</summary>
    internal ReadOnlySpan<SubjectGroup> Groups => _groups;

    /// <summary>Fewer blocks that say the same together.</summary>
    internal void AskInstead(GrantBlock[] blocks) => _toAsk = blocks;

    /// <summary>Disjoint sets of peers, by class, each with the ports allowed with it. A peer in none of them is denied.</summary>
    internal IReadOnlyList<Grant> Allowed()
    {
        var entries = new List<Grant>();
        foreach (var block in _blocks)
        {
            foreach (var (ports, peers) in block.Entries)
                entries.Add(new Grant(ports, peers.Intersect(_classes)));
        }

        return DisjointGrants.Create(entries, PortsFor);
    }

    /// <summary>Adds every endpoint that some rule names as a peer.</summary>
    internal void AddPeers(IndexSetAccumulator to)
    {
        foreach (var block in _blocks)
        {
            foreach (var entry in block.Entries)
                to.Add(entry.Peers);
        }
    }

    /// <summary>The ports that are allowed with any peer at all.</summary>
    internal PortSet GrantedPorts()
    {
        var ports = PortSet.None;
        foreach (var block in _blocks)
        {
            foreach (var entry in block.Entries)
            {
                if (!entry.Peers.IsEmpty && !ReferenceEquals(entry.Ports, ports))
                    ports = ports.Union(entry.Ports);
                if (ports.IsAll)
                    return ports;
            }
        }

        return ports;
    }

    /// <summary>The ports allowed with a peer, given by its class.</summary>
    public PortSet PortsFor(int peer)
    {
        var ports = PortSet.None;
        foreach (var block in _toAsk)
            ports = ports.Union(block.PortsFor(peer));
        return ports;
    }

    /// <summary>The same under the opposite ipBlock assumption.</summary>
    public PortSet PortsForOtherwise(int peer)
    {
        var ports = PortSet.None;
        foreach (var block in _toAsk)
            ports = ports.Union(block.PortsForOtherwise(peer));
        return ports;
    }
}
