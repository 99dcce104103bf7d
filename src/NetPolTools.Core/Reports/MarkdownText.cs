using System.Buffers;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>
/// Text of the input within Markdown. What has a sign that might mean something there is shown as code, in which neither markup nor mentions of people, nor
/// links, nor HTML mean anything.
/// </summary>
internal static class MarkdownText
{
    /// <summary>None of these begins or ends anything within a line, wherever it stands.</summary>
    private static readonly SearchValues<char> Plain =
        SearchValues.Create(" .,;:'\"()/[]=+-%…→0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Text within a line of its own.</summary>
    public static string Of(string text) => IsPlain(text) ? text : Code(text);

    /// <summary>Text within a cell of a table, which a bar would end, even one within code.</summary>
    public static string InCell(string text) => Of(text).Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>Text as code, between more backticks than it has in a row.</summary>
    public static string Code(string text)
    {
        var shown = Printable.Of(text);
        var fence = new string('`', LongestRun(shown, '`') + 1);

        // A backtick beside the fence would be taken for one of its own; one blank on each side is taken off again.
        var blank = fence.Length > 1 ? " " : "";
        return $"{fence}{blank}{shown}{blank}{fence}";
    }

    /// <summary>As <see cref="Code"/>, within a cell.</summary>
    public static string CodeInCell(string text) => Code(text).Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>Addresses of pages become links by themselves.</summary>
    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExcept(Plain)
        && !text.Contains("://", StringComparison.Ordinal)
        && !text.Contains("www.", StringComparison.OrdinalIgnoreCase)
        && !text.Contains("](", StringComparison.Ordinal);

    private static int LongestRun(string text, char of)
    {
        var (longest, run) = (0, 0);
        foreach (var character in text)
        {
            run = character == of ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
