namespace NetPolTools.Sources;

/// <summary>What a document says, without how it is written, to be changed and compared.</summary>
internal sealed class SourceValue
{
    private string? _scalar;
    private List<(string Key, SourceValue Value)>? _fields;
    private List<SourceValue>? _items;

    /// <summary>Values of a node.</summary>
    public static SourceValue Of(SourceNode node) => node.Kind switch
    {
        SourceNodeKind.Map => new SourceValue { _fields = [.. node.Entries.Select(static entry => (entry.Key.Value, Of(entry.Value)))] },
        SourceNodeKind.List => new SourceValue { _items = [.. node.Items.Select(Of)] },

        // What is plain may be a number or a boolean, and what has quotes is text.
        SourceNodeKind.Scalar => new SourceValue { _scalar = (node.IsDelimited ? "\"" : "") + node.Value },
        _ => new SourceValue { _scalar = "*" + node.Value },
    };

    public SourceValue? Find(string path)
    {
        var found = this;
        foreach (var step in path.Length == 0 ? [] : path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            found = step[0] == '[' ? found._items?.ElementAtOrDefault(int.Parse(step[1..^1], System.Globalization.CultureInfo.InvariantCulture))
                : found._fields?.FirstOrDefault(field => field.Key == step).Value;
            if (found is null)
                return null;
        }

        return found;
    }

    public bool Add(string key, SourceValue value, string? after)
    {
        if (_fields is null || _fields.Exists(field => field.Key == key))
            return false;
        var at = _fields.FindIndex(field => field.Key == after);
        _fields.Insert(at < 0 ? _fields.Count : at + 1, (key, value));
        return true;
    }

    public bool Add(SourceValue item)
    {
        _items?.Add(item);
        return _items is not null;
    }

    public bool Rename(string key, string newKey)
    {
        var at = _fields?.FindIndex(field => field.Key == key) ?? -1;
        if (at < 0)
            return false;
        _fields![at] = (newKey, _fields[at].Value);
        return true;
    }

    public void Become(SourceValue other) => (_scalar, _fields, _items) = (other._scalar, other._fields, other._items);

    public bool Remove(string key) => _fields?.RemoveAll(field => field.Key == key) == 1;

    public bool RemoveAt(int index)
    {
        if (_items is null || index >= _items.Count)
            return false;
        _items.RemoveAt(index);
        return true;
    }

    public bool Move(int index, int before)
    {
        if (_items is null || index >= _items.Count)
            return false;
        var item = _items[index];
        _items.RemoveAt(index);
        _items.Insert(before, item);
        return true;
    }

    public bool Join(int index)
    {
        if (_items is null || index + 1 >= _items.Count || _items[index]._fields is not { } first || _items[index + 1]._fields is not { } second)
            return false;
        first.AddRange(second);
        _items.RemoveAt(index + 1);
        return true;
    }

    /// <summary>Whether another says the same, in the same order.</summary>
    public bool Says(SourceValue other) => _scalar == other._scalar
        && _fields?.Count == other._fields?.Count
        && _items?.Count == other._items?.Count
        && (_fields is null || _fields.Zip(other._fields!).All(static pair => pair.First.Key == pair.Second.Key && pair.First.Value.Says(pair.Second.Value)))
        && (_items is null || _items.Zip(other._items!).All(static pair => pair.First.Says(pair.Second)));
}
