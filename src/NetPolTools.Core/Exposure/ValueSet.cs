using NetPolTools.Sets;

namespace NetPolTools.Exposure;

/// <summary>
/// Some of the values that a label may have, by their numbers in a <see cref="LabelSpace"/>. The last value stands for all that nothing names, and a set is
/// kept as the values that are otherwise than it: a key may have thousands of values, of which most sets have few, or all but a few. Immutable.
/// </summary>
internal sealed class ValueSet : IEquatable<ValueSet>
{
    private readonly int _count;
    private readonly bool _hasLast;
    private readonly IndexSet _otherwise;

    private ValueSet(int count, bool hasLast, IndexSet otherwise) => (_count, _hasLast, _otherwise) = (count, hasLast, otherwise);

    /// <param name="count">How many values there are.</param>
    /// <param name="holds">Whether a value is in the set.</param>
    public static ValueSet Where(int count, Func<int, bool> holds)
    {
        var hasLast = holds(count - 1);
        var otherwise = new IndexSet.Builder();
        for (var i = 0; i < count - 1; i++)
        {
            if (holds(i) != hasLast)
                otherwise.Add(i);
        }

        return new ValueSet(count, hasLast, otherwise.Build());
    }

    /// <param name="count">How many values there are.</param>
    /// <param name="members">Those in the set, in any order; the last is not among them.</param>
    public static ValueSet Of(int count, IReadOnlyList<int> members) => new(count, false, IndexSet.Of(members));

    public bool IsEmpty => !_hasLast && _otherwise.IsEmpty;

    public int Count => _hasLast ? _count - _otherwise.Count : _otherwise.Count;

    public bool Contains(int value) => _otherwise.Contains(value) != _hasLast;

    public ValueSet Intersect(ValueSet other) => Intersect(other, other._hasLast);

    public ValueSet Except(ValueSet other) => Intersect(other, !other._hasLast);

    /// <summary>Those that are in none of some sets of the same label.</summary>
    public ValueSet Except(IReadOnlyCollection<ValueSet> others)
    {
        IndexSet[] few = [.. others.Where(static other => !other._hasLast).Select(static other => other._otherwise)];
        var left = Except(new ValueSet(_count, false, IndexSet.UnionOf(few)));
        return others.Where(static other => other._hasLast).Aggregate(left, static (rest, other) => rest.Except(other));
    }

    public bool Overlaps(ValueSet other) => (_hasLast, other._hasLast) switch
    {
        (true, true) => true,
        (false, false) => _otherwise.Overlaps(other._otherwise),
        (false, true) => !_otherwise.IsSubsetOf(other._otherwise),
        (true, false) => !other._otherwise.IsSubsetOf(_otherwise),
    };

    /// <summary>Ascending.</summary>
    public IEnumerable<int> Values()
    {
        var next = 0;
        foreach (var value in _otherwise)
        {
            if (!_hasLast)
                yield return value;
            while (_hasLast && next < value)
                yield return next++;
            next = value + 1;
        }

        while (_hasLast && next < _count)
            yield return next++;
    }

    public bool Equals(ValueSet? other) => other is not null && _hasLast == other._hasLast && _otherwise.Equals(other._otherwise);

    public override bool Equals(object? obj) => Equals(obj as ValueSet);

    public override int GetHashCode() => HashCode.Combine(_hasLast, _otherwise);

    /// <param name="other">This, or all values but those of it.</param>
    /// <param name="hasLast">Whether the last value is among the values meant.</param>
    private ValueSet Intersect(ValueSet other, bool hasLast)
    {
        var otherwise = (_hasLast, hasLast) switch
        {
            (true, true) => _otherwise.Union(other._otherwise),
            (false, false) => _otherwise.Intersect(other._otherwise),
            (false, true) => _otherwise.Except(other._otherwise),
            (true, false) => other._otherwise.Except(_otherwise),
        };

        // What comes out is mostly one of the two sets.
        var both = _hasLast && hasLast;
        return both == _hasLast && otherwise.Equals(_otherwise) ? this
            : both == other._hasLast && otherwise.Equals(other._otherwise) ? other
            : new ValueSet(_count, both, otherwise);
    }
}
