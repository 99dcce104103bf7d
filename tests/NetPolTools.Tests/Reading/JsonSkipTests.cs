using System.Text;
using NetPolTools.Reading;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Reading;

/// <summary>Passing over values of JSON.</summary>
public class JsonSkipTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("\"x\"")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[[],[{\"a\":[1]}]]")]
    [InlineData("{\"a\":{\"b\":[1,2,{\"c\":\"]}\"}]}}")]
    public void Skip_on_a_name_passes_over_its_value(string value)
    {
        foreach (var atOnce in new[] { 1, 3, 1000 })
        {
            using var reader = Tokens.OfJson(new TrickleStream(Encoding.UTF8.GetBytes($$"""{"a":{{value}},"b":2}"""), atOnce));
            ReadTo(reader, 3);
            reader.Skip();
            Assert.Equal("b: 2 }", reader.Rest());
        }
    }

    [Fact]
    public void Skip_leaves_the_reader_on_the_last_token_of_the_value()
    {
        using var reader = Tokens.OfJson("""{"a":{"b":1},"c":[1]}""");
        ReadTo(reader, 4);
        reader.Skip();
        Assert.Equal((ManifestTokenKind.ObjectEnd, 12), (reader.Kind, reader.Location.Column));
        ReadTo(reader, 2);
        reader.Skip();
        Assert.Equal((ManifestTokenKind.ArrayEnd, 20), (reader.Kind, reader.Location.Column));
        Assert.Equal("}", reader.Rest());
    }

    [Fact]
    public void Skip_on_a_scalar_stays_where_it_is()
    {
        using var reader = Tokens.OfJson("[1,2]");
        ReadTo(reader, 3);
        reader.Skip();
        Assert.Equal("2 ]", reader.Rest());
    }

    [Fact]
    public void Skip_of_a_whole_document_leads_to_the_next()
    {
        using var reader = Tokens.OfJson("""{"a":[1,2]} {"b":1}""");
        ReadTo(reader, 2);
        reader.Skip();
        Assert.Equal("--- { b: 1 }", reader.Rest());
    }

    [Fact]
    public void Skip_passes_over_more_than_a_block()
    {
        using var reader = Tokens.OfJson($$"""{"a":[{{string.Join(',', Enumerable.Range(0, 50_000))}}],"b":1}""");
        ReadTo(reader, 3);
        reader.Skip();
        Assert.Equal("b: 1 }", reader.Rest());
    }

    [Fact]
    public void SkipDocument_in_the_middle_leads_to_the_next_document()
    {
        using var reader = Tokens.OfJson("""{"a":{"b":[1,2]}} {"c":1}""");
        ReadTo(reader, 6);
        reader.SkipDocument();
        Assert.Equal("--- { c: 1 }", reader.Rest());
    }

    [Fact]
    public void SkipDocument_before_the_first_document_changes_nothing()
    {
        using var reader = Tokens.OfJson("{}");
        reader.SkipDocument();
        Assert.Equal("--- { }", reader.Rest());
    }

    [Fact]
    public void Behind_a_syntax_error_nothing_more_can_be_read()
    {
        using var reader = Tokens.OfJson("""{"a": oops} {"b":1}""");
        Assert.Throws<ManifestSyntaxException>(() => reader.Rest());
        reader.SkipDocument();
        Assert.False(reader.Read());
        Assert.Equal(ManifestTokenKind.EndOfInput, reader.Kind);
        Assert.False(reader.Read());
    }

    [Fact]
    public void SkipDocument_before_a_syntax_error_in_the_same_document_ends_the_input()
    {
        using var reader = Tokens.OfJson("""{"a": 1, oops} {"b":1}""");
        ReadTo(reader, 4);
        reader.SkipDocument();
        Assert.Equal("", reader.Rest());
    }

    private static void ReadTo(JsonTokenReader reader, int tokens)
    {
        for (var i = 0; i < tokens; i++)
            Assert.True(reader.Read());
    }
}
