using System.Numerics;

namespace NetPolTools.Sets;

/// <summary>
/// A set of small numbers, those of endpoints or of namespaces. Immutable; equal by content.
/// </summary>
/// <remarks>
/// Hot. A bit per member, in 64-bit words of which only those that are not zero are kept, with their positions in ascending order. Endpoints are
/// numbered by namespace, so a set within one namespace is a word or two, however large the cluster.
/// </remarks>
public sealed partial class IndexSet : IEquatable<IndexSet>
{
    public static readonly IndexSet Empty = new([], []);

    // Above this size, checking for a subset first costs more than it saves.
    private const int Few = 4;

    // Up to so many words are put together set by set rather than in a scratch space for all numbers.
    private const int FewForUnion = 32;

    private readonly int[] _positions;
    private readonly ulong[] _words;
    private int _hash;

    private IndexSet(int[] positions, ulong[] words)
    {
        _positions = positions;
        _words = words;
    }

    public bool IsEmpty => _words.Length == 0;

    public int Count
    {
        get
        {
            var count = 0;
            foreach (var word in _words)
                count += BitOperations.PopCount(word);
            return count;
        }
    }

    /// <summary>The smallest member.</summary>
    /// <exception cref="InvalidOperationException">The set is empty.</exception>
    public int First => IsEmpty
        ? throw new InvalidOperationException("An empty set has no first member.")
        : (_positions[0] * 64) + BitOperations.TrailingZeroCount(_words[0]);

    /// <summary>Where the words that are not zero stand, ascending.</summary>
    internal ReadOnlySpan<int> Positions => _positions;

    /// <summary>64 numbers each, at <see cref="Positions"/>.</summary>
    internal ReadOnlySpan<ulong> Words => _words;

    /// <param name="members">In any order, each any number of times.</param>
    public static IndexSet Of(IEnumerable<int> members)
    {
        var builder = new Builder();
        foreach (var member in members.Order())
            builder.Add(member);
        return builder.Build();
    }

    /// <param name="positions">Ascending.</param>
    /// <param name="words">By position; none of those named is zero.</param>
    internal static IndexSet Of(ReadOnlySpan<int> positions, ulong[] words)
    {
        if (positions.IsEmpty)
            return Empty;
        var picked = new ulong[positions.Length];
        for (var i = 0; i < picked.Length; i++)
            picked[i] = words[positions[i]];
        return new IndexSet(positions.ToArray(), picked);
    }

    /// <param name="positions">Ascending.</param>
    /// <param name="words">At these positions, none of them zero.</param>
    internal static IndexSet Copy(ReadOnlySpan<int> positions, ReadOnlySpan<ulong> words) =>
        positions.IsEmpty ? Empty : new IndexSet(positions.ToArray(), words.ToArray());

    /// <summary>All of them together.</summary>
    public static IndexSet UnionOf(IReadOnlyList<IndexSet> sets)
    {
        int end = 0, words = 0;
        foreach (var set in sets)
        {
            end = Math.Max(end, set.IsEmpty ? 0 : (set._positions[^1] + 1) * 64);
            words += set._words.Length;
        }

        if (sets.Count > 2 && words > FewForUnion)
            return new IndexSetAccumulator(end).UnionOf(sets);
        var all = Empty;
        for (var i = 0; i < sets.Count; i++)
            all = all.Union(sets[i]);
        return all;
    }

    /// <summary>Every number from <paramref name="start"/> up to, but not including, <paramref name="end"/>.</summary>
    public static IndexSet Range(int start, int end)
    {
        var builder = new Builder();
        builder.AddRange(start, end);
        return builder.Build();
    }

    public bool Contains(int index)
    {
        var word = FindWord(index >> 6);
        return word >= 0 && (_words[word] & (1UL << (index & 63))) != 0;
    }

    /// <summary>Those of 64 numbers that are members, a bit for each.</summary>
    /// <param name="position">Which 64: the members from this times 64 on.</param>
    internal ulong WordAt(int position)
    {
        var word = FindWord(position);
        return word < 0 ? 0 : _words[word];
    }

    /// <summary>The same for ascending positions, one after the other: it goes on from where the last was found.</summary>
    /// <param name="position">Not before the last.</param>
    /// <param name="at">0 at first.</param>
    internal ulong WordFrom(int position, ref int at)
    {
        if (at < _positions.Length && _positions[at] < position && ++at < _positions.Length && _positions[at] < position)
            at = LowerBound(position, at);
        return at < _positions.Length && _positions[at] == position ? _words[at] : 0;
    }

    /// <summary>The members from <paramref name="start"/> up to, but not including, <paramref name="end"/>.</summary>
    public IndexSet Slice(int start, int end)
    {
        if (IsEmpty || start >= end)
            return Empty;
        var from = LowerBound(start >> 6);
        var to = LowerBound(((end - 1) >> 6) + 1);
        if (from >= to)
            return Empty;

        var positions = _positions.AsSpan(from, to - from).ToArray();
        var words = _words.AsSpan(from, to - from).ToArray();
        if (positions[0] == start >> 6)
            words[0] &= ulong.MaxValue << (start & 63);
        if (positions[^1] == (end - 1) >> 6)
            words[^1] &= ulong.MaxValue >> (63 - ((end - 1) & 63));
        return Make(positions, words, words.Length);
    }

    public IndexSet Intersect(IndexSet other)
    {
        if (ReferenceEquals(this, other))
            return this;
        if (IsEmpty || other.IsEmpty)
            return Empty;
        if (_words.Length > other._words.Length)
            return other.Intersect(this);
        if (_words.Length <= Few && IsSubsetOf(other))
            return this;

        // This one is the shorter: skip through the longer.
        var positions = new int[_words.Length];
        var words = new ulong[_words.Length];
        var count = 0;
        var b = 0;
        var gallop = other._words.Length > 16 * _words.Length;
        for (var a = 0; a < _words.Length; a++)
        {
            var position = _positions[a];
            if (gallop)
            {
                b = other.LowerBound(position, b);
            }
            else
            {
                while (b < other._positions.Length && other._positions[b] < position)
                    b++;
            }

            if (b == other._positions.Length)
                break;
            if (other._positions[b] != position || (_words[a] & other._words[b]) == 0)
                continue;
            positions[count] = position;
            words[count++] = _words[a] & other._words[b];
        }

        return Trim(positions, words, count);
    }

    public bool Overlaps(IndexSet other)
    {
        int a = 0, b = 0;
        while (a < _words.Length && b < other._words.Length)
        {
            if (_positions[a] < other._positions[b])
                a++;
            else if (_positions[a] > other._positions[b])
                b++;
            else if ((_words[a++] & other._words[b++]) != 0)
                return true;
        }

        return false;
    }

    /// <summary>Whether there is something else in both sets than one number.</summary>
    internal bool OverlapsBut(IndexSet other, int number)
    {
        var (few, many) = _words.Length <= other._words.Length ? (this, other) : (other, this);
        var (left, inMany) = (number >> 6, 0);
        for (var i = 0; i < few._words.Length; i++)
        {
            var both = few._words[i] & many.WordFrom(few._positions[i], ref inMany);
            if (few._positions[i] == left)
                both &= ~(1UL << (number & 63));
            if (both != 0)
                return true;
        }

        return false;
    }

    /// <summary>Whether there is something in both sets that a third has not.</summary>
    internal bool OverlapsWithout(IndexSet other, IndexSet without)
    {
        if (without.IsEmpty)
            return Overlaps(other);
        var (few, many) = _words.Length <= other._words.Length ? (this, other) : (other, this);
        int inMany = 0, inLast = 0;
        for (var i = 0; i < few._words.Length; i++)
        {
            var position = few._positions[i];
            var both = few._words[i] & many.WordFrom(position, ref inMany);
            if (both != 0 && (both & ~without.WordFrom(position, ref inLast)) != 0)
                return true;
        }

        return false;
    }

    public IndexSet Except(IndexSet other)
    {
        if (ReferenceEquals(this, other))
            return Empty;
        if (IsEmpty || other.IsEmpty)
            return this;

        var positions = _positions.AsSpan().ToArray();
        var words = _words.AsSpan().ToArray();
        var b = 0;
        var gallop = other._words.Length > 16 * _words.Length;
        for (var a = 0; a < words.Length; a++)
        {
            if (gallop)
            {
                b = other.LowerBound(positions[a], b);
            }
            else
            {
                while (b < other._positions.Length && other._positions[b] < positions[a])
                    b++;
            }

            if (b == other._positions.Length)
                break;
            if (other._positions[b] == positions[a])
                words[a] &= ~other._words[b];
        }

        return Make(positions, words, words.Length);
    }

    public IndexSet Union(IndexSet other)
    {
        if (ReferenceEquals(this, other) || other.IsEmpty)
            return this;
        if (IsEmpty)
            return other;

        var positions = new int[_words.Length + other._words.Length];
        var words = new ulong[positions.Length];
        int a = 0, b = 0, count = 0;
        while (a < _words.Length || b < other._words.Length)
        {
            var pa = a < _words.Length ? _positions[a] : int.MaxValue;
            var pb = b < other._words.Length ? other._positions[b] : int.MaxValue;
            positions[count] = Math.Min(pa, pb);
            words[count++] = (pa <= pb ? _words[a] : 0) | (pb <= pa ? other._words[b] : 0);
            if (pa <= pb)
                a++;
            if (pb <= pa)
                b++;
        }

        return Trim(positions, words, count);
    }

    public Enumerator GetEnumerator() => new(this);

    public bool Equals(IndexSet? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && _words.AsSpan().SequenceEqual(other._words)
            && _positions.AsSpan().SequenceEqual(other._positions));

    public override bool Equals(object? obj) => Equals(obj as IndexSet);

    public override int GetHashCode()
    {
        if (_hash == 0)
            _hash = HashOf(_positions, _words);
        return _hash;
    }

    /// <summary>The hash code of a set of these words; never zero.</summary>
    internal static int HashOf(ReadOnlySpan<int> positions, ReadOnlySpan<ulong> words)
    {
        var hash = default(HashCode);
        for (var i = 0; i < words.Length; i++)
        {
            hash.Add(positions[i]);
            hash.Add(words[i]);
        }

        return hash.ToHashCode() | 1;
    }

    public override string ToString()
    {
        var members = new List<int>();
        foreach (var index in this)
            members.Add(index);
        return "{" + string.Join(",", members) + "}";
    }

    private static IndexSet Make(int[] positions, ulong[] words, int length)
    {
        var count = 0;
        for (var i = 0; i < length; i++)
        {
            if (words[i] == 0)
                continue;
            positions[count] = positions[i];
            words[count++] = words[i];
        }

        return Trim(positions, words, count);
    }

    private static IndexSet Trim(int[] positions, ulong[] words, int count)
    {
        if (count == 0)
            return Empty;
        return count == words.Length ? new IndexSet(positions, words) : new IndexSet(positions[..count], words[..count]);
    }

    internal bool IsSubsetOf(IndexSet other)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            if ((_words[i] & ~other.WordAt(_positions[i])) != 0)
                return false;
        }

        return true;
    }

    private int FindWord(int position)
    {
        var at = LowerBound(position);
        return at < _positions.Length && _positions[at] == position ? at : -1;
    }

    /// <summary>Where the first word at a position or behind it is.</summary>
    /// <param name="position">Any.</param>
    /// <param name="from">All words before this one stand before the position.</param>
    private int LowerBound(int position, int from = 0)
    {
        if (from == _positions.Length || position <= _positions[from])
            return from;
        if (position > _positions[^1])
            return _positions.Length;

        // Words lie at most as far apart as their positions: where there are few gaps, little is left to search.
        var low = Math.Max(from, _positions.Length - 1 - (_positions[^1] - position));
        var high = Math.Min(_positions.Length - 1, from + (position - _positions[from]));
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (_positions[middle] < position)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>Members in ascending order.</summary>
    public struct Enumerator
    {
        private readonly IndexSet _set;
        private int _next;
        private ulong _rest;

        internal Enumerator(IndexSet set)
        {
            _set = set;
        }

        public int Current { get; private set; }

        public bool MoveNext()
        {
            while (_rest == 0)
            {
                if (_next == _set._words.Length)
                    return false;
                _rest = _set._words[_next++];
            }

            Current = (_set._positions[_next - 1] * 64) + BitOperations.TrailingZeroCount(_rest);
            _rest &= _rest - 1;
            return true;
        }
    }
}
