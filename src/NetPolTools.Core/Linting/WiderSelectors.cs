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
    public T[] Covering(LabelSelector narrower)
    {
        if (!_isFiled)
            File();
        List<T>? covering = null;
        AddCovering(_everything, narrower, ref covering);
        foreach (var (key, demand) in demands.Of(narrower))
        {
            AddCovering(_filed.GetValueOrDefault((key, null)), narrower, ref covering);
            if (demand.OnlyValue is { } value)
                AddCovering(_filed.GetValueOrDefault((key, value)), narrower, ref covering);
        }

        return covering?.ToArray() ?? [];
    }

    private void AddCovering(List<(LabelSelector Selector, T Item)>? candidates, LabelSelector narrower, ref List<T>? covering)
    {
        for (var i = 0; i < candidates?.Count; i++)
        {
            if (demands.Covers(candidates[i].Selector, narrower))
                (covering ??= []).Add(candidates[i].Item);
        }
    }

    /// <summary>What has to be a value is filed under it, and what asks something else of a label under the label.</summary>
    private void File()
    {
        _isFiled = true;
        Dictionary<(string, string), int>? counts = _all.Count == 1 ? null : [];
        for (var i = 0; i < _all.Count && counts is not null; i++)
        {
            foreach (var (key, demand) in demands.Of(_all[i].Selector))
            {
                if (demand.OnlyValue is { } value)
                    counts[(key, value)] = counts.GetValueOrDefault((key, value)) + 1;
            }
        }

        foreach (var entry in _all)
        {
            if (Label(entry.Selector, counts) is not { } under)
            {
                _everything.Add(entry);
                continue;
            }

            if (!_filed.TryGetValue(under, out var filed))
                _filed.Add(under, filed = []);
            filed.Add(entry);
        }
    }

    /// <summary>The rarest label of which it has to be one value, or else the first that it asks about; null where it asks about none.</summary>
    /// <param name="selector">Of those added.</param>
    /// <param name="counts">How many ask for each label; null where there is but one.</param>
    private (string Key, string? Value)? Label(LabelSelector selector, Dictionary<(string, string), int>? counts)
    {
        (string Key, string? Value)? label = null;
        var rarest = int.MaxValue;
        foreach (var (key, demand) in demands.Of(selector))
        {
            if (demand.OnlyValue is { } value && (counts?[(key, value)] ?? 1) is var count && count < rarest)
                (label, rarest) = ((key, value), count);
            label ??= (key, null);
        }

        return label;
    }
}
