using NetPolTools.Sources;
using NetPolTools.Text;

namespace NetPolTools.Linting.Suppressing;

/// <summary>
/// Comments such as <c># netpol:ignore NP026 until=2027-03-01 the reason</c>. Behind something, a comment is about its line; on a line of its own, about the
/// next line that holds something.
/// </summary>
internal static class CommentSuppressions
{
    public const string Marker = "netpol:ignore";

    /// <summary>Each with the line that it is about.</summary>
    /// <param name="text">An input.</param>
    /// <param name="name">What locations call it.</param>
    public static IEnumerable<(LintSuppression Suppression, int Line)> Of(SourceText text, string name)
    {
        for (var from = 0; text.Text.IndexOf(Marker, from, StringComparison.Ordinal) is >= 0 and var at; from = at + Marker.Length)
        {
            var line = text.LineOf(at);
            var (start, end) = (text.StartOfLine(line), text.EndOfLine(line));
            var sign = StartOfComment(text.Text.AsSpan(start, at - start));
            if (sign < 0)
                continue;
            var isAlone = text.Text.AsSpan(start, sign).IsWhiteSpace();
            var about = isAlone ? NextLine(text, line) : line;
            foreach (var suppression in Parse(text.Text[(at + Marker.Length)..end], new SourceLocation(name, line, sign + 1)))
                yield return (suppression, about);
        }
    }

    /// <summary>Where the comment begins that consists of the marker alone so far; -1 where there is none.</summary>
    private static int StartOfComment(ReadOnlySpan<char> before)
    {
        var trimmed = before.TrimEnd([' ', '\t']);
        return trimmed.EndsWith("#") && (trimmed.Length == 1 || trimmed[^2] is ' ' or '\t' or '#') ? trimmed.TrimEnd('#').Length : -1;
    }

    private static int NextLine(SourceText text, int line)
    {
        while (++line <= text.LineCount)
        {
            var content = text.Text.AsSpan(text.StartOfLine(line), text.EndOfLine(line) - text.StartOfLine(line)).TrimStart();
            if (content.Length > 0 && content[0] != '#')
                return line;
        }

        return 0;
    }

    private static IEnumerable<LintSuppression> Parse(string written, SourceLocation place)
    {
        var words = written.TrimStart(' ', '\t', ':');
        var end = words.IndexOfAny([' ', '\t']);
        var rules = end < 0 ? words : words[..end];
        var text = SuppressionText.Parse(end < 0 ? "" : words[end..]);
        foreach (var rule in rules.Split(','))
        {
            yield return new LintSuppression(LintSuppressionKind.Comment, rule, text.Reason, place)
            {
                Until = text.Until,
                IsShared = rules.Contains(','),
                Mistake = rule.Length == 0 ? $"The comment names no rule; expected one such as # {Marker} NP026 the reason." : text.Mistake,
            };
        }
    }
}
