using NetPolTools.Objects;

namespace NetPolTools.Linting;

/// <summary>
/// Finds, among many selectors, those that match whatever a given one matches. Each is filed under one label that it asks for, the rarest, so that of thousands
/// only few are looked at. Not thread safe.
/// </summary>
internal sealed class WiderSelectors<T>(SelectorDemands demands)
{
    private readonly List<(LabelSelector Selector, T Item)> _all = [];
    private readonly List<(LabelSelector Selector, T Item)> _everything = [];
    private readonly Dictionary<(string Key, string? Value), List<(LabelSelector Selector, T Item)>> _filed = [];
    private bool _isFiled;

    /// <summary>Before the first question.</summary>
    public void Add(LabelSelector selector, T item) => _all.Add((selector, item));

    /// <summary>Those that cover a selector, itself among them where it was added.</summary>
    public IEnumerable<T> Covering(LabelSelector narrower)
    {
        if (!_isFiled)
            File();
        var candidates = _everything.AsEnumerable();
        foreach (var (key, demand) in demands.Of(narrower))
        {
            candidates = candidates.Concat(Filed(key, null));
            if (demand.OnlyValue is { } value)
                candidates = candidates.Concat(Filed(key, value));
        }

        return candidates.Where(candidate => demands.Covers(candidate.Selector, narrower)).Select(static candidate => candidate.Item);
    }

    private List<(LabelSelector Selector, T Item)> Filed(string key, string? value) => _filed.TryGetValue((key, value), out var filed) ? filed : [];

    /// <summary>What has to be a value is filed under it, and what asks something else of a label under the label.</summary>
    private void File()
    {
        _isFiled = true;
        var counts = new Dictionary<(string, string), int>();
        foreach (var label in _all.SelectMany(entry => Fixed(entry.Selector)))
            counts[label] = counts.GetValueOrDefault(label) + 1;
        foreach (var entry in _all)
        {
            (string Key, string? Value)? label = Fixed(entry.Selector).OrderBy(fixedTo => counts[fixedTo]).Select(static fixedTo =>
                ((string Key, string? Value)?)(fixedTo.Key, fixedTo.Value)).FirstOrDefault();
            label ??= demands.Of(entry.Selector).Keys.Select(static key => ((string Key, string? Value)?)(key, null)).FirstOrDefault();
            if (label is not { } under)
            {
                _everything.Add(entry);
                continue;
            }

            if (!_filed.TryGetValue(under, out var filed))
                _filed.Add(under, filed = []);
            filed.Add(entry);
        }
    }

    private IEnumerable<(string Key, string Value)> Fixed(LabelSelector selector)
    {
        foreach (var (key, demand) in demands.Of(selector))
        {
            if (demand.OnlyValue is { } value)
                yield return (key, value);
        }
    }
}
