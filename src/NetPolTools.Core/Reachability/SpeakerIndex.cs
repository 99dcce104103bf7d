using System.Runtime.InteropServices;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>The rules of one direction seen from the other side: who speaks of an endpoint. Immutable.</summary>
/// <typeparam name="T">What is known of those that speak of one set of peers.</typeparam>
internal sealed class SpeakerIndex<T>
{
    private readonly T[] _speakers;

    /// <summary>Of the speakers of class c, the positions in <see cref="_of"/>: from _starts[c] up to, but not including, _starts[c + 1].</summary>
    private readonly int[] _starts;
    private readonly int[] _of;

    /// <param name="blocks">All of a direction, each once.</param>
    /// <param name="classes">Of the endpoints.</param>
    /// <param name="endpointCount">All endpoints.</param>
    /// <param name="ipBlocksMatchPods">Whether ipBlocks count for pods.</param>
    /// <param name="make">From subjects and the ports that they are allowed with one set of peers.</param>
    public SpeakerIndex(
        IReadOnlyList<RuleBlock> blocks, EndpointClasses classes, int endpointCount, bool ipBlocksMatchPods, Func<List<(PortSet Ports, IndexSet Subjects)>, T> make)
    {
        var grants = new Dictionary<IndexSet, List<(PortSet, IndexSet)>>(ReferenceEqualityComparer.Instance);
        foreach (var block in blocks)
        {
            foreach (var (ports, peers) in block.Entries(ipBlocksMatchPods))
                (CollectionsMarshal.GetValueRefOrAddDefault(grants, peers, out _) ??= []).Add((ports, block.Subjects));
        }

        IndexSet[] sets = [.. grants.Keys.Select(peers => peers.And(classes.Firsts))];
        _speakers = [.. grants.Values.Select(make)];
        _starts = new int[endpointCount + 1];
        foreach (var set in sets)
        {
            foreach (var peer in set)
                _starts[peer + 1]++;
        }

        for (var i = 1; i < _starts.Length; i++)
            _starts[i] += _starts[i - 1];
        _of = new int[_starts[^1]];
        var next = _starts.AsSpan(0, endpointCount).ToArray();
        for (var s = 0; s < sets.Length; s++)
        {
            foreach (var peer in sets[s])
                _of[next[peer]++] = s;
        }
    }

    /// <summary>Positions of the speakers of a class.</summary>
    public ReadOnlySpan<int> Of(int peer) => _of.AsSpan(_starts[peer], _starts[peer + 1] - _starts[peer]);

    public T this[int position] => _speakers[position];
}
