namespace NetPolTools.Sets;

/// <summary>Gives equal sets one object, so that comparing references is enough afterwards. Thread safe.</summary>
/// <remarks>Hot: a set is looked up by its words before it is made, so that one that is known costs no memory.</remarks>
internal sealed class IndexSetPool
{
    // So that threads seldom wait for each other.
    private const int Shares = 16;

    private readonly Share[] _shares = [.. Enumerable.Range(0, Shares).Select(static _ => new Share())];

    public IndexSet Get(IndexSet set) => set.IsEmpty ? IndexSet.Empty : ShareOf(set.GetHashCode()).Get(set.GetHashCode(), set.Positions, set.Words, set);

    /// <param name="positions">Ascending.</param>
    /// <param name="words">At these positions, none of them zero.</param>
    public IndexSet Get(ReadOnlySpan<int> positions, ReadOnlySpan<ulong> words)
    {
        if (words.IsEmpty)
            return IndexSet.Empty;
        var hash = IndexSet.HashOf(positions, words);
        return ShareOf(hash).Get(hash, positions, words, null);
    }

    /// <summary>What two sets have in common.</summary>
    public IndexSet Both(IndexSet a, IndexSet b)
    {
        if (a.Words.Length > b.Words.Length)
            (a, b) = (b, a);
        if (a.Words.Length > 1)
            return Get(a.Intersect(b));
        if (a.IsEmpty)
            return a;
        var position = a.Positions[0];
        var word = a.Words[0] & b.WordAt(position);
        return word == 0 ? IndexSet.Empty : Get([position], [word]);
    }

    private Share ShareOf(int hash) => _shares[(uint)hash >> 28];

    /// <summary>A hash table with open addresses.</summary>
    private sealed class Share
    {
        private readonly object _lock = new();
        private IndexSet?[] _slots = new IndexSet?[64];
        private int _count;

        public IndexSet Get(int hash, ReadOnlySpan<int> positions, ReadOnlySpan<ulong> words, IndexSet? made)
        {
            lock (_lock)
            {
                var slot = hash & (_slots.Length - 1);
                for (; _slots[slot] is { } known; slot = (slot + 1) & (_slots.Length - 1))
                {
                    if (known.GetHashCode() == hash && known.Words.SequenceEqual(words) && known.Positions.SequenceEqual(positions))
                        return known;
                }

                var set = _slots[slot] = made ?? IndexSet.Copy(positions, words);
                if (++_count * 2 > _slots.Length)
                    Grow();
                return set;
            }
        }

        private void Grow()
        {
            var before = _slots;
            _slots = new IndexSet?[before.Length * 2];
            foreach (var set in before)
            {
                if (set is null)
                    continue;
                var slot = set.GetHashCode() & (_slots.Length - 1);
                while (_slots[slot] is not null)
                    slot = (slot + 1) & (_slots.Length - 1);
                _slots[slot] = set;
            }
        }
    }
}
