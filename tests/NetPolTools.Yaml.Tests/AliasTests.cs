using System.Diagnostics;
using NetPolTools.Reading;

namespace NetPolTools.Yaml.Tests;

public class AliasTests
{
    [Fact]
    public void An_alias_gives_the_tokens_of_its_anchor() =>
        Assert.Equal(
            "--- {a:{x:[1 'b']} b:{x:[1 'b']} c:[{x:[1 'b']} true]}",
            Tokens.Of("a: &a {x: [1, b]}\nb: *a\nc: [*a, yes]\n"));

    [Fact]
    public void Anchors_may_lie_within_each_other_and_use_aliases() =>
        Assert.Equal("--- {a:[1 [1 2]] b:[1 2] c:[1 [1 2]]}", Tokens.Of("a: &o [&i 1, &p [*i, 2]]\nb: *p\nc: *o\n"));

    [Fact]
    public void The_latest_anchor_of_a_name_counts() => Assert.Equal("--- [1 1 2 2]", Tokens.Of("[&a 1, *a, &a 2, *a]"));

    [Fact]
    public void An_anchor_of_nothing_is_null() => Assert.Equal("--- {a:null b:null}", Tokens.Of("a: &x\nb: *x\n"));

    [Fact]
    public void The_tokens_of_an_alias_stand_where_the_outermost_alias_stands() =>
        Assert.Equal(
            "---@1:1 {@1:1 a:@1:1 1@1:4 b:@2:1 [@2:4 1@2:8 ]@2:10 c:@3:1 [@3:4 1@3:4 ]@3:4 }@4:1",
            Tokens.WithPlaces("a: &a 1\nb: &b [*a]\nc: *b\n"));

    [Theory]
    [InlineData("a: [*x]", "1:5 found the alias '*x', and no anchor '&x' stands before it in this document")]
    [InlineData("a: &x [1, {b: *x}]", "1:15 found the alias '*x' within the value that '&x' names; a value cannot contain itself")]
    [InlineData("a: &x {<<: *x}", "1:12 found the alias '*x' within the value that '&x' names; a value cannot contain itself")]
    public void An_alias_needs_an_anchor_that_is_complete(string yaml, string expected) => Assert.Equal(expected, Tokens.Error(yaml));

    [Theory]
    [InlineData("[{0}]")]
    [InlineData("{{<<: [{0}], k: 1}}")]
    public void A_document_of_a_billion_laughs_ends_soon(string shape)
    {
        var yaml = "a0: &a0 {x: 1}\n" + string.Concat(Enumerable.Range(1, 20).Select(i =>
            $"a{i}: &a{i} {shape.Replace("{0}", string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9)), StringComparison.Ordinal)}\n"
                .Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal)));
        var watch = Stopwatch.StartNew();
        using var reader = Tokens.Reader(yaml);
        var error = Assert.Throws<ManifestSyntaxException>(() =>
        {
            while (reader.Read())
            {
            }
        });
        Assert.Equal("the aliases of this document expand to more than 1,000,000 values", error.Message);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void The_bound_on_aliases_is_for_each_document()
    {
        var document = "---\na: &a [" + string.Join(',', Enumerable.Repeat("1", 400_000)) + "]\nb: [*a, *a]\n";
        using var reader = Tokens.Reader(document + document);
        var documents = 0;
        while (reader.Read())
            documents += reader.Kind == ManifestTokenKind.DocumentStart ? 1 : 0;
        Assert.Equal(2, documents);
    }

    [Fact]
    public void Depth_is_bounded_through_aliases_too()
    {
        var deep = new string('[', 100) + new string(']', 100);
        Assert.Equal("2:32 nested deeper than 128 levels", Tokens.Error($"a: &a {deep}\nb: {new string('[', 28)}*a{new string(']', 28)}\n"));
        Assert.DoesNotContain("!", Tokens.Of($"a: &a {deep}\nb: {new string('[', 27)}*a{new string(']', 27)}\n"), StringComparison.Ordinal);
    }
}
