using System.Globalization;
using System.Text;

namespace NetPolTools.Text;

/// <summary>Text of the input on a terminal: what would steer the terminal or begin a line of its own is shown as its number.</summary>
public static class Printable
{
    public static string Of(string text)
    {
        if (!text.Any(char.IsControl))
            return text;
        var shown = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            if (char.IsControl(c))
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else
                shown.Append(c);
        }

        return shown.ToString();
    }
}
