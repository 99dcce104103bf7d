using System.Numerics;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>Scratch space for scanning some classes as destinations. Not thread safe; one scan at a time.</summary>
public sealed class DestinationScan
{
    // Beyond this many grants for a destination, asking its rule set takes less than going through them.
    private const int MostGrantsForEach = 4;

    // Classes of one namespace share their rule sets with their neighbours.
    private const int MostSendersRemembered = 64;

    private readonly IndexSet _isolated;
    private readonly IndexSetAccumulator _sent;

    /// <summary>By egress rule set, every endpoint that it names; and of these sets, those that are isolated.</summary>
    private readonly Dictionary<RuleSet, IndexSet> _sentBy = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<IndexSet, IndexSet> _isolatedOf = new(ReferenceEqualityComparer.Instance);
    private readonly IndexSetAccumulator _asked;
    private readonly IndexSetAccumulator _found;

    /// <summary>By class, what is let in from the source; null where that is not known.</summary>
    private readonly PortSet?[] _received;
    private IndexSet _askedNow = IndexSet.Empty;
    private IndexSet _foundNow = IndexSet.Empty;

    internal DestinationScan(IndexSet isolated, IndexSet notIsolated, int endpointCount)
    {
        _isolated = isolated;
        NotIsolated = notIsolated;
        _sent = new IndexSetAccumulator(endpointCount);
        _asked = new IndexSetAccumulator(endpointCount);
        _found = new IndexSetAccumulator(endpointCount);
        _received = new PortSet?[endpointCount];
    }

    /// <summary>Those that no policy isolates for ingress.</summary>
    internal IndexSet NotIsolated { get; }

    /// <summary>Every endpoint that some egress rule of a source names.</summary>
    internal IndexSet SentBy(RuleSet egress)
    {
        if (_sentBy.TryGetValue(egress, out var known))
            return known;
        _sent.Clear();
        egress.AddPeers(_sent);
        if (_sentBy.Count == MostSendersRemembered)
        {
            _sentBy.Clear();
            _isolatedOf.Clear();
        }

        _sentBy.Add(egress, known = _sent.ToSet());
        _isolatedOf[known] = known.Intersect(_isolated);
        return known;
    }

    /// <summary>Those that are isolated for ingress, and have a rule that names the source.</summary>
    /// <param name="index">By source, the subjects whose ingress rules name it.</param>
    /// <param name="sourceClass">The source.</param>
    /// <param name="sent">Only these count; null for all.</param>
    /// <param name="ports">Remembers unions.</param>
    internal IndexSet Isolated(DestinationIndex index, int sourceClass, IndexSet? sent, PortSetPool ports)
    {
        foreach (var destination in _foundNow)
            _received[destination] = null;
        _found.Clear();
        _foundNow = IndexSet.Empty;
        var asked = sent is null ? _isolated : _isolatedOf.TryGetValue(sent, out var known) ? known : sent.Intersect(_isolated);
        if (asked.IsEmpty)
            return asked;
        var grantors = index.IngressGrantors;
        var positions = grantors.SetsWith(sourceClass);
        var grants = 0L;
        foreach (var position in positions)
            grants += grantors[position].SubjectCount;
        if (grants > MostGrantsForEach * (long)asked.Count)
        {
            foreach (var position in positions)
                _found.AddBoth(grantors[position].Any, asked);
        }
        else
        {
            Ask(asked);
            var silent = index.OwnPeers?.SubjectsWith(sourceClass) ?? IndexSet.Empty;
            foreach (var position in positions)
                Collect(grantors[position], grantors.IsShared(position) ? silent : IndexSet.Empty, ports);
        }

        return _foundNow = _found.ToSet();
    }

    /// <summary>Of a destination that <see cref="Isolated"/> found, the ports on which it lets the source in; null where its rule set is to be asked.</summary>
    internal PortSet? Received(int destination) => _received[destination];

    private void Ask(IndexSet asked)
    {
        if (ReferenceEquals(asked, _askedNow))
            return;
        _asked.Clear();
        _asked.Add(asked);
        _askedNow = asked;
    }

    private void Collect(IngressGrantors grantors, IndexSet silent, PortSetPool ports)
    {
        foreach (var (granted, subjects) in grantors.Grants)
        {
            ReadOnlySpan<int> positions = subjects.Positions;
            ReadOnlySpan<ulong> words = subjects.Words;
            var inSilent = 0;
            for (var i = 0; i < words.Length; i++)
            {
                var word = words[i] & _asked[positions[i]];
                if (word == 0)
                    continue;
                for (word &= ~silent.WordFrom(positions[i], ref inSilent); word != 0; word &= word - 1)
                {
                    var subject = (positions[i] << 6) + BitOperations.TrailingZeroCount(word);
                    ref var received = ref _received[subject];
                    received = received is null ? granted : ports.Union(received, granted);
                    _found.Add(subject);
                }
            }
        }
    }
}
