using System.Text.RegularExpressions;
using NetPolTools.Reading;
using YamlDotNet.Core;

namespace NetPolTools.Yaml.Scalars;

/// <summary>How a string has to be written so that every reader takes it for that string.</summary>
internal static partial class StringStyle
{
    public static ScalarStyle Of(string text, bool isKey)
    {
        if (text.Contains('\n'))
            return !isKey && IsPlainBlock(text) ? ScalarStyle.Literal : ScalarStyle.DoubleQuoted;
        if (!text.All(IsPrintable))
            return ScalarStyle.DoubleQuoted;
        if (LooksLikeOther(text))
            return ScalarStyle.DoubleQuoted;

        // YamlDotNet takes the last character of the key "all *" for an alias.
        return text.Contains('*') ? ScalarStyle.SingleQuoted : ScalarStyle.Plain;
    }

    /// <summary>Whether some reader would take the bare text for a number, a boolean, null, a time or a sign of YAML.</summary>
    private static bool LooksLikeOther(string text) =>
        PlainScalar.Resolve(text, out _) != ScalarType.String || text is "=" or "<<" || OtherTypes().IsMatch(text);

    /// <summary>
    /// A block gives back every line as it is; what begins or ends in white space, or holds what is not printable, is safer in quotes, where it can
    /// be seen.
    /// </summary>
    private static bool IsPlainBlock(string text) =>
        text[0] is not (' ' or '\n' or '\t')
        && !text.EndsWith("\n\n", StringComparison.Ordinal)
        && text.All(static c => c == '\n' || IsPrintable(c))
        && !text.Split('\n').Any(static line => line.EndsWith(' '));

    private static bool IsPrintable(char c) =>
        c is >= ' ' and <= '~' or (>= '\u00A0' and <= '\uD7FF' and not ('\u2028' or '\u2029')) or (>= '\uE000' and <= '\uFFFD' and not '\uFEFF');

    /// <summary>Dates and times, numbers in base 60, and 0o17 and the like, which YAML 1.1 and 1.2 do not agree upon.</summary>
    [GeneratedRegex(@"^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$|^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?$|^[-+]?0[xob][0-9a-fA-F_]+$",
        RegexOptions.CultureInvariant)]
    private static partial Regex OtherTypes();
}
