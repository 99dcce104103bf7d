using System.CommandLine.Parsing;

namespace NetPolTools.Kubectl;

/// <summary>Texts of options as what they mean.</summary>
internal static class OptionText
{
    /// <summary>Every text given; none, and an error that says what was expected, where one means nothing.</summary>
    public static T[] ParseAll<T>(ArgumentResult result, Func<string, T> parse)
    {
        try
        {
            return [.. result.Tokens.Select(token => parse(token.Value))];
        }
        catch (FormatException e)
        {
            result.AddError(e.Message);
            return [];
        }
    }
}
