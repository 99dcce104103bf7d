using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>Text of the input where there is room for so much only.</summary>
internal static class ShortText
{
    /// <param name="text">As it was found.</param>
    /// <param name="longest">At least two characters.</param>
    public static string Of(string text, int longest)
    {
        var shown = Printable.Of(text);
        if (shown.Length <= longest)
            return shown;

        // A character of two parts is shown as a whole or not at all.
        var end = char.IsHighSurrogate(shown[longest - 2]) ? longest - 2 : longest - 1;
        return shown[..end] + "…";
    }
}
