using System.Collections.Concurrent;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// Peers from all over the cluster, such as all web pods of production, of which thousands of rules speak: prepared once, so that what they have in common
/// with others is found without going through all of them. Immutable.
/// </summary>
internal sealed class WidePeers
{
    private readonly ulong[] _bits;

    /// <param name="peers">Endpoints.</param>
    /// <param name="notIsolated">Classes that no policy isolates for egress.</param>
    /// <param name="count">All endpoints.</param>
    public WidePeers(IndexSet peers, IndexSet notIsolated, int count)
    {
        _bits = new ulong[(count + 63) / 64];
        for (var i = 0; i < peers.Words.Length; i++)
            _bits[peers.Positions[i]] = peers.Words[i];
        NotIsolated = peers.And(notIsolated);
    }

    /// <summary>A bit for every endpoint there is.</summary>
    public ReadOnlySpan<ulong> Bits => _bits;

    /// <summary>Those of them that no policy isolates for egress.</summary>
    public IndexSet NotIsolated { get; }
}

/// <summary>Prepares each set once. Thread safe.</summary>
internal sealed class WidePeersPool(IndexSet notIsolated, int count)
{
    // Smaller sets are gone through faster; those that fill less of the cluster would take much more memory than they do.
    private const int FewestWords = 64;
    private const int LeastPart = 8;

    private readonly int _fewestWords = Math.Max(FewestWords, count / 64 / LeastPart);
    private readonly ConcurrentDictionary<IndexSet, WidePeers> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Null where it would not pay.</summary>
    public WidePeers? Get(IndexSet peers) => peers.Words.Length < _fewestWords
        ? null
        : _known.GetOrAdd(peers, static (peers, pool) => pool.Make(peers), this);

    private WidePeers Make(IndexSet peers) => new(peers, notIsolated, count);
}
