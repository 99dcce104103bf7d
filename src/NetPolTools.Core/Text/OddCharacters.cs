using System.Collections.Frozen;
using System.Globalization;

namespace NetPolTools.Text;

/// <summary>
/// Characters that text has when it was copied from a web page, a chat or a word processor, and that mean something else in YAML than they look like, or that
/// nobody sees.
/// </summary>
public static class OddCharacters
{
    private const string Space = "type a plain space instead";
    private const string Unseen = "it takes no room, so remove it";
    private const string DoubleQuote = "type \" instead";
    private const string SingleQuote = "type ' instead";
    private const string Hyphen = "type - instead";

    private static readonly FrozenDictionary<char, (string Name, string Advice)> Known = new Dictionary<char, (string Name, string Advice)>
    {
        ['\u00A0'] = ("a no-break space", Space),
        ['\u202F'] = ("a narrow no-break space", Space),
        ['\u2007'] = ("a figure space", Space),
        ['\u3000'] = ("an ideographic space", Space),
        ['\u00AD'] = ("a soft hyphen", "it is not seen, so remove it"),
        ['\u200B'] = ("a zero width space", Unseen),
        ['\u200C'] = ("a zero width non-joiner", Unseen),
        ['\u200D'] = ("a zero width joiner", Unseen),
        ['\u2060'] = ("a word joiner", Unseen),
        ['\uFEFF'] = ("a byte order mark", Unseen),
        ['\u2018'] = ("a typographic quotation mark", SingleQuote),
        ['\u2019'] = ("a typographic quotation mark", SingleQuote),
        ['\u201C'] = ("a typographic quotation mark", DoubleQuote),
        ['\u201D'] = ("a typographic quotation mark", DoubleQuote),
        ['\u201E'] = ("a typographic quotation mark", DoubleQuote),
        ['\u2010'] = ("a typographic hyphen", Hyphen),
        ['\u2011'] = ("a no-break hyphen", Hyphen),
        ['\u2013'] = ("an en dash", Hyphen),
        ['\u2014'] = ("an em dash", Hyphen),
        ['\u2212'] = ("a minus sign", Hyphen),
        ['\uFF1A'] = ("a fullwidth colon", "type : instead"),
    }.ToFrozenDictionary();

    /// <summary>What the first such character of a text is, and what to do about it, as a sentence; null for a text without any.</summary>
    /// <param name="text">Of the input.</param>
    public static string? Explain(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c > '~' && Known.TryGetValue(c, out var found))
                return string.Create(CultureInfo.InvariantCulture, $"There is {found.Name} (U+{(int)c:X4}): {found.Advice}.");
        }

        return null;
    }
}
