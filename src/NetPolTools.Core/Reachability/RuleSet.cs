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
    private readonly IndexSet _classes;
    private readonly DeferredForm? _form;

    // Null once the blocks are made.
    private Func<RuleBlocks>? _make;
    private RuleBlocks? _rules;
    private GrantBlock[]? _toAsk;
    private IReadOnlyList<NetworkPolicy>? _policies;

    /// <param name="direction">Of the rules.</param>
    /// <param name="groups">The NetworkPolicies of the subjects.</param>
    /// <param name="form">What policies of other kinds come to; null for none.</param>
    /// <param name="make">Gives the blocks, always the same.</param>
    /// <param name="classes">Of endpoints.</param>
    internal RuleSet(PolicyDirection direction, SubjectGroup[] groups, DeferredForm? form, Func<RuleBlocks> make, IndexSet classes)
    {
        Direction = direction;
        _groups = groups;
        _form = form;
        _make = make;
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
    internal NormalForm? Form => _form?.Value;

    /// <summary>Whether nothing that they come to is undetermined.</summary>
    internal bool IsDetermined => _form?.IsDetermined != false;

    internal GrantBlock[] Blocks => Rules.All;

    /// <inheritdoc cref="RuleBlocks.SharedCount"/>
    internal int SharedCount => Rules.SharedCount;

    /// <inheritdoc cref="RuleBlocks.OwnPeers"/>
    internal IndexSet OwnPeers => Rules.OwnPeers;

    /// <summary>The peers of which a block, by its position, says nothing.</summary>
    internal IndexSet SilentOn(int block) => block < SharedCount ? OwnPeers : IndexSet.Empty;

    /// <summary>The NetworkPolicies of the subjects.</summary>
    internal ReadOnlySpan<SubjectGroup> Groups => _groups;

    // Threads that ask at the same time get the same blocks.
    private RuleBlocks Rules => _rules ?? Make();

    /// <summary>Fewer blocks that say the same together.</summary>
    internal void AskInstead(GrantBlock[] blocks) => _toAsk = blocks;

    /// <summary>Disjoint sets of peers, by class, each with the ports allowed with it. A peer in none of them is denied.</summary>
    internal IReadOnlyList<Grant> Allowed()
    {
        var entries = new List<Grant>();
        var blocks = Blocks;
        for (var b = 0; b < blocks.Length; b++)
        {
            foreach (var (ports, peers) in blocks[b].Entries)
                entries.Add(new Grant(ports, peers.Intersect(_classes).Except(SilentOn(b))));
        }

        return DisjointGrants.Create(entries, PortsFor);
    }

    /// <summary>Adds every endpoint that some rule names as a peer.</summary>
    internal void AddPeers(IndexSetAccumulator to)
    {
        var blocks = Blocks;
        for (var b = 0; b < blocks.Length; b++)
            blocks[b].AddPeers(to, SilentOn(b));
    }

    /// <summary>The ports that are allowed with any peer at all.</summary>
    internal PortSet GrantedPorts()
    {
        var (ports, blocks) = (PortSet.None, Blocks);
        for (var b = 0; b < blocks.Length; b++)
            ports = blocks[b].GrantedPorts(ports, SilentOn(b));
        return ports;
    }

    /// <summary>The ports allowed with a peer, given by its class.</summary>
    public PortSet PortsFor(int peer)
    {
        var ports = PortSet.None;
        var blocks = _toAsk ?? Blocks;
        for (var b = FirstOn(peer); b < blocks.Length; b++)
            ports = ports.Union(blocks[b].PortsFor(peer));
        return ports;
    }

    /// <summary>The same under the opposite ipBlock assumption.</summary>
    public PortSet PortsForOtherwise(int peer)
    {
        var ports = PortSet.None;
        var blocks = _toAsk ?? Blocks;
        for (var b = FirstOn(peer); b < blocks.Length; b++)
            ports = ports.Union(blocks[b].PortsForOtherwise(peer));
        return ports;
    }

    /// <summary>The first block that says something of a peer.</summary>
    private int FirstOn(int peer) => SharedCount > 0 && OwnPeers.Contains(peer) ? SharedCount : 0;

    private RuleBlocks Make()
    {
        if (Volatile.Read(ref _make) is { } make)
        {
            Volatile.Write(ref _rules, make());
            Volatile.Write(ref _make, null);
        }

        return _rules!;
    }
}
