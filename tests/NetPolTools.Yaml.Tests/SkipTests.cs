using NetPolTools.Reading;

namespace NetPolTools.Yaml.Tests;

public class SkipTests
{
    [Theory]
    [InlineData("a: 1\nskip: {x: [1, {y: 2}], z: 3}\nb: 2", "--- {a:1 skip:} b:2}")]
    [InlineData("skip: [[], [1]]\nb: 2", "--- {skip:] b:2}")]
    [InlineData("skip: yes\nb: 2", "--- {skip:true b:2}")]
    [InlineData("skip:\nb: 2", "--- {skip:null b:2}")]
    [InlineData("skip: &x {a: 1}\nb: *x", "--- {skip:} b:{a:1}}")]
    [InlineData("a: &x {a: 1}\nskip: *x\nb: 2", "--- {a:{a:1} skip:} b:2}")]
    [InlineData("a: &x [1]\nc: &y {skip: *x, d: 1}\ne: *y", "--- {a:[1] c:{skip:] d:1} e:{skip:] d:1}}")]
    [InlineData("a: &x {skip: {q: 1}, d: 1}\ne: *x", "--- {a:{skip:} d:1} e:{skip:} d:1}}")]
    [InlineData("a: &x {skip: {q: 1}, d: [1]}\ne: {<<: *x, f: 1}", "--- {a:{skip:} d:[1]} e:{f:1 skip:} d:[1]}}")]
    [InlineData("skip: {<<: 1, ? [x] : .inf}\nb: 2", "--- {skip:} b:2}")]
    [InlineData("skip: 1\n---\nskip: [x]", "--- {skip:1} --- {skip:]}")]
    public void Skipping_a_property_passes_over_its_value(string yaml, string expected) =>
        Assert.Equal(expected, ReadSkipping(yaml, reader => reader is { Kind: ManifestTokenKind.PropertyName, Text: "skip" }));

    [Theory]
    [InlineData("- {a: 1}\n- 2\n", "---]")]
    [InlineData("{a: 1}", "---}")]
    [InlineData("a: [1]\n---\nb: {}\n", "---} ---}")]
    public void Skipping_a_collection_stands_on_its_end(string yaml, string expected) =>
        Assert.Equal(expected, ReadSkipping(yaml, reader => reader.Kind is ManifestTokenKind.ObjectStart or ManifestTokenKind.ArrayStart));

    [Fact]
    public void Skipping_a_scalar_or_an_end_does_nothing() =>
        Assert.Equal("--- {a:[1]}",
            ReadSkipping("a: [1]", reader => reader.Kind is ManifestTokenKind.Number or ManifestTokenKind.ArrayEnd or ManifestTokenKind.DocumentStart));

    [Fact]
    public void A_skipped_alias_is_not_expanded()
    {
        var yaml = "a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n"
            + string.Concat(Enumerable.Range(1, 9).Select(i => $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n"))
            + "z: *a9\n";
        Assert.EndsWith("a9:] z:]}", ReadSkipping(yaml, reader => reader.Kind == ManifestTokenKind.PropertyName));
    }

    [Fact]
    public void Skipped_values_are_bounded_in_depth() =>
        Assert.Equal("nested deeper than 128 levels", Assert.Throws<ManifestSyntaxException>(
            () => ReadSkipping("a: " + new string('[', 100_000), reader => reader.Kind == ManifestTokenKind.PropertyName)).Message);

    [Fact]
    public void A_skipped_document_is_left_at_once()
    {
        using var reader = Tokens.Reader("a: 1\nb: [\n--- \nc: 2\n");
        reader.Read();
        reader.Read();
        reader.SkipDocument();
        Assert.True(reader.Read());
        Assert.Equal((ManifestTokenKind.DocumentStart, "f.yaml:3:1"), (reader.Kind, reader.Location.ToString()));
    }

    private static string ReadSkipping(string yaml, Predicate<ManifestTokenReader> isSkipped)
    {
        using var reader = Tokens.Reader(yaml);
        var all = new List<string>();
        while (reader.Read())
        {
            if (isSkipped(reader))
            {
                if (reader.Kind == ManifestTokenKind.PropertyName)
                    all.Add(Tokens.Short(reader));
                reader.Skip();
            }

            all.Add(Tokens.Short(reader));
        }

        return Tokens.Join(all);
    }
}
