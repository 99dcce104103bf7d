using System.Globalization;
using System.Text;

namespace NetPolTools.Text;

/// <summary>
/// Text of the input for people: what would steer a terminal, begin a line of its own, turn the direction of writing or not be seen at all is shown as its
/// number.
/// </summary>
public static class Printable
{
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return text;
        var shown = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var length = VisibleLength(text, i);
            if (length > 0)
                shown.Append(text, i, length);
            else
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:X4}");
            i += Math.Max(length, 1) - 1;
        }

        return shown.ToString();
    }

    /// <summary>How many UTF-16 units stand for the visible character at a position; 0 for one that is not visible.</summary>
    private static int VisibleLength(string text, int position)
    {
        if (!Rune.TryGetRuneAt(text, position, out var rune))
            return 0;
        var isHidden = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
        return isHidden && rune.Value != ' ' ? 0 : rune.Utf16SequenceLength;
    }
}
