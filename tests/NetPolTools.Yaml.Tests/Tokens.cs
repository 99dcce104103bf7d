using System.Text;
using NetPolTools.Reading;
using NetPolTools.Yaml.Scanning;

namespace NetPolTools.Yaml.Tests;

/// <summary>Reads YAML and writes its tokens as one short line.</summary>
internal static class Tokens
{
    public static YamlTokenReader Reader(string yaml) => new(new StringReader(yaml), "f.yaml");

    /// <summary>Each document as <c>--- {a:'text' n:80 b:true z:null l:['x']}</c>; a syntax error as <c>!line:column message</c>.</summary>
    public static string Of(string yaml) => Write(new StringReader(yaml), Short);

    /// <summary>Each token with its place, as <c>a@1:1 'text'@1:4</c>.</summary>
    public static string WithPlaces(string yaml) => WithPlaces(new StringReader(yaml));

    public static string WithPlaces(TextReader yaml, ScanAheadOptions? ahead = null) =>
        Write(yaml, reader => $"{Short(reader)}@{reader.Location.Line}:{reader.Location.Column}", ahead);

    /// <summary>The message of the first syntax error, with its place.</summary>
    public static string Error(string yaml)
    {
        var all = Of(yaml);
        return all[(all.IndexOf('!', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>The token of <c>v: …</c>.</summary>
    public static string Value(string scalar) => Of("v: " + scalar)["--- {v:".Length..^1];

    public static string Short(ManifestTokenReader reader) => reader.Kind switch
    {
        ManifestTokenKind.DocumentStart => "---",
        ManifestTokenKind.ObjectStart => "{",
        ManifestTokenKind.ObjectEnd => "}",
        ManifestTokenKind.ArrayStart => "[",
        ManifestTokenKind.ArrayEnd => "]",
        ManifestTokenKind.PropertyName => reader.Text + ":",
        ManifestTokenKind.String => $"'{reader.Text}'",
        _ => reader.Text,
    };

    private static string Write(TextReader yaml, Func<ManifestTokenReader, string> show, ScanAheadOptions? ahead = null)
    {
        using var reader = new YamlTokenReader(yaml, "f.yaml", ahead: ahead);
        var all = new List<string>();
        var reading = true;
        while (reading)
        {
            try
            {
                reading = reader.Read();
                if (reading)
                    all.Add(show(reader));
            }
            catch (ManifestSyntaxException e)
            {
                all.Add($"!{e.Location.Line}:{e.Location.Column} {e.Message}");
                reader.SkipDocument();
            }
        }

        return Join(all);
    }

    public static string Join(List<string> tokens)
    {
        var line = new StringBuilder();
        var previous = "[";
        foreach (var token in tokens)
        {
            var isTight = previous is "{" or "[" || previous.EndsWith(':') || token is "}" or "]";
            line.Append(isTight ? "" : " ").Append(token);
            previous = token;
        }

        return line.ToString();
    }
}
