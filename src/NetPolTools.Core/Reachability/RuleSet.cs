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

    /// <summary>How many of the blocks, the first ones, say nothing of <see cref="OwnPeers"/>.</summary>
    internal int SharedCount { get; init; }

    /// <summary>The peers of which only the blocks behind the shared ones speak.</summary>
    internal IndexSet OwnPeers { get; init; } = IndexSet.Empty;

    /// <summary>The peers of which a block, by its position, says nothing.</summary>
    internal IndexSet SilentOn(int block) => block < SharedCount ? OwnPeers : IndexSet.Empty;

    /// <summary>The NetworkPolicies of the subjects.</summary>
    internal ReadOnlySpan<SubjectGroup> Groups => _groups;

    /// <summary>Fewer blocks that say the same together.</summary>
    internal void AskInstead(GrantBlock[] blocks) => _toAsk = blocks;

    /// <summary>Disjoint sets of peers, by class, each with the ports allowed with it. A peer in none of them is denied.</summary>
    internal IReadOnlyList<Grant> Allowed()
    {
        var entries = new List<Grant>();
        for (var b = 0; b < _blocks.Length; b++)
        {
            foreach (var (ports, peers) in _blocks[b].Entries)
                entries.Add(new Grant(ports, peers.Intersect(_classes).Except(SilentOn(b))));
        }

        return DisjointGrants.Create(entries, PortsFor);
    }

    /// <summary>Adds every endpoint that some rule names as a peer.</summary>
    internal void AddPeers(IndexSetAccumulator to)
    {
        for (var b = 0; b < _blocks.Length; b++)
        {
            foreach (var entry in _blocks[b].Entries)
                to.AddWithout(entry.Peers, SilentOn(b));
        }
    }

    /// <summary>The ports that are allowed with any peer at all.</summary>
    internal PortSet GrantedPorts()
    {
        var ports = PortSet.None;
        for (var b = 0; b < _blocks.Length; b++)
        {
            foreach (var entry in _blocks[b].Entries)
            {
                if (!ReferenceEquals(entry.Ports, ports) && !entry.Peers.Except(SilentOn(b)).IsEmpty)
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
        for (var b = FirstOn(peer); b < _toAsk.Length; b++)
            ports = ports.Union(_toAsk[b].PortsFor(peer));
        return ports;
    }

    /// <summary>The same under the opposite ipBlock assumption.</summary>
    public PortSet PortsForOtherwise(int peer)
    {
        var ports = PortSet.None;
        for (var b = FirstOn(peer); b < _toAsk.Length; b++)
            ports = ports.Union(_toAsk[b].PortsForOtherwise(peer));
        return ports;
    }

    /// <summary>The first block that says something of a peer.</summary>
    private int FirstOn(int peer) => SharedCount > 0 && OwnPeers.Contains(peer) ? SharedCount : 0;
}
