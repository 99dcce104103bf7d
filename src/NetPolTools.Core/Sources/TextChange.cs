namespace NetPolTools.Sources;

/// <summary>A piece of a text and what is to stand in its place.</summary>
/// <param name="Start">The first UTF-16 unit.</param>
/// <param name="Length">How many; none to insert.</param>
/// <param name="Text">What takes their place.</param>
public readonly record struct TextChange(int Start, int Length, string Text)
{
    /// <summary>The text with all changes made, which do not overlap.</summary>
    public static string Apply(string text, IEnumerable<TextChange> changes)
    {
        foreach (var change in changes.OrderByDescending(static change => change.Start))
            text = string.Concat(text.AsSpan(0, change.Start), change.Text, text.AsSpan(change.Start + change.Length));
        return text;
    }
}
