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

    /// <summary>All texts given as one value; none, and an error that says what was expected, where they mean nothing.</summary>
    public static T? Parse<T>(ArgumentResult result, Func<IEnumerable<string>, T> parse)
        where T : class
    {
        try
        {
            return parse(result.Tokens.Select(static token => token.Value));
        }
        catch (FormatException e)
        {
            result.AddError(e.Message);
            return null;
        }
    }

    /// <summary>A value of an enum by its name, whatever its case; never by its number.</summary>
    /// <param name="text">As given.</param>
    /// <param name="what">What it should be, with its article.</param>
    /// <exception cref="FormatException">No value has this name.</exception>
    public static T ParseName<T>(string text, string what)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        return names.FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known
            ? Enum.Parse<T>(known)
            : throw new FormatException($"'{text}' is not {what}; expected {string.Join(", ", names[..^1])} or {names[^1]}.");
    }
}
