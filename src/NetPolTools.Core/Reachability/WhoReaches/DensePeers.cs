using System.Collections.Concurrent;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// A peer set as a bitmap, so that intersecting it costs only the other set. For sets that thousands of rules name, such as all web pods of production.
/// Immutable.
/// </summary>
internal sealed class DensePeers
{
    private readonly ulong[] _bits;

    /// <param name="peers">Endpoints.</param>
    /// <param name="notIsolated">Classes that no policy isolates in the other direction.</param>
    /// <param name="count">All endpoints.</param>
    public DensePeers(IndexSet peers, IndexSet notIsolated, int count)
    {
        _bits = new ulong[(count + 63) / 64];
        for (var i = 0; i < peers.Words.Length; i++)
            _bits[peers.Positions[i]] = peers.Words[i];
        NotIsolated = peers.Intersect(notIsolated);
    }

    /// <summary>A bit for every endpoint there is.</summary>
    public ReadOnlySpan<ulong> Bits => _bits;

    /// <summary>Those of them that no policy isolates in the other direction.</summary>
    public IndexSet NotIsolated { get; }
}

/// <summary>Prepares each set once. Thread safe.</summary>
internal sealed class DensePeersPool(IndexSet notIsolated, int count)
{
    // Smaller sets are gone through faster; those that fill less of the cluster would take much more memory than they do.
    private const int FewestWords = 64;
    private const int LeastPart = 8;

    private readonly int _fewestWords = Math.Max(FewestWords, count / 64 / LeastPart);
    private readonly ConcurrentDictionary<IndexSet, DensePeers> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Null where it would not pay.</summary>
    public DensePeers? Get(IndexSet peers) => peers.Words.Length < _fewestWords
        ? null
        : _known.GetOrAdd(peers, static (peers, pool) => pool.Make(peers), this);

    private DensePeers Make(IndexSet peers) => new(peers, notIsolated, count);
}
