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
    private readonly Lazy<RuleBlocks> _rules;
    private GrantBlock[]? _toAsk;
    private IReadOnlyList<NetworkPolicy>? _policies;
    private PortSet? _granted;

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
        _rules = new Lazy<RuleBlocks>(make, LazyThreadSafetyMode.PublicationOnly);
        _classes = classes;
    }

    /// <summary>The NetworkPolicies that isolate the subjects in this direction, in the order of the snapshot.</summary>
    public IReadOnlyList<NetworkPolicy> Policies => _policies ??= InOrder();

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

    internal GrantBlock[] Blocks => _rules.Value.All;

    /// <inheritdoc cref="RuleBlocks.SharedCount"/>
    internal int SharedCount => _rules.Value.SharedCount;

    /// <inheritdoc cref="RuleBlocks.OwnPeers"/>
    internal IndexSet OwnPeers => _rules.Value.OwnPeers;

    /// <summary>The NetworkPolicies of the subjects.</summary>
    internal ReadOnlySpan<SubjectGroup> Groups => _groups;

    private NetworkPolicy[] InOrder()
    {
        var count = 0;
        foreach (var group in _groups)
            count += group.Policies.Length;
        var (entries, filled) = (new OrderedPolicy[count], 0);
        foreach (var group in _groups)
        {
            group.Policies.CopyTo(entries.AsSpan(filled));
            filled += group.Policies.Length;
        }

        if (_groups.Length > 1)
            Array.Sort(entries, static (a, b) => a.Position.CompareTo(b.Position));
        return Array.ConvertAll(entries, static entry => entry.Policy);
    }

    /// <summary>Fewer blocks that say the same together.</summary>
    internal void AskInstead(GrantBlock[] blocks) => _toAsk = blocks;

    /// <summary>Disjoint sets of peers, by class, each with the ports allowed with it. A peer in none of them is denied.</summary>
    internal IReadOnlyList<Grant> Allowed()
    {
        var (entries, rules) = (new List<Grant>(), _rules.Value);
        for (var b = 0; b < rules.All.Length; b++)
        {
            foreach (var (ports, peers) in rules.All[b].Entries)
                entries.Add(new Grant(ports, peers.Intersect(_classes).Except(rules.SilentOn(b))));
        }

        return DisjointGrants.Create(entries, PortsFor);
    }

    /// <summary>Adds every endpoint that some rule names as a peer.</summary>
    internal void AddPeers(IndexSetAccumulator to)
    {
        var rules = _rules.Value;
        for (var b = 0; b < rules.All.Length; b++)
            rules.All[b].AddPeers(to, rules.SilentOn(b));
    }

    /// <summary>The ports that are allowed with any peer at all.</summary>
    internal PortSet GrantedPorts()
    {
        if (_granted is { } known)
            return known;
        var (ports, rules) = (PortSet.None, _rules.Value);
        for (var b = 0; b < rules.All.Length; b++)
            ports = rules.All[b].GrantedPorts(ports, rules.SilentOn(b));
        return _granted = ports;
    }

    /// <summary>The ports allowed with a peer, given by its class.</summary>
    public PortSet PortsFor(int peer)
    {
        var ports = PortSet.None;
        var rules = _rules.Value;
        var blocks = _toAsk ?? rules.All;
        for (var b = rules.FirstOn(peer); b < blocks.Length; b++)
            ports = ports.Union(blocks[b].PortsFor(peer));
        return ports;
    }

    /// <summary>
    /// Whether some of these ports may be allowed with some of these peers but one: false where that is sure, and sure of NetworkPolicies. It takes hardly
    /// longer than to ask about one of them.
    /// </summary>
    /// <param name="peers">By class.</param>
    /// <param name="except">One that does not count; -1 for none.</param>
    /// <param name="ports">Those that matter.</param>
    internal bool MayAllow(IndexSet peers, int except, PortSet ports)
    {
        if (_form is not null)
            return true;
        var rules = _rules.Value;
        var blocks = _toAsk ?? rules.All;
        for (var b = 0; b < blocks.Length; b++)
        {
            foreach (var entry in blocks[b].Entries)
            {
                if (entry.Peers.OverlapsBut(peers, except) && entry.Ports.Overlaps(ports))
                    return true;
            }
        }

        return false;
    }

    /// <summary>The same under the opposite ipBlock assumption.</summary>
    public PortSet PortsForOtherwise(int peer)
    {
        var ports = PortSet.None;
        var rules = _rules.Value;
        var blocks = _toAsk ?? rules.All;
        for (var b = rules.FirstOn(peer); b < blocks.Length; b++)
            ports = ports.Union(blocks[b].PortsForOtherwise(peer));
        return ports;
    }
}
