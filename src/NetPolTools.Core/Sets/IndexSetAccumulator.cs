using System.Runtime.CompilerServices;

namespace NetPolTools.Sets;

/// <summary>Puts many sets together, to be used again and again without allocating. Not thread safe.</summary>
/// <remarks>Hot: a bit for every number there is, and a list of the words that are not zero, so that emptying costs no more than filling.</remarks>
internal sealed class IndexSetAccumulator(int count)
{
    /// <summary>Up to so many words for each that is not zero, going through all of them takes less than sorting the positions of those.</summary>
    private const int WordsWorthLooking = 16;

    private readonly ulong[] _words = new ulong[(count + 63) / 64];
    private readonly int[] _touched = new int[(count + 63) / 64];
    private int _touchedCount;

    /// <summary>The positions of words that are not zero, in no order.</summary>
    public ReadOnlySpan<int> Touched => _touched.AsSpan(0, _touchedCount);

    public ulong this[int position] => _words[position];

    public void Add(IndexSet set)
    {
        ReadOnlySpan<int> positions = set.Positions;
        ReadOnlySpan<ulong> words = set.Words;
        if (_touchedCount == 0)
        {
            for (var i = 0; i < words.Length; i++)
                _words[positions[i]] = words[i];
            positions.CopyTo(_touched);
            _touchedCount = positions.Length;
            return;
        }

        for (var i = 0; i < words.Length; i++)
            Put(positions[i], words[i]);
    }

    /// <summary>Adds the members of a set that another has not.</summary>
    public void AddWithout(IndexSet set, IndexSet other)
    {
        if (other.IsEmpty)
        {
            Add(set);
            return;
        }

        ReadOnlySpan<int> positions = set.Positions, otherPositions = other.Positions;
        ReadOnlySpan<ulong> words = set.Words, otherWords = other.Words;
        var at = 0;
        for (var i = 0; i < words.Length; i++)
        {
            var position = positions[i];
            while (at < otherPositions.Length && otherPositions[at] < position)
                at++;
            Put(position, at < otherPositions.Length && otherPositions[at] == position ? words[i] & ~otherWords[at] : words[i]);
        }
    }

    /// <summary>Adds what has been put together elsewhere, but for the members of a set.</summary>
    public void AddWithout(IndexSetAccumulator added, IndexSet other)
    {
        foreach (var position in added.Touched)
            Put(position, added[position] & ~other.WordAt(position));
    }

    /// <summary>Adds what two sets have in common.</summary>
    public void AddBoth(IndexSet a, IndexSet b)
    {
        if (a.Words.Length > b.Words.Length)
            (a, b) = (b, a);
        ReadOnlySpan<int> positions = a.Positions, otherPositions = b.Positions;
        ReadOnlySpan<ulong> words = a.Words, otherWords = b.Words;
        if (otherWords.Length > 16 * words.Length)
        {
            for (var i = 0; i < words.Length; i++)
                Put(positions[i], words[i] & b.WordAt(positions[i]));
            return;
        }

        var at = 0;
        for (var i = 0; i < words.Length; i++)
        {
            var position = positions[i];
            while (at < otherPositions.Length && otherPositions[at] < position)
                at++;
            if (at == otherPositions.Length)
                return;
            if (otherPositions[at] == position)
                Put(position, words[i] & otherWords[at]);
        }
    }

    /// <summary>Adds what two sets have in common and a third has not.</summary>
    public void AddBothWithout(IndexSet a, IndexSet b, IndexSet without)
    {
        if (without.IsEmpty)
        {
            AddBoth(a, b);
            return;
        }

        if (a.Words.Length > b.Words.Length)
            (a, b) = (b, a);
        int inOther = 0, inLast = 0;
        for (var i = 0; i < a.Words.Length; i++)
        {
            var position = a.Positions[i];
            var both = a.Words[i] & b.WordFrom(position, ref inOther);
            if (both != 0)
                Put(position, both & ~without.WordFrom(position, ref inLast));
        }
    }

    /// <summary>Adds what a set has in common with another, which is given as a bit for every number there is.</summary>
    public void AddBoth(IndexSet set, ReadOnlySpan<ulong> bits)
    {
        ReadOnlySpan<int> positions = set.Positions;
        ReadOnlySpan<ulong> words = set.Words;
        for (var i = 0; i < words.Length; i++)
            Put(positions[i], words[i] & bits[positions[i]]);
    }

    /// <summary>All of them together; what was here before may be forgotten.</summary>
    public IndexSet UnionOf(IReadOnlyList<IndexSet> sets)
    {
        if (sets.Count == 0)
            return IndexSet.Empty;
        if (sets.Count == 1)
            return sets[0];
        Clear();
        for (var i = 0; i < sets.Count; i++)
            Add(sets[i]);
        return ToSet();
    }

    public bool Contains(int index) => (_words[index >> 6] & (1UL << (index & 63))) != 0;

    public void Add(int index) => Put(index >> 6, 1UL << (index & 63));

    public IndexSet ToSet()
    {
        Order();
        return IndexSet.Of(Touched, _words);
    }

    public void Clear()
    {
        foreach (var position in Touched)
            _words[position] = 0;
        _touchedCount = 0;
    }

    private void Order()
    {
        if (_touchedCount == 0)
            return;
        var (least, greatest, isAscending) = (_touched[0], _touched[0], true);
        for (var i = 1; i < _touchedCount; i++)
        {
            var position = _touched[i];
            isAscending &= position > _touched[i - 1];
            least = Math.Min(least, position);
            greatest = Math.Max(greatest, position);
        }

        if (isAscending)
            return;
        if (greatest - least >= WordsWorthLooking * _touchedCount)
        {
            Array.Sort(_touched, 0, _touchedCount);
            return;
        }

        var count = 0;
        for (var position = least; count < _touchedCount; position++)
        {
            if (_words[position] != 0)
                _touched[count++] = position;
        }
    }

    // Until tier-1 JIT, the loops above would call this through a stub per word.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(int position, ulong word)
    {
        ref var target = ref _words[position];
        if (target == 0 && word != 0)
            _touched[_touchedCount++] = position;
        target |= word;
    }
}
