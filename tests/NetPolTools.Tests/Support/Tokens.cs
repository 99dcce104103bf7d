using System.Text;
using NetPolTools.Reading;

namespace NetPolTools.Tests.Support;

/// <summary>What a token reader gives, as text to compare.</summary>
internal static class Tokens
{
    public static JsonTokenReader OfJson(string json) => OfJson(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    public static JsonTokenReader OfJson(Stream json) => new(json, "input", new StringPool());

    /// <summary>Every token to the end, apart by blanks: <c>{ a: "x" }</c>. A document begins with <c>---</c>.</summary>
    public static string Rest(this ManifestTokenReader reader)
    {
        var tokens = new List<string>();
        while (reader.Read())
            tokens.Add(Show(reader));
        Assert.Equal(ManifestTokenKind.EndOfInput, reader.Kind);
        return string.Join(' ', tokens);
    }

    /// <summary>Every token to the end with its line and column.</summary>
    public static IReadOnlyList<string> RestWithPlaces(this ManifestTokenReader reader)
    {
        var tokens = new List<string>();
        while (reader.Read())
            tokens.Add($"{Show(reader)} {reader.Location.Line}:{reader.Location.Column}");
        return tokens;
    }

    public static string Show(ManifestTokenReader reader) => reader.Kind switch
    {
        ManifestTokenKind.DocumentStart => "---",
        ManifestTokenKind.ObjectStart => "{",
        ManifestTokenKind.ObjectEnd => "}",
        ManifestTokenKind.ArrayStart => "[",
        ManifestTokenKind.ArrayEnd => "]",
        ManifestTokenKind.PropertyName => reader.Text + ":",
        ManifestTokenKind.String => $"\"{reader.Text}\"",
        ManifestTokenKind.Null => "null",
        _ => reader.Text,
    };
}
