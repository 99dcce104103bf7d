using System.Collections;

namespace NetPolTools.Objects;

/// <summary>The labels of one object: distinct keys in ordinal order. Equal by content.</summary>
public sealed class LabelSet : IReadOnlyCollection<KeyValuePair<string, string>>, IEquatable<LabelSet>
{
    public static readonly LabelSet Empty = new([]);

    private readonly KeyValuePair<string, string>[] _labels;
    private readonly int _hash;

    private LabelSet(KeyValuePair<string, string>[] sorted)
    {
        _labels = sorted;
        var hash = new HashCode();
        foreach (var (key, value) in sorted)
        {
            hash.Add(key);
            hash.Add(value);
        }

        _hash = hash.ToHashCode();
    }

    public int Count => _labels.Length;

    /// <summary>The same, for loops that are to make no enumerator.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Pairs => _labels;

    /// <exception cref="ArgumentException">A key stands twice.</exception>
    public static LabelSet Create(IEnumerable<KeyValuePair<string, string>> labels)
    {
        var sorted = labels.ToArray();
        if (sorted.Length == 0)
            return Empty;
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Key == sorted[i - 1].Key)
                throw new ArgumentException($"The label {sorted[i].Key} stands twice.", nameof(labels));
        }

        return new LabelSet(sorted);
    }

    /// <summary>These labels with one of them set.</summary>
    public LabelSet With(string key, string value) => TryGet(key, out var present) && present == value
        ? this
        : Create(_labels.Where(label => label.Key != key).Append(new KeyValuePair<string, string>(key, value)));

    /// <summary>These labels without one of them.</summary>
    public LabelSet Without(string key) => TryGet(key, out _) ? Create(_labels.Where(label => label.Key != key)) : this;

    public bool TryGet(string key, out string value)
    {
        foreach (var label in _labels)
        {
            if (label.Key == key)
            {
                value = label.Value;
                return true;
            }
        }

        value = "";
        return false;
    }

    public bool Equals(LabelSet? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null || _hash != other._hash || _labels.Length != other._labels.Length)
            return false;
        for (var i = 0; i < _labels.Length; i++)
        {
            if (_labels[i].Key != other._labels[i].Key || _labels[i].Value != other._labels[i].Value)
                return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    public override int GetHashCode() => _hash;

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, string>>)_labels).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(",", _labels.Select(static label => $"{label.Key}={label.Value}"));
}
