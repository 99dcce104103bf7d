namespace NetPolTools.Sets;

/// <summary>Gives equal sets one object, so that comparing references is enough afterwards. Thread safe.</summary>
/// <remarks>Hot: a set is looked up by its words before it is made, so that one that is known costs no memory.</remarks>
internal sealed class IndexSetPool
{
    // So that threads seldom wait for each other.
    private const int Shares = 16;

    // A namespace of up to some two hundred pods goes word by word, larger ones set by set.
    private const int MostWords = 4;

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

    /// <summary>Whether numbers lie within so few words that <see cref="Get{T}"/> can be asked for them.</summary>
    public static bool IsFew(int start, int end) => start >= end || ((end - 1) >> 6) - (start >> 6) < MostWords;

    /// <summary>Those of the numbers from <paramref name="start"/> up to, but not including, <paramref name="end"/> that are members of a set.</summary>
    /// <param name="start">The first.</param>
    /// <param name="end">Behind the last: <see cref="IsFew"/>.</param>
    /// <param name="of">The set.</param>
    public IndexSet Get<T>(int start, int end, T of)
        where T : IWords
    {
        if (start >= end)
            return IndexSet.Empty;
        int first = start >> 6, last = (end - 1) >> 6;
        Span<int> positions = stackalloc int[MostWords];
        Span<ulong> words = stackalloc ulong[MostWords];
        var found = 0;
        for (var position = first; position <= last; position++)
        {
            var word = ulong.MaxValue;
            if (position == first)
                word &= ulong.MaxValue << (start & 63);
            if (position == last)
                word &= ulong.MaxValue >> (63 - ((end - 1) & 63));
            word &= of.WordAt(position);
            if (word == 0)
                continue;
            positions[found] = position;
            words[found++] = word;
        }

        return Get(positions[..found], words[..found]);
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
