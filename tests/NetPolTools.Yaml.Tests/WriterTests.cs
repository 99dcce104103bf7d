using NetPolTools.Reading;
using NetPolTools.Tests.Support;
using NetPolTools.Writing;

namespace NetPolTools.Yaml.Tests;

public class WriterTests
{
    private static readonly string[] Pieces =
    [
        "a", "Z", "0", "7", "80", "on", "no", "y", "true", "null", "~", "-", "- ", ": ", ":", " #", "#", "'", "\"", "\\", "{", "}", "[", "]", ",", "&", "*",
            "!", "|", ">", "%",
        "@", "`", "?", "? ", " ", "  ", "\n", "\n\n", "\t", "\r", ".", "_", "=", "<<", "0x", "0o", "1e3", ".5", "---", "...", "\u00E9", "\u2028", "\u0085",
            "\uFEFF", "\0", "\u007F",
        "😀", "2020-01-01", "1:20",
    ];

    /// <summary>What stands behind <c>v: </c>.</summary>
    [Theory]
    [InlineData("web", "web")]
    [InlineData("app.kubernetes.io/name", "app.kubernetes.io/name")]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("::/0", "::/0")]
    [InlineData("fd00::/64", "fd00::/64")]
    [InlineData("a: b", "'a: b'")]
    [InlineData("- a", "'- a'")]
    [InlineData("{web}", "'{web}'")]
    [InlineData("", "\"\"")]
    [InlineData("true", "\"true\"")]
    [InlineData("on", "\"on\"")]
    [InlineData("n", "\"n\"")]
    [InlineData("~", "\"~\"")]
    [InlineData("null", "\"null\"")]
    [InlineData("80", "\"80\"")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("0x1F", "\"0x1F\"")]
    [InlineData("1e3", "\"1e3\"")]
    [InlineData("1.5", "\"1.5\"")]
    [InlineData("12:30", "\"12:30\"")]
    [InlineData("2020-01-01", "\"2020-01-01\"")]
    [InlineData("2020-01-01T00:00:00Z", "\"2020-01-01T00:00:00Z\"")]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("v1", "v1")]
    [InlineData("line\u0007", "\"line\\a\"")]
    public void A_string_stands_in_quotes_only_where_it_would_be_something_else(string text, string written) =>
        Assert.Equal($"---\nv: {written}", YamlManifestWriter.Write(Map(("v", ManifestScalar.Of(text)))));

    [Fact]
    public void A_key_stands_in_quotes_where_it_would_be_something_else() =>
        Assert.Equal("---\n\"on\": a\n\"8\": b", YamlManifestWriter.Write(Map(("on", ManifestScalar.Of("a")), ("8", ManifestScalar.Of("b")))));

    [Fact]
    public void Text_of_several_lines_stands_as_a_block() =>
        Assert.Equal("---\nv: |\n  first\n    second\nw: |-\n  a\n  b",
            YamlManifestWriter.Write(Map(("v", ManifestScalar.Of("first\n  second\n")), ("w", ManifestScalar.Of("a\nb")))));

    [Fact]
    public void Lists_stand_below_their_key_without_further_indentation_as_kubectl_writes_them()
    {
        var port = Map(("port", new ManifestScalar(ManifestTokenKind.Number, "80")));
        var rule = Map(("from", new ManifestList([Map(("podSelector", ManifestMap.Empty))])), ("ports", new ManifestList([port])));
        Assert.Equal(
            "---\ningress:\n- from:\n  - podSelector: {}\n  ports:\n  - port: 80\negress: []",
            YamlManifestWriter.Write(Map(("ingress", new ManifestList([rule])), ("egress", new ManifestList([])))));
    }

    [Fact]
    public void What_is_written_reads_back_as_the_same()
    {
        var random = new Random(17);
        for (var i = 0; i < 4_000 * ExampleCount.Times; i++)
        {
            var map = RandomMap(random, 3);
            var yaml = YamlManifestWriter.Write(map);
            Assert.True(map == Read(yaml), yaml);
        }
    }

    [Fact]
    public void Half_a_character_becomes_the_sign_for_one_that_is_not_known_as_in_the_servers_JSON() =>
        Assert.Equal("---\nv: a\uFFFDb", YamlManifestWriter.Write(Map(("v", ManifestScalar.Of("a\uD800b")))));

    [Fact]
    public void Documents_written_apart_may_stand_in_one_file()
    {
        var both = YamlManifestWriter.Write(Map(("a", ManifestScalar.Of("b")))) + "\r\n" + YamlManifestWriter.Write(Map(("c", ManifestScalar.Of("d\n"))))
            + "\r\n";
        Assert.Equal("--- {a:'b'} --- {c:'d\n'}", Tokens.Of(both));
    }

    private static ManifestMap RandomMap(Random random, int depth) => new([.. Enumerable.Range(0, random.Next(4))
        .Select(_ => RandomText(random))
        .Distinct()
        .Select(name => KeyValuePair.Create(name, RandomNode(random, depth)))]);

    private static ManifestNode RandomNode(Random random, int depth) => (depth == 0 ? random.Next(4) : random.Next(7)) switch
    {
        0 => new ManifestScalar(ManifestTokenKind.Number, random.Next(2) == 0 ? $"{random.Next(-9, 70_000)}" : "1.5"),
        1 => random.Next(2) == 0 ? new ManifestScalar(ManifestTokenKind.Null, "null") : new ManifestScalar(ManifestTokenKind.Boolean, "true"),
        2 or 3 => ManifestScalar.Of(RandomText(random)),
        4 => new ManifestList([.. Enumerable.Range(0, random.Next(4)).Select(_ => RandomNode(random, depth - 1))]),
        _ => RandomMap(random, depth - 1),
    };

    private static string RandomText(Random random) => string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private static ManifestMap Map(params (string Name, ManifestNode Value)[] fields) =>
        new([.. fields.Select(static field => KeyValuePair.Create(field.Name, field.Value))]);

    private static ManifestNode Read(string yaml)
    {
        using var tokens = Tokens.Reader(yaml);
        Assert.True(tokens.Read() && tokens.Read());
        var node = Node(tokens);
        Assert.False(tokens.Read(), yaml);
        return node;
    }

    private static ManifestNode Node(ManifestTokenReader tokens)
    {
        switch (tokens.Kind)
        {
            case ManifestTokenKind.ObjectStart:
                var fields = new List<KeyValuePair<string, ManifestNode>>();
                while (tokens.Read() && tokens.Kind == ManifestTokenKind.PropertyName)
                {
                    var name = tokens.Text;
                    tokens.Read();
                    fields.Add(new(name, Node(tokens)));
                }

                return new ManifestMap(fields);
            case ManifestTokenKind.ArrayStart:
                var items = new List<ManifestNode>();
                while (tokens.Read() && tokens.Kind != ManifestTokenKind.ArrayEnd)
                    items.Add(Node(tokens));
                return new ManifestList(items);
            default:
                return new ManifestScalar(tokens.Kind, tokens.Text);
        }
    }
}
