namespace NetPolTools.Exposure;

/// <summary>Labels of which each lies in a set of values, one independent of the other. What a label selector can say is one box. Immutable.</summary>
internal sealed class LabelBox
{
    /// <summary>By the number of the key; null for every value.</summary>
    private readonly ValueSet?[] _values;

    private LabelBox(ValueSet?[] values) => _values = values;

    /// <summary>Labels of every kind.</summary>
    public static LabelBox Everything(int keys) => new(new ValueSet?[keys]);

    /// <summary>The values that the label with this key may have; null for all.</summary>
    public ValueSet? this[int key] => _values[key];

    public bool IsEverything => Array.TrueForAll(_values, static values => values is null);

    /// <summary>The same with other values of one key.</summary>
    /// <param name="key">Its number.</param>
    /// <param name="values">Null for all.</param>
    public LabelBox With(int key, ValueSet? values)
    {
        // Quicker than Clone, which asks the runtime each time.
        var changed = _values.AsSpan().ToArray();
        changed[key] = values;
        return new LabelBox(changed);
    }

    /// <summary>The part of it with these values of one key; null where there is none.</summary>
    public LabelBox? Among(int key, ValueSet values)
    {
        var both = _values[key]?.Intersect(values) ?? values;
        return both.IsEmpty ? null : ReferenceEquals(both, _values[key]) ? this : With(key, both);
    }

    /// <param name="other">Of the same space.</param>
    /// <param name="but">The number of a key whose values do not count; -1 for none.</param>
    public bool Overlaps(LabelBox other, int but = -1)
    {
        for (var key = 0; key < _values.Length; key++)
        {
            if (key != but && _values[key] is { } values && other._values[key] is { } others && !values.Overlaps(others))
                return false;
        }

        return true;
    }

    public bool Overlaps(IReadOnlyList<LabelBox> boxes)
    {
        for (var i = 0; i < boxes.Count; i++)
        {
            if (Overlaps(boxes[i]))
                return true;
        }

        return false;
    }

    /// <summary>What is left of it outside of another box, in disjoint boxes.</summary>
    /// <param name="other">Taken away.</param>
    /// <param name="space">Has the values of keys that are not restricted.</param>
    public IEnumerable<LabelBox> Except(LabelBox other, LabelSpace space)
    {
        if (!Overlaps(other))
        {
            yield return this;
            yield break;
        }

        var rest = this;
        for (var key = 0; key < _values.Length; key++)
        {
            if (other._values[key] is not { } others)
                continue;
            var own = rest._values[key] ?? space.All(key);
            if (own.Except(others) is { IsEmpty: false } outside)
                yield return rest.With(key, outside);
            rest = rest.With(key, own.Intersect(others));
        }
    }
}
