using NetPolTools.Reading;

namespace NetPolTools.Yaml.Events;

/// <summary>The YAML library's complaints in our words: what was found, what was expected, what to do.</summary>
internal static class SyntaxMessages
{
    public const string Tab = "found a tab in the indentation; YAML indents with spaces";

    public const string Template = "found '{{': this looks like a Helm template; render it first with 'helm template'";

    public const string OddDash = "found a typographic dash or bullet at the beginning of the line; a list item begins with '- ', a hyphen and a space";

    public const string NeverClosed = "this bracket is never closed; expected its ']' or '}'";

    public const string MergeOfNoMap =
        "found something other than a map under '<<', which merges a map, an alias of a map, or a list of them";

    public const string TextAfterTheEnd =
        "found more text after the end of the document's value; check the indentation, or begin a new document with '---'";

    public const string TextAfterValue = "found more text after this value; expected the end of the line";

    public static readonly string TooDeep = $"nested deeper than {ManifestTokenReader.MaxDepth} levels";

    private const string OpenBracket = "found text in brackets that is not indented, as if a ']' or '}' were missing above";

    private const string Colon =
        "found ': ' where no key can stand; check the indentation of this line and the one above, "
        + "or quote the text if the ':' belongs to it";

    private const string OpenQuote = "this quoted text never ends; is its closing quote missing?";

    private const string UnindentedQuote = "this quoted text goes on in a line that is not indented; is its closing quote missing?";

    private const string Surrogate = @"found a \u escape that is one half of a pair, without the other half";

    private const string Tag = "found a tag that is no URI";

    private const string Key = "expected a key with its ':'; align this line with the keys of the map that it belongs to";

    private const string Item = "expected '- ' for a list item; align this line with what it belongs to";

    private const string Dash = "found '- ' where no list item can stand; a list begins on a line of its own, below its key";

    private static readonly Explanation[] Known =
    [
        new("found unexpected end of stream", OpenQuote) { IsCertain = true },
        new("multi-line double-quoted scalar, found wrong indentation", UnindentedQuote) { IsCertain = true },
        new("unknown escape character", @"found a backslash in double quotes that begins no escape; write '\\', or use single quotes")
        {
            IsAtEnd = true,
            IsCertain = true,
        },
        new("surrogate", Surrogate) { IsCertain = true },
        new("hexadecimal number", @"found \x, \u or \U without its hexadecimal digits") { IsAtEnd = true, IsCertain = true },
        new("violate indentation", Tab) { IsAtEnd = true, IsCertain = true },
        new("tab as indentation", Tab),
        new("did not find expected ',' or ']'", "expected ',' or ']' after a list item") { IsFlow = true },
        new("did not find expected ',' or '}'", "expected ',' or '}' after a map entry") { IsFlow = true },
        new("did not find expected node content", "expected a value") { IsFlow = true },
        new("Mapping values are not allowed", Colon),
        new("found invalid mapping", Colon),
        new("did not find expected key", Key) { IsAtLineStart = true },
        new("did not find expected '-' indicator", Item) { IsAtLineStart = true },
        new("could not find expected ':'", "expected ':' and a space after this key; check the indentation if it is no key"),
        new("Block sequence entries are not allowed", Dash),
        new("sequence entry on same line", Dash),
        new("cannot start any token", "found a character that no value can begin with; put the value in quotes"),
        new("Tag value must", Tag),
        new("Global tags must", Tag),
        new("expected <document start>", TextAfterTheEnd),
        new("expected <document end>", TextAfterTheEnd),
    ];

    public static Explanation Explain(Exception failure)
    {
        // The one complaint the scanner makes without words.
        if (failure is InvalidOperationException)
            return new Explanation("", OpenBracket) { IsFlow = true };

        foreach (var explanation in Known)
        {
            if (failure.Message.Contains(explanation.Fragment, StringComparison.Ordinal))
                return explanation;
        }

        return new Explanation("", Trim(failure.Message));
    }

    /// <summary>Without the part of the scanner that speaks, which tells a user nothing.</summary>
    private static string Trim(string message)
    {
        var text = message.TrimEnd('.');
        var comma = text.StartsWith("While ", StringComparison.Ordinal) ? text.IndexOf(", ", StringComparison.Ordinal) : -1;
        return comma < 0 ? text : text[(comma + 2)..];
    }

    /// <param name="Fragment">What the library's message contains.</param>
    /// <param name="Message">What to say instead.</param>
    internal sealed record Explanation(string Fragment, string Message)
    {
        /// <summary>The place of the fault is where the library stopped, not where it began the token.</summary>
        public bool IsAtEnd { get; init; }

        /// <summary>Nothing else on the line explains the fault better.</summary>
        public bool IsCertain { get; init; }

        /// <summary>Said of lines; behind a value on the same line something else is the matter.</summary>
        public bool IsAtLineStart { get; init; }

        /// <summary>Within brackets, the message goes on with the place of the opening one.</summary>
        public bool IsFlow { get; init; }
    }
}
