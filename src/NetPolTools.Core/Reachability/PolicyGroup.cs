using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>The policies that isolate the very same pods in one direction, and what their rules grant.</summary>
internal sealed class PolicyGroup(IndexSet subjects)
{
    private readonly List<PortsByPeer> _certain = new(2);

    // Most groups have none of these.
    private List<PortsByPeer>? _inBlocks;
    private List<NamedGrant>? _named;
    private List<(string Name, Protocol Protocol)>? _names;
    private Dictionary<PortSet[], RuleBlock>? _blocksByMeaning;
    private RuleBlock? _block;

    public IndexSet Subjects { get; } = subjects;

    /// <summary>By position in the snapshot, ascending.</summary>
    public List<(int Position, NetworkPolicy Policy)> Policies { get; } = new(1);

    /// <summary>Port names to be looked up on each subject: ingress rules alone have them.</summary>
    public IReadOnlyList<(string Name, Protocol Protocol)> Names => _names ?? (IReadOnlyList<(string, Protocol)>)[];

    public void Grant(PeerSet peers, PortSet ports)
    {
        if (!peers.Certain.IsEmpty)
            _certain.Add(new PortsByPeer(ports, peers.Certain));
        if (peers.PodsInBlock is { IsEmpty: false } inBlock)
            (_inBlocks ??= []).Add(new PortsByPeer(ports, inBlock));
    }

    /// <summary>The same on a port that each subject has its own number for.</summary>
    public void Grant(PeerSet peers, (string Name, Protocol Protocol) port)
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

    /// <summary>What the rules allow a subject with these meanings of the port names.</summary>
    public RuleBlock Block(PortSet[] meanings, PortSetPool ports)
    {
        if (_named is null)
            return _block ??= Make(_certain, _inBlocks ?? [], ports);
        _blocksByMeaning ??= new Dictionary<PortSet[], RuleBlock>(PortSetSequence.Instance);
        if (_blocksByMeaning.TryGetValue(meanings, out var known))
            return known;
        List<PortsByPeer> certain = [.. _certain], inBlocks = [.. _inBlocks ?? []];
        foreach (var (peers, name) in _named)
        {
            if (meanings[name].IsEmpty)
                continue;
            if (!peers.Certain.IsEmpty)
                certain.Add(new PortsByPeer(meanings[name], peers.Certain));
            if (peers.PodsInBlock is { IsEmpty: false } inBlock)
                inBlocks.Add(new PortsByPeer(meanings[name], inBlock));
        }

        return _blocksByMeaning[meanings] = Make(certain, inBlocks, ports);
    }

    private static RuleBlock Make(List<PortsByPeer> certain, List<PortsByPeer> inBlocks, PortSetPool ports) =>
        new(PeerPorts.Create(certain, ports), PeerPorts.Create(inBlocks, ports));

    /// <param name="Name">A position in <see cref="Names"/>.</param>
    private readonly record struct NamedGrant(PeerSet Peers, int Name);

    private sealed class PortSetSequence : IEqualityComparer<PortSet[]>
    {
        public static readonly PortSetSequence Instance = new();

        public bool Equals(PortSet[]? x, PortSet[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(PortSet[] ports)
        {
            var hash = default(HashCode);
            foreach (var set in ports)
                hash.Add(set);
            return hash.ToHashCode();
        }
    }
}
