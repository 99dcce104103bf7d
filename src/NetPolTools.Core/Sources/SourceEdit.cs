namespace NetPolTools.Sources;

/// <summary>A change of an object that can be made in its text without a word about anything else.</summary>
/// <param name="Path">The field that is changed: a map or a list.</param>
public abstract record SourceEdit(string Path)
{
    /// <summary>What to change in the text; null where it cannot be done there, such as behind an alias.</summary>
    /// <param name="text">The text.</param>
    /// <param name="root">The object in it.</param>
    internal IReadOnlyList<TextChange>? Changes(SourceText text, SourceNode root)
    {
        var way = SourcePath.Walk(root, Path);
        if (way.Count == 0 || way.Any(static node => node.HasAnchor || node.Kind == SourceNodeKind.Alias || node["<<"] is not null))
            return null;
        return Changes(new SourceStyle(text, root), way[^1]);
    }

    /// <summary>Makes the same change in the values of the object.</summary>
    /// <param name="root">The object.</param>
    /// <param name="parse">Reads new values.</param>
    /// <returns>Whether the field was there to be changed.</returns>
    internal bool Apply(SourceValue root, SourceParser parse) => root.Find(Path) is { } found && Apply(found, text => SourceValue.Of(parse(text)[0]));

    private protected abstract IReadOnlyList<TextChange>? Changes(SourceStyle style, SourceNode node);

    private protected abstract bool Apply(SourceValue value, Func<string, SourceValue> parse);
}

/// <summary>Gives a map a field that it has not.</summary>
/// <param name="Path">The map.</param>
/// <param name="Key">A plain word.</param>
/// <param name="Value">In the short form of YAML, in one line.</param>
/// <param name="After">The field that it is to stand behind, where there is one.</param>
public sealed record AddedField(string Path, string Key, string Value, string? After = null) : SourceEdit(Path)
{
    private protected override IReadOnlyList<TextChange>? Changes(SourceStyle style, SourceNode node)
    {
        if (node.Kind != SourceNodeKind.Map || node.Entries.Any(entry => entry.Key.Value == Key))
            return null;
        var before = node.Entries.FirstOrDefault(entry => entry.Key.Value == After) ?? (node.Entries is [.., var last] ? last : null);
        return node.IsDelimited
            ? [SourceStyle.InsertInFlow(node, before?.Value, style.Entry(Key, Value))]
            : before is null ? null : style.InsertLine(before.Value, node.Entries[0].Key.Start, style.Entry(Key, Value));
    }

    private protected override bool Apply(SourceValue value, Func<string, SourceValue> parse) => value.Add(Key, parse(Value), After);
}

/// <summary>Gives a list one more item at its end.</summary>
/// <param name="Path">The list.</param>
/// <param name="Value">In the short form of YAML, in one line.</param>
public sealed record AddedItem(string Path, string Value) : SourceEdit(Path)
{
    private protected override IReadOnlyList<TextChange>? Changes(SourceStyle style, SourceNode node) => node switch
    {
        { Kind: not SourceNodeKind.List } => null,
        { IsDelimited: true } => [SourceStyle.InsertInFlow(node, node.Items is [.., var last] ? last : null, style.Value(Value))],
        { Items.Count: 0 } => null,
        _ => style.InsertLine(node.Items[^1], node.Start, "- " + style.Value(Value)),
    };

    private protected override bool Apply(SourceValue value, Func<string, SourceValue> parse) => value.Add(parse(Value));
}

/// <summary>Gives a field of a map another key.</summary>
/// <param name="Path">The map.</param>
/// <param name="Key">The key that it has.</param>
/// <param name="NewKey">A plain word.</param>
public sealed record RenamedKey(string Path, string Key, string NewKey) : SourceEdit(Path)
{
    private protected override IReadOnlyList<TextChange>? Changes(SourceStyle style, SourceNode node)
    {
        var entries = node.Entries.Where(entry => entry.Key.Value == Key && !entry.Key.HasAnchor).ToArray();
        return entries.Length != 1 || node.Entries.Any(entry => entry.Key.Value == NewKey) ? null
            : [new TextChange(entries[0].Key.Start, entries[0].Key.End - entries[0].Key.Start, style.Key(NewKey))];
    }

    private protected override bool Apply(SourceValue value, Func<string, SourceValue> parse) => value.Rename(Key, NewKey);
}

/// <summary>Makes one map of two that follow each other in a list.</summary>
/// <param name="Path">The list.</param>
/// <param name="Index">The first of them.</param>
public sealed record JoinedItems(string Path, int Index) : SourceEdit(Path)
{
    private protected override IReadOnlyList<TextChange>? Changes(SourceStyle style, SourceNode node)
    {
        if (node.Kind != SourceNodeKind.List || Index + 1 >= node.Items.Count)
            return null;
        var (first, second) = (node.Items[Index], node.Items[Index + 1]);
        if (first is not { Kind: SourceNodeKind.Map, HasAnchor: false } || second is not { Kind: SourceNodeKind.Map, HasAnchor: false }
            || first.Entries.Count == 0 || second.Entries.Count == 0 || first.IsDelimited != second.IsDelimited)
        {
            return null;
        }

        return first.IsDelimited ? style.JoinInFlow(first, second) : style.JoinBlocks(first, second);
    }

    private protected override bool Apply(SourceValue value, Func<string, SourceValue> parse) => value.Join(Index);
}
