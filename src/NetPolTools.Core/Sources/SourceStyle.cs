namespace NetPolTools.Sources;

/// <summary>How a text is written: whatever is put into it keeps to that.</summary>
internal sealed class SourceStyle(SourceText text, SourceNode root)
{
    /// <summary>JSON has quotes around every key.</summary>
    private readonly bool _isJson = root.IsDelimited && root.Entries.Count > 0 && root.Entries.All(static entry => entry.Key.IsDelimited);

    private readonly string _newLine = text.Text.IndexOf('\n') is > 0 and var at && text.Text[at - 1] == '\r' ? "\r\n" : "\n";

    public string Key(string key) => _isJson ? $"\"{key}\"" : key;

    /// <summary>A value in the short form, as the text has its values.</summary>
    public string Value(string yaml) => _isJson ? FlowJson.Of(yaml, text.Parse) : yaml;

    public string Entry(string key, string value) => $"{Key(key)}: {Value(value)}";

    /// <summary>Something more in braces or brackets.</summary>
    /// <param name="node">The map or list.</param>
    /// <param name="before">What it is to follow; null where there is nothing yet.</param>
    /// <param name="added">What is added.</param>
    public static TextChange InsertInFlow(SourceNode node, SourceNode? before, string added) =>
        before is null ? new TextChange(node.End - 1, 0, added) : new TextChange(before.End, 0, ", " + added);

    /// <summary>A line of its own behind a node and whatever else is in its last line.</summary>
    /// <param name="before">The node.</param>
    /// <param name="column">A character whose column the line begins at.</param>
    /// <param name="line">Without indentation.</param>
    public IReadOnlyList<TextChange>? InsertLine(SourceNode before, int column, string line)
    {
        var end = text.EndOfLine(text.LineOf(before.End));
        return before.End > before.Start || before.Kind == SourceNodeKind.Scalar ? [new TextChange(end, 0, _newLine + Indentation(column) + line)] : null;
    }

    /// <summary>The dash of the second becomes a blank: its fields have the column of those of the first then.</summary>
    public IReadOnlyList<TextChange>? JoinBlocks(SourceNode first, SourceNode second)
    {
        var dash = second.Start - 1;
        while (dash > first.End && text.Text[dash] == ' ')
            dash--;
        return text.Text[dash] == '-' && Column(first.Start) == Column(second.Start) && text.LineOf(dash) == text.LineOf(second.Start)
            && text.LineOf(dash) > text.LineOf(first.End)
            ? [new TextChange(dash, 1, " ")]
            : null;
    }

    /// <summary>What stands between the two maps goes, so nothing but blanks and a comma may stand there.</summary>
    public IReadOnlyList<TextChange>? JoinInFlow(SourceNode first, SourceNode second)
    {
        var (start, end) = (first.Entries[^1].Value.End, second.Entries[0].Key.Start);
        return text.Text.AsSpan(start, end - start).ContainsAnyExcept(" \t,{}") ? null : [new TextChange(start, end - start, ", ")];
    }

    public string Text(int start, int end) => text.Text[start..end];

    public int StartOfLine(int offset) => text.StartOfLine(text.LineOf(offset));

    /// <summary>The dash of an item of a block list, where nothing but blanks stands before it; null where there is more.</summary>
    public int? DashOf(SourceNode item)
    {
        var dash = item.Start - 1;
        while (dash >= 0 && text.Text[dash] == ' ')
            dash--;
        return dash >= 0 && text.Text[dash] == '-' && BeginsLine(dash) ? dash : null;
    }

    /// <summary>The lines of a field or an item, with the comments in them; null where something else stands there too.</summary>
    /// <param name="first">The first character of what goes.</param>
    /// <param name="start">Of its value.</param>
    /// <param name="end">Behind its value.</param>
    public IReadOnlyList<TextChange>? RemoveLines(int first, int start, int end)
    {
        if (!BeginsLine(first) || end <= start)
            return null;
        var last = text.LineOf(end > start && text.Text[end - 1] == '\n' ? end - 1 : end);
        var (from, to) = (StartOfLine(first), last < text.LineCount ? text.StartOfLine(last + 1) : text.Text.Length);
        return [new TextChange(from, to - from, "")];
    }

    /// <summary>The text of lines that go, to be put elsewhere.</summary>
    public string WholeLines(TextChange removed)
    {
        var lines = text.Text.Substring(removed.Start, removed.Length);
        return lines.EndsWith('\n') ? lines : lines + _newLine;
    }

    /// <summary>One of several parts in braces or brackets with the comma that belongs to it; null where a comment stands between them.</summary>
    public IReadOnlyList<TextChange>? RemoveFromFlow((int Start, int End)[] parts, int index)
    {
        var (from, to) = index + 1 < parts.Length ? (parts[index].Start, parts[index + 1].Start) : (parts[index - 1].End, parts[index].End);
        var between = index + 1 < parts.Length ? text.Text.AsSpan(parts[index].End, to - parts[index].End) : text.Text.AsSpan(from, parts[index].Start - from);
        return between.Contains('#') ? null : [new TextChange(from, to - from, "")];
    }

    private bool BeginsLine(int offset) => text.Text.AsSpan(StartOfLine(offset), offset - StartOfLine(offset)).IsWhiteSpace();

    private int Column(int offset) => offset - text.StartOfLine(text.LineOf(offset));

    private string Indentation(int offset) => new(' ', Column(offset));
}
