using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>The policies that isolate the very same pods in one direction, and what their rules grant.</summary>
/// <param name="subjects">The pods.</param>
/// <param name="ipBlocksMatchPods">As for <see cref="GrantBlock"/>.</param>
internal sealed class SubjectGroup(IndexSet subjects, bool ipBlocksMatchPods)
{
    private ArrayBuilder<OrderedPolicy> _policies;
    private ArrayBuilder<Grant> _certain;
    private ArrayBuilder<Grant> _inBlocks;

    // Most groups have none of these.
    private List<NamedGrant>? _named;
    private List<(string Name, Protocol Protocol)>? _names;
    private Dictionary<PortSet[], GrantBlock>? _blocksByMeaning;
    private GrantBlock? _block;

    public IndexSet Subjects { get; } = subjects;

    /// <summary>By position in the snapshot, ascending.</summary>
    public ReadOnlySpan<OrderedPolicy> Policies => _policies.Items;

    /// <summary>Port names to be looked up on each subject: ingress rules alone have them.</summary>
    public IReadOnlyList<(string Name, Protocol Protocol)> Names => _names ?? (IReadOnlyList<(string, Protocol)>)[];

    public bool HasNames => _names is not null;

    public void Add(int position, NetworkPolicy policy) => _policies.Add(new OrderedPolicy(position, policy));

    public void AddGrant(PeerSet peers, PortSet ports) => Add(peers, ports, ref _certain, ref _inBlocks);

    /// <summary>The same on a port that each subject has its own number for.</summary>
    public void AddGrant(PeerSet peers, (string Name, Protocol Protocol) port)
    {
        _names ??= [];
        var name = _names.IndexOf(port);
        if (name < 0)
        {
            name = _names.Count;
            _names.Add(port);
        }

        (_named ??= []).Add(new NamedGrant(peers, name));
    }

    /// <summary>What the rules allow a subject, whatever its port names mean.</summary>
    public GrantBlock Block(PortSetPool ports) => _block ??= Make(_certain, _inBlocks, ports);

    /// <summary>What the rules allow a subject with these meanings of the port names.</summary>
    public GrantBlock Block(PortSet[] meanings, PortSetPool ports)
    {
        _blocksByMeaning ??= new Dictionary<PortSet[], GrantBlock>(ItemsComparer.Instance);
        if (_blocksByMeaning.TryGetValue(meanings, out var known))
            return known;
        ArrayBuilder<Grant> certain = default, inBlocks = default;
        certain.Add(_certain.Items);
        inBlocks.Add(_inBlocks.Items);
        foreach (var (peers, name) in _named ?? [])
        {
            if (!meanings[name].IsEmpty)
                Add(peers, meanings[name], ref certain, ref inBlocks);
        }

        return _blocksByMeaning[meanings] = Make(certain, inBlocks, ports);
    }

    private static void Add(PeerSet peers, PortSet ports, ref ArrayBuilder<Grant> certain, ref ArrayBuilder<Grant> inBlocks)
    {
        if (!peers.Certain.IsEmpty)
            certain.Add(new Grant(ports, peers.Certain));
        if (!peers.PodsInBlock.IsEmpty)
            inBlocks.Add(new Grant(ports, peers.PodsInBlock));
    }

    private GrantBlock Make(ArrayBuilder<Grant> certain, ArrayBuilder<Grant> inBlocks, PortSetPool ports) =>
        new(GrantTable.Create(certain.Items, ports), GrantTable.Create(inBlocks.Items, ports), ipBlocksMatchPods);

    /// <param name="Name">A position in <see cref="Names"/>.</param>
    private readonly record struct NamedGrant(PeerSet Peers, int Name);
}

/// <summary>A policy and its position in the snapshot.</summary>
internal readonly record struct OrderedPolicy(int Position, NetworkPolicy Policy);
