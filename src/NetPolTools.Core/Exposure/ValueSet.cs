using System.Numerics;

namespace NetPolTools.Exposure;

/// <summary>Some of the values that a label may have, by their numbers in a <see cref="LabelSpace"/>. Immutable.</summary>
internal sealed class ValueSet : IEquatable<ValueSet>
{
    private readonly ulong[] _words;

    private ValueSet(ulong[] words) => _words = words;

    /// <param name="count">How many values there are.</param>
    /// <param name="holds">Whether a value is in the set.</param>
    public static ValueSet Where(int count, Func<int, bool> holds)
    {
        var words = new ulong[(count + 63) / 64];
        for (var i = 0; i < count; i++)
        {
            if (holds(i))
                words[i >> 6] |= 1UL << (i & 63);
        }

        return new ValueSet(words);
    }

    /// <param name="count">How many values there are.</param>
    /// <param name="members">Those in the set, in any order.</param>
    public static ValueSet Of(int count, IReadOnlyList<int> members)
    {
        var words = new ulong[(count + 63) / 64];
        for (var i = 0; i < members.Count; i++)
            words[members[i] >> 6] |= 1UL << (members[i] & 63);
        return new ValueSet(words);
    }

    public bool IsEmpty => !_words.AsSpan().ContainsAnyExcept(0UL);

    public int Count => _words.Sum(BitOperations.PopCount);

    public bool Contains(int value) => (_words[value >> 6] & (1UL << (value & 63))) != 0;

    // A key may have thousands of values, and most conditions ask for one of them: what comes out is mostly one of the two sets.
    public ValueSet Intersect(ValueSet other)
    {
        if (IsSubsetOf(other))
            return this;
        if (other.IsSubsetOf(this))
            return other;
        var words = new ulong[_words.Length];
        for (var i = 0; i < words.Length; i++)
            words[i] = _words[i] & other._words[i];
        return new ValueSet(words);
    }

    public ValueSet Union(ValueSet other)
    {
        if (IsSubsetOf(other))
            return other;
        if (other.IsSubsetOf(this))
            return this;
        var words = new ulong[_words.Length];
        for (var i = 0; i < words.Length; i++)
            words[i] = _words[i] | other._words[i];
        return new ValueSet(words);
    }

    public ValueSet Except(ValueSet other)
    {
        if (!Overlaps(other))
            return this;
        var words = new ulong[_words.Length];
        for (var i = 0; i < words.Length; i++)
            words[i] = _words[i] & ~other._words[i];
        return new ValueSet(words);
    }

    public bool Overlaps(ValueSet other)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            if ((_words[i] & other._words[i]) != 0)
                return true;
        }

        return false;
    }

    /// <summary>Ascending.</summary>
    public IEnumerable<int> Values()
    {
        for (var i = 0; i < _words.Length; i++)
        {
            for (var word = _words[i]; word != 0; word &= word - 1)
                yield return (i * 64) + BitOperations.TrailingZeroCount(word);
        }
    }

    public bool Equals(ValueSet? other) => other is not null && _words.AsSpan().SequenceEqual(other._words);

    public override bool Equals(object? obj) => Equals(obj as ValueSet);

    public override int GetHashCode() => _words.Aggregate(0, static (hash, word) => HashCode.Combine(hash, word));

    private bool IsSubsetOf(ValueSet other)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            if ((_words[i] & ~other._words[i]) != 0)
                return false;
        }

        return true;
    }
}
