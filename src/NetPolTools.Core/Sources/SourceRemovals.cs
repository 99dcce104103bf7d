namespace NetPolTools.Sources;

/// <summary>Gives a field another value. What it has now is a text, a number or a word.</summary>
/// <param name="Path">The field.</param>
/// <param name="Value">In the short form of YAML, in one line.</param>
public sealed record ChangedScalar(string Path, string Value) : SourceEdit(Path)
{
    private protected override IReadOnlyList<TextChange>? Changes(SourceStyle style, SourceNode node) =>
        node.Kind == SourceNodeKind.Scalar && node.End > node.Start ? [new TextChange(node.Start, node.End - node.Start, style.Value(Value))] : null;

    private protected override bool Apply(SourceValue value, Func<string, SourceValue> parse)
    {
        value.Become(parse(Value));
        return true;
    }
}

/// <summary>Takes a field out of a map.</summary>
/// <param name="Path">The map.</param>
/// <param name="Key">The field.</param>
public sealed record RemovedField(string Path, string Key) : SourceEdit(Path)
{
    private protected override IReadOnlyList<TextChange>? Changes(SourceStyle style, SourceNode node)
    {
        var at = node.Entries.Select(static entry => entry.Key.Value).ToList().IndexOf(Key);
        if (at < 0 || node.Entries[at].Key.HasAnchor || node.Entries[at].Value.HasAnchor)
            return null;
        if (node.Entries.Count == 1)
            return [new TextChange(node.Start, node.End - node.Start, "{}")];
        (int Start, int End)[] parts = [.. node.Entries.Select(static entry => (entry.Key.Start, Math.Max(entry.Key.End, entry.Value.End)))];
        return node.IsDelimited ? style.RemoveFromFlow(parts, at) : style.RemoveLines(parts[at].Start, parts[at].Start, parts[at].End);
    }

    private protected override bool Apply(SourceValue value, Func<string, SourceValue> parse) => value.Remove(Key);
}

/// <summary>Takes an item out of a list that has others.</summary>
/// <param name="Path">The list.</param>
/// <param name="Index">Of the item.</param>
public sealed record RemovedItem(string Path, int Index) : SourceEdit(Path)
{
    private protected override IReadOnlyList<TextChange>? Changes(SourceStyle style, SourceNode node)
    {
        if (node.Kind != SourceNodeKind.List || node.Items.Count < 2 || Index >= node.Items.Count || node.Items[Index].HasAnchor)
            return null;
        var item = node.Items[Index];
        return node.IsDelimited
            ? style.RemoveFromFlow([.. node.Items.Select(static found => (found.Start, found.End))], Index)
            : style.DashOf(item) is { } dash ? style.RemoveLines(dash, item.Start, item.End) : null;
    }

    private protected override bool Apply(SourceValue value, Func<string, SourceValue> parse) => value.RemoveAt(Index);
}

/// <summary>Puts an item of a list before an earlier one.</summary>
/// <param name="Path">The list.</param>
/// <param name="Index">Of the item.</param>
/// <param name="Before">Of the item that it is to stand before.</param>
public sealed record MovedItem(string Path, int Index, int Before) : SourceEdit(Path)
{
    private protected override IReadOnlyList<TextChange>? Changes(SourceStyle style, SourceNode node)
    {
        if (node.Kind != SourceNodeKind.List || Before >= Index || Index >= node.Items.Count || node.Items.Any(static item => item.HasAnchor))
            return null;
        var (item, before) = (node.Items[Index], node.Items[Before]);
        if (node.IsDelimited)
        {
            return style.RemoveFromFlow([.. node.Items.Select(static found => (found.Start, found.End))], Index) is { } removed
                ? [new TextChange(before.Start, 0, style.Text(item.Start, item.End) + ", "), .. removed]
                : null;
        }

        return style.DashOf(item) is { } dash && style.DashOf(before) is { } place && style.RemoveLines(dash, item.Start, item.End) is [var lines]
            ? [new TextChange(style.StartOfLine(place), 0, style.WholeLines(lines)), lines]
            : null;
    }

    private protected override bool Apply(SourceValue value, Func<string, SourceValue> parse) => value.Move(Index, Before);
}
