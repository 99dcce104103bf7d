using NetPolTools.Reading;
using NetPolTools.Tests.Support;

namespace NetPolTools.Yaml.Tests;

public class RobustnessTests
{
    internal const string Sample =
        "# c\napiVersion: networking.k8s.io/v1\r\nkind: NetworkPolicy\nmetadata: {name: \"a\", labels: {x: 'y'}}\nspec:\n"
        + "  podSelector: &sel\n    matchLabels:\n      role: db\n  ingress:\n  - from:\n    - podSelector: *sel\n    - ipBlock:\n        cidr: 10.0.0.0/8\n"
        + "    ports: [{port: 80}, <<: *sel]\n  note: |\n    text\n\n    more\n---\n? key\n: !!str 1\nm:\n  <<: {a: 1}\n  b: >-\n    x\n...\n%TAG ! !\n--- "
            + "[1, yes, ~]\n";

    private static readonly string[] Pieces =
        ["\n", " ", "  ", "\t", ":", ": ", "- ", "[", "]", "{", "}", ",", "'", "\"", "&a ", "*a", "<<: ", "!x ", "|", ">", "#", "%", "?", "? ", "\r", "---\n",
            "...\n", "\uFEFF", "\\", "{{", "\0", "\u2028", "@", "😀"];

    [Fact]
    public void Broken_text_gives_syntax_errors_within_it_and_nothing_else()
    {
        var random = new Random(11);
        for (var i = 0; i < 4_000 * ExampleCount.Times; i++)
            ReadAll(Broken(Sample, random));
    }

    [Fact]
    public void Random_text_gives_syntax_errors_within_it_and_nothing_else()
    {
        var random = new Random(13);
        for (var i = 0; i < 5_000 * ExampleCount.Times; i++)
            ReadAll(string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.Next(3) == 0 ? "a" : Pieces[random.Next(Pieces.Length)])));
    }

    /// <summary>Line breaks, markers and braces may fall on any edge of the buffers.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_sizes_in_which_text_arrives_make_no_difference(int size)
    {
        for (var padding = 16_350; padding < 16_420; padding++)
        {
            var yaml = "#" + new string('x', padding) + "\r\n" + Sample.Replace("\n", "\r\n", StringComparison.Ordinal) + "a: {{ x }}";
            Assert.Equal(Tokens.WithPlaces(yaml), Tokens.WithPlaces(new ShortReader(yaml, size)));
        }
    }

    /// <summary>The text with a few changes.</summary>
    internal static string Broken(string yaml, Random random)
    {
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            var at = random.Next(yaml.Length);
            yaml = yaml[..at] + (random.Next(3) == 0 ? "" : Pieces[random.Next(Pieces.Length)]) + yaml[Math.Min(yaml.Length, at + random.Next(3))..];
        }

        return yaml;
    }

    private static void ReadAll(string yaml)
    {
        var lines = yaml.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n', '\r', '\u2028');
        using var reader = Tokens.Reader(yaml);
        for (var reads = 0; reader.Kind != ManifestTokenKind.EndOfInput; reads++)
        {
            Assert.True(reads < 10_000, yaml);
            try
            {
                reader.Read();
            }
            catch (ManifestSyntaxException e)
            {
                Assert.True(e.Location.Line <= lines.Length && e.Location.Column <= lines[e.Location.Line - 1].Length + 1, $"{e.Location} {e.Message}: {yaml}");
            }
        }
    }

    private sealed class ShortReader(string text, int size) : StringReader(text)
    {
        public override int Read(char[] buffer, int index, int count) => base.Read(buffer, index, Math.Min(size, count));
    }
}
