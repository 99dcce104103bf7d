using System.Text;
using NetPolTools.Reading;
using NetPolTools.Tests.Support;
using NetPolTools.Text;

namespace NetPolTools.Tests.Reading;

/// <summary>Lines and columns of JSON, of tokens and of syntax errors.</summary>
public class JsonPlaceTests
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Lines_and_columns_count_from_1(string lineBreak)
    {
        var json = "{\n  \"a\": [\n    true\n  ]\n}".Replace("\n", lineBreak, StringComparison.Ordinal);
        Assert.Equal(["--- 1:1", "{ 1:1", "a: 2:3", "[ 2:8", "true 3:5", "] 4:3", "} 5:1"], Tokens.OfJson(json).RestWithPlaces());
    }

    [Fact]
    public void Lines_go_on_in_later_documents() => Assert.Equal(
        ["--- 1:1", "{ 1:1", "} 1:2", "--- 3:3", "[ 3:3", "1 3:4", "] 4:1"],
        Tokens.OfJson("{}\n\n  [1\n]").RestWithPlaces());

    [Fact]
    public void Columns_count_characters_and_not_bytes() =>
        Assert.Equal(["--- 1:1", "[ 1:1", "\"é€\" 1:2", "1 1:7", "] 1:8"], Tokens.OfJson("[\"é€\",1]").RestWithPlaces());

    [Fact]
    public void Columns_of_errors_count_characters_and_not_bytes() => Fails("[\"é€\", ▸oops]", "Not well-formed JSON");

    [Fact]
    public void Lines_go_on_from_block_to_block()
    {
        var json = "[\n" + string.Concat(Enumerable.Range(0, 30_000).Select(static i => $"  {i},\n")) + "  \"last\"\n]";
        Assert.Equal(["\"last\" 30002:3", "] 30003:1"], Tokens.OfJson(json).RestWithPlaces().TakeLast(2));
    }

    [Fact]
    public void The_place_of_an_error_is_known_in_the_first_document() => Fails("{\n  \"a\": ▸oops\n}", "Not well-formed JSON");

    [Fact]
    public void The_place_of_an_error_is_known_in_a_later_document() => Fails("{\"a\": 1}\n{\"b\": 2} {\"c\": ▸oops}", "Not well-formed JSON");

    [Fact]
    public void The_place_of_an_error_is_known_behind_many_blocks() =>
        Fails("[\n" + string.Concat(Enumerable.Repeat("  {\"key\": \"value\"},\n", 10_000)) + "  ▸oops]", "Not well-formed JSON");

    /// <summary>Such white space is not kept, and places behind it are the same all the same.</summary>
    [Theory]
    [InlineData("[1,", ' ', " ▸oops]")]
    [InlineData("[1,", '\n', "▸oops]")]
    [InlineData("[1,", '\n', "  ▸oops]")]
    [InlineData("  [\n  1,", ' ', "\n ▸oops]")]
    [InlineData("{}\n  [1,", ' ', "2, ▸oops]")]
    [InlineData("{}\n  [1, \"é\",", ' ', "\"é\",\n2, ▸oops]")]
    public void The_place_of_an_error_is_known_behind_much_white_space(string before, char blank, string behind)
    {
        foreach (var count in new[] { 70_000, 65_536, 200_001 })
        {
            Fails(before + new string(blank, count) + behind, "Not well-formed JSON");
            Fails(before + new string(blank, count) + "3," + new string(blank, count) + behind, "Not well-formed JSON");
        }
    }

    [Fact]
    public void So_are_the_places_of_tokens() => Assert.Equal(
        ["--- 1:1", "[ 1:1", "1 1:2", "2 70001:3", "3 70001:70005", "] 70002:1"],
        Tokens.OfJson("[1," + new string('\n', 70_000) + "  2," + new string(' ', 70_000) + "3\n]").RestWithPlaces());

    [Theory]
    [InlineData("{▸'a': 1}")]
    [InlineData("{\"a\": 1 ▸\"b\": 2}")]
    [InlineData("[1, ▸]")]
    [InlineData("[▸// comment\n]")]
    [InlineData("[▸NaN]")]
    public void What_is_no_JSON_is_an_error_at_its_place(string json) => Fails(json, "Not well-formed JSON");

    [Theory]
    [InlineData("{\"a\": t▸cp, \"b\": [1]}", "'tc…' is an invalid JSON literal. Expected the literal 'true'.")]
    [InlineData("[fal▸e]", "'fale…' is")]
    [InlineData("[\nn▸one\n]", "'no…' is")]
    [InlineData("[\"n▸\t\"]", "'0x09' is")]
    [InlineData("[1▸: 2]", "':' is")]
    public void An_error_quotes_no_more_than_what_is_wrong(string json, string expected) => Fails(json, expected);

    [Theory]
    [InlineData("{\"a\": [1, 2▸")]
    [InlineData("{\"a\": \n\"text▸")]
    [InlineData("{▸")]
    [InlineData("{} {\"a\"▸")]
    public void A_text_that_ends_too_soon_is_said_to_be_cut_off(string json) => Fails(json, "is the file cut off?");

    [Fact]
    public void Nesting_has_a_limit_with_a_message_of_its_own()
    {
        Assert.Equal(2 * ManifestTokenReader.MaxDepth, Tokens.OfJson(Nested(ManifestTokenReader.MaxDepth)).Rest().Split(' ')
            .Count(static t => t is "[" or "]"));
        Fails(new string('[', ManifestTokenReader.MaxDepth) + "▸" + new string('[', 72), "Nested deeper than 128 levels");
    }

    [Fact]
    public void Nesting_has_the_same_limit_where_it_is_passed_over()
    {
        using var reader = Tokens.OfJson(Nested(200));
        reader.Read();
        reader.Read();
        var failure = Assert.Throws<ManifestSyntaxException>(reader.Skip);
        Assert.Contains("Nested deeper than 128 levels", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\ud83d")]
    [InlineData("\\ude00 x")]
    public void Half_a_surrogate_pair_is_an_error_at_its_string(string text) => Fails($"[\n▸\"{text}\"]", "one half of a pair");

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private static void Fails(string json, string words)
    {
        var marked = new Marked(json);
        foreach (var atOnce in new[] { 1, int.MaxValue })
        {
            if (atOnce == 1 && json.Length > 1000)
                continue;
            using var reader = Tokens.OfJson(new TrickleStream(Encoding.UTF8.GetBytes(marked.Text), atOnce));
            var failure = Assert.Throws<ManifestSyntaxException>(() => reader.Rest());
            Assert.Contains(words, failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("LineNumber", failure.Message, StringComparison.Ordinal);
            Assert.Equal(new SourceLocation("input", marked.Line, marked.Column), failure.Location);
        }
    }
}
