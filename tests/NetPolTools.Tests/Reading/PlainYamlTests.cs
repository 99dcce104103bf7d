using System.Text;
using NetPolTools.Reading;
using NetPolTools.Tests.Reading.Mutation;
using NetPolTools.Tests.Support;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Reading;

/// <summary>Plain YAML is read as the reader of all of YAML reads it: each token with its text and its place, and each mistake.</summary>
public class PlainYamlTests
{
    private const string File = "f.yaml";

    private static readonly int Inputs = 20_000 * ExampleCount.Times;

    [Theory]
    [InlineData("a: 1\nb:\n- c\n- d: [1, 'x', {x: z}]\n")]
    [InlineData("---\n# c\na: |\n  x\n\n   y\nb: >-\n  c\n  d\n\n  e\n---\n- - a\n  -\n- b:\n    c:\n")]
    [InlineData("{\"a\":{\"b\":[1,true,null]},\n\"c\":\"\\u00e9\"}\n---\n\"x y\": 'it''s'\r\nk: é€😀 # c\r\n")]
    [InlineData("status: 'long text\n  that goes on'\nmessage: so does\n  this\n\n  one\nother: \"and\\\n  \\ this\"\n")]
    [InlineData("a: 1")]
    [InlineData("a: b  ")]
    [InlineData("a:")]
    [InlineData("")]
    [InlineData("# c\n")]
    [InlineData("---\n---\na: 1\n")]
    [InlineData("a: [\n  b,\n  c\n  ]\n")]
    public void What_programs_write_is_plain(string yaml)
    {
        Assert.True(Same(yaml, atOnce: int.MaxValue, new Random(1)));
        Assert.True(Same(yaml, atOnce: 1, new Random(2)));
    }

    [Theory]
    [InlineData("a: &x 1\nb: *x\n")]
    [InlineData("a: !!str 1\n")]
    [InlineData("a: 1\n b: 2\n")]
    [InlineData("a: b: c\n")]
    [InlineData("a: [b\n")]
    [InlineData("<<: {a: 1}\n")]
    [InlineData("? a\n: b\n")]
    [InlineData("%YAML 1.1\n---\na: 1\n")]
    [InlineData("a: 1\n...\nb: 2\n")]
    [InlineData("a:\n\tb: 1\n")]
    [InlineData("just text\n")]
    [InlineData("a: .inf\n")]
    public void Anything_else_is_left_to_the_other_reader(string yaml) => Assert.False(Same(yaml, int.MaxValue, new Random(1)));

    [Fact]
    public void A_document_in_the_middle_of_a_long_text_is_begun_again_where_it_is_not_plain()
    {
        var items = string.Concat(Enumerable.Range(0, 20_000).Select(static i => $"- name: item-{i}\n  value: [{i}, \"x\"]\n"));
        foreach (var end in (ReadOnlySpan<string>)[
            "- *x\n", "- &x {a: *x}\n", "b\n", "- a: b: c\n", "  - x\n", "- \"\n", "- {a: {b: [1,\n", "- é\u0085\n", ""])
        {
            Assert.Equal(end.Length == 0, Same($"a: 1\n---\nb:\n- c\n---\n{items}{end}", int.MaxValue, new Random(end.Length)));
            Same($"{items}{end}{items}---\na: 1\n", int.MaxValue, new Random(end.Length));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_texts_are_read_alike(int part)
    {
        var random = new Random((int)(Seeds.OfRun + 1) * 7919 + part);
        var texts = new YamlTexts(random);
        var plain = 0;
        for (var i = 0; i < Inputs / 4; i++)
            plain += Same(texts.Next(), Piece(random), random) ? 1 : 0;

        // Otherwise the property would say nothing.
        Assert.InRange(plain, Inputs / 4 / 20, Inputs / 4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Damaged_texts_are_read_alike(int part)
    {
        var random = new Random((int)(Seeds.OfRun + 1) * 104729 + part);
        var texts = new YamlTexts(random);
        for (var i = 0; i < Inputs / 4; i++)
        {
            var text = random.Next(8) == 0 ? Originals.SomeDocuments(random) : texts.Next();
            for (var damages = random.Next(1, 4); damages > 0 && text.Length > 0; damages--)
                text = TextDamage.To(text, random);
            Same(text, Piece(random), random);
        }
    }

    [Fact]
    public void Every_manifest_of_the_repository_is_read_alike()
    {
        var (files, plain) = (0, 0);
        foreach (var folder in (string?[])[Path.Combine(Repository.Root, "tests"), Environment.GetEnvironmentVariable("NETPOL_CORPUS")])
        {
            if (folder is null)
                continue;
            foreach (var file in Directory.EnumerateFiles(folder, "*.y*ml", SearchOption.AllDirectories))
            {
                if (file.Contains("/bin/", StringComparison.Ordinal) || file.Contains("/obj/", StringComparison.Ordinal))
                    continue;
                files++;
                plain += Same(System.IO.File.ReadAllBytes(file), int.MaxValue, new Random(1), file) ? 1 : 0;
            }
        }

        Assert.InRange(plain, files * 3 / 4, files);
    }

    private static int Piece(Random random) => random.Next(3) == 0 ? random.Next(1, 20) : int.MaxValue;

    private static bool Same(string yaml, int atOnce, Random random) => Same(Encoding.UTF8.GetBytes(yaml), atOnce, random, yaml);

    /// <summary>Whether all of it was plain; fails where the two readers differ.</summary>
    private static bool Same(byte[] bytes, int atOnce, Random random, string name)
    {
        using var other = new YamlTokenReader(new StreamReader(new MemoryStream(bytes), new UTF8Encoding(false, true)), File);
        using var plain = new PlainYamlReader(
            new TrickleStream(bytes, atOnce), File, new StringPool(), static (text, file) => new YamlTokenReader(text, file), new SpareBlocks());
        var (more, hasFailed) = (true, false);
        while (more)
        {
            // Behind a mistake nothing is there to be passed over.
            var action = hasFailed ? 1 : random.Next(12);
            var expected = Step(other, action, out more, out hasFailed);
            var given = Step(plain, action, out _, out _);
            if (expected != given)
                Assert.Fail($"Expected {expected}, found {given}, in:\n{name}");
        }

        return plain.IsPlain;
    }

    private static string Step(ManifestTokenReader reader, int action, out bool more, out bool hasFailed)
    {
        (more, hasFailed) = (true, false);
        try
        {
            if (action == 0 && reader.Kind is not (ManifestTokenKind.None or ManifestTokenKind.DocumentStart))
                reader.Skip();
            else
                more = reader.Read();
            return $"{reader.Kind} '{reader.Text}' '{reader.WrittenText}' {reader.Location}";
        }
        catch (ManifestSyntaxException e)
        {
            reader.SkipDocument();
            hasFailed = true;
            return $"{e.Location} {e.Message}";
        }
        catch (DecoderFallbackException e)
        {
            more = false;
            return e.GetType().Name;
        }
    }
}
