namespace NetPolTools.Reports;

/// <summary>Values that are written once and named by their numbers.</summary>
internal sealed class Pooled<T>
    where T : notnull
{
    private readonly Dictionary<T, int> _numbers = [];
    private readonly List<T> _values = [];

    public IReadOnlyList<T> Values => _values;

    public int NumberOf(T value)
    {
        if (!_numbers.TryGetValue(value, out var number))
        {
            _numbers.Add(value, number = _values.Count);
            _values.Add(value);
        }

        return number;
    }
}
