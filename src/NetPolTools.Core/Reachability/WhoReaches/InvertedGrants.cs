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

    /// <summary>By class, the positions of its speakers.</summary>
    private readonly Buckets<int> _of;

    /// <param name="blocks">All of a direction, each once.</param>
    /// <param name="classes">Of the endpoints.</param>
    /// <param name="endpointCount">All endpoints.</param>
    /// <param name="ipBlocksMatchPods">Whether ipBlocks count for pods.</param>
    /// <param name="make">Knows them.</param>
    public SpeakerIndex(RuleBlock[] blocks, EndpointClasses classes, int endpointCount, bool ipBlocksMatchPods, MakeSpeakers<T> make)
    {
        var (sets, grants) = BySet(blocks, ipBlocksMatchPods);
        _speakers = new T[sets.Count];
        var bounds = SideBySide.Bounds(sets.Count, FewestSets);
        SideBySide.ForEachPart(
            bounds.Length - 1,
            part =>
            {
                var unions = new IndexSetAccumulator(endpointCount);
                for (var s = bounds[part]; s < bounds[part + 1]; s++)
                    _speakers[s] = make(grants[s], unions);
            },
            CancellationToken.None);

        _of = new Buckets<int>(endpointCount);
        foreach (var set in sets)
        {
            foreach (var peer in set)
            {
                if (classes.Of(peer) == peer)
                    _of.Announce(peer);
            }
        }

        _of.MakeRoom();
        for (var s = 0; s < sets.Count; s++)
        {
            foreach (var peer in sets[s])
            {
                if (classes.Of(peer) == peer)
                    _of.Put(peer, s);
            }
        }
    }

    /// <summary>Positions of the speakers of a class.</summary>
    public ReadOnlySpan<int> Of(int peer) => _of[peer];

    public T this[int position] => _speakers[position];

    /// <summary>What blocks grant to whom, turned over.</summary>
    /// <returns>The sets of peers, each once, and to whom each is granted.</returns>
    private static (List<IndexSet> Sets, Buckets<(PortSet Ports, IndexSet Subjects)> Grants) BySet(RuleBlock[] blocks, bool ipBlocksMatchPods)
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

        var grants = new Buckets<(PortSet, IndexSet)>(sets.Count);
        foreach (var (set, _, _) in found.Items)
            grants.Announce(set);
        grants.MakeRoom();
        foreach (var (set, ports, subjects) in found.Items)
            grants.Put(set, (ports, subjects));
        return (sets, grants);
    }
}
