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

    // By policy, where what its rules grant begins.
    private ArrayBuilder<(int Certain, int InBlocks, int Named)> _starts;

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

    public void Add(int position, NetworkPolicy policy)
    {
        _policies.Add(new OrderedPolicy(position, policy));
        _starts.Add((_certain.Count, _inBlocks.Count, _named?.Count ?? 0));
    }

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

    /// <summary>The same group with other policies; itself where nothing is changed, and null where it has none any more.</summary>
    /// <param name="gone">The policies that are left out, by position, ascending.</param>
    /// <param name="added">A group of the same subjects, for which the policies were resolved that come in; null for none.</param>
    public SubjectGroup? Changed(IReadOnlyList<int> gone, SubjectGroup? added)
    {
        if (added is null && !gone.Any(position => IndexOf(position) >= 0))
            return this;
        var changed = new SubjectGroup(Subjects, ipBlocksMatchPods);
        var (g, next) = (0, 0);
        for (var i = 0; i < _policies.Count; i++)
        {
            var position = _policies.Items[i].Position;
            while (g < gone.Count && gone[g] < position)
                g++;
            for (; next < added?._policies.Count && added._policies.Items[next].Position <= position; next++)
                changed.Take(added, next);
            if (g == gone.Count || gone[g] != position)
                changed.Take(this, i);
        }

        for (; next < added?._policies.Count; next++)
            changed.Take(added, next);
        return changed._policies.Count > 0 ? changed : null;
    }

    /// <summary>What the rules allow a subject.</summary>
    public GrantBlock BlockOf(Endpoint subject, PortSetPool ports)
    {
        if (!HasNames)
            return Block(ports);
        var meanings = new PortSet[Names.Count];
        for (var i = 0; i < meanings.Length; i++)
            meanings[i] = NamedPortIndex.PortsOn(subject, Names[i].Name, Names[i].Protocol);
        return Block(meanings, ports);
    }

    /// <summary>What the rules allow a subject, whatever its port names mean.</summary>
    private GrantBlock Block(PortSetPool ports) => _block ??= Make(_certain, _inBlocks, ports);

    /// <summary>What the rules allow a subject with these meanings of the port names.</summary>
    private GrantBlock Block(PortSet[] meanings, PortSetPool ports)
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

    /// <summary>Adds a policy of another group, with what its rules grant there.</summary>
    private void Take(SubjectGroup from, int policy)
    {
        var start = from._starts.Items[policy];
        var end = policy + 1 < from._starts.Count
            ? from._starts.Items[policy + 1]
            : (Certain: from._certain.Count, InBlocks: from._inBlocks.Count, Named: from._named?.Count ?? 0);
        Add(from._policies.Items[policy].Position, from._policies.Items[policy].Policy);
        _certain.Add(from._certain.Items[start.Certain..end.Certain]);
        _inBlocks.Add(from._inBlocks.Items[start.InBlocks..end.InBlocks]);
        for (var i = start.Named; i < end.Named; i++)
            AddGrant(from._named![i].Peers, from._names![from._named[i].Name]);
    }

    /// <summary>Which of the policies has a position; below zero for none.</summary>
    private int IndexOf(int position)
    {
        var (low, high) = (0, _policies.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (_policies.Items[middle].Position == position)
                return middle;
            if (_policies.Items[middle].Position < position)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return -1;
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
