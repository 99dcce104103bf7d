using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <param name="grants">Subjects and the ports that they are allowed with one set of peers.</param>
/// <param name="unions">To put sets together in.</param>
internal delegate T MakeSpeakers<out T>(ReadOnlySpan<(PortSet Ports, IndexSet Subjects)> grants, IndexSetAccumulator unions);

/// <summary>The rules of one direction seen from the other side: who speaks of an endpoint. Immutable.</summary>
/// <typeparam name="T">What is known of those that speak of one set of peers.</typeparam>
internal sealed class SpeakerIndex<T>
{
    private const int FewestSets = 1024;

    private readonly T[] _speakers;

    /// <summary>Of the speakers of class c, the positions in <see cref="_of"/>: from _starts[c] up to, but not including, _starts[c + 1].</summary>
    private readonly int[] _starts;
    private readonly int[] _of;

    /// <param name="blocks">All of a direction, each once.</param>
    /// <param name="classes">Of the endpoints.</param>
    /// <param name="endpointCount">All endpoints.</param>
    /// <param name="ipBlocksMatchPods">Whether ipBlocks count for pods.</param>
    /// <param name="make">Knows them.</param>
    public SpeakerIndex(RuleBlock[] blocks, EndpointClasses classes, int endpointCount, bool ipBlocksMatchPods, MakeSpeakers<T> make)
    {
        var (sets, grants, ends) = BySet(blocks, ipBlocksMatchPods);
        _speakers = new T[sets.Count];
        var bounds = SideBySide.Bounds(sets.Count, FewestSets);
        SideBySide.ForEachPart(
            bounds.Length - 1,
            part =>
            {
                var unions = new IndexSetAccumulator(endpointCount);
                for (var s = bounds[part]; s < bounds[part + 1]; s++)
                    _speakers[s] = make(grants.AsSpan((s == 0 ? 0 : ends[s - 1])..ends[s]), unions);
            },
            CancellationToken.None);

        _starts = new int[endpointCount + 1];
        foreach (var set in sets)
        {
            foreach (var peer in set)
            {
                if (classes.Of(peer) == peer)
                    _starts[peer + 1]++;
            }
        }

        for (var i = 1; i < _starts.Length; i++)
            _starts[i] += _starts[i - 1];
        _of = new int[_starts[^1]];
        var next = _starts.AsSpan(0, endpointCount).ToArray();
        for (var s = 0; s < sets.Count; s++)
        {
            foreach (var peer in sets[s])
            {
                if (classes.Of(peer) == peer)
                    _of[next[peer]++] = s;
            }
        }
    }

    /// <summary>Positions of the speakers of a class.</summary>
    public ReadOnlySpan<int> Of(int peer) => _of.AsSpan(_starts[peer], _starts[peer + 1] - _starts[peer]);

    public T this[int position] => _speakers[position];

    /// <summary>What blocks grant to whom, turned over.</summary>
    /// <returns>The sets of peers, each once; to whom they are granted, set by set; where the grants of each set end.</returns>
    private static (List<IndexSet> Sets, (PortSet Ports, IndexSet Subjects)[] Grants, int[] Ends) BySet(RuleBlock[] blocks, bool ipBlocksMatchPods)
    {
        var numbers = new Dictionary<IndexSet, int>(ReferenceEqualityComparer.Instance);
        var sets = new List<IndexSet>();
        var found = new GrowingArray<(int Set, PortSet Ports, IndexSet Subjects)>();
        foreach (var block in blocks)
        {
            foreach (var (ports, peers) in block.Entries(ipBlocksMatchPods))
            {
                if (!numbers.TryGetValue(peers, out var set))
                {
                    numbers.Add(peers, set = sets.Count);
                    sets.Add(peers);
                }

                found.Add((set, ports, block.Subjects));
            }
        }

        var ends = new int[sets.Count];
        foreach (var (set, _, _) in found.Items)
            ends[set]++;
        for (var set = 1; set < ends.Length; set++)
            ends[set] += ends[set - 1];

        // From behind, so that they stay in order.
        var next = ends.AsSpan().ToArray();
        var grants = new (PortSet, IndexSet)[found.Count];
        for (var i = found.Count - 1; i >= 0; i--)
            grants[--next[found.Items[i].Set]] = (found.Items[i].Ports, found.Items[i].Subjects);
        return (sets, grants, ends);
    }
}
