using System.Text;
using NetPolTools.Reading;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Reading;

/// <summary>JSON as tokens, however it arrives.</summary>
public class JsonTokenReaderTests
{
    [Theory]
    [InlineData("{}", "--- { }")]
    [InlineData("[]", "--- [ ]")]
    [InlineData("null", "--- null")]
    [InlineData("\"text\"", "--- \"text\"")]
    [InlineData("""{"a":{"b":[1,-2.5e3,true,false,null,"x"]}}""", """--- { a: { b: [ 1 -2.5e3 true false null "x" ] } }""")]
    [InlineData("""{"":""}""", """--- { : "" }""")]
    [InlineData("", "")]
    [InlineData(" \r\n\t ", "")]
    public void Every_value_becomes_its_tokens(string json, string expected) => Assert.Equal(expected, Tokens.OfJson(json).Rest());

    [Fact]
    public void Several_values_are_documents_of_their_own() =>
        Assert.Equal("--- { a: 1 } --- [ ] --- \"x\" --- { }", Tokens.OfJson("{\"a\":1}\n[]\n\"x\" {}\n").Rest());

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void A_stream_may_give_a_few_bytes_at_once(int atOnce)
    {
        const string Json = """{"näme":["a\nb","\u00e9\ud83d\ude00",12345.75,true,false,null,{"long":"0123456789"}]} {"next":1}""";
        var bytes = Encoding.UTF8.GetBytes(Json);
        Assert.Equal(Tokens.OfJson(Json).RestWithPlaces(), Tokens.OfJson(new TrickleStream(bytes, atOnce)).RestWithPlaces());
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. "{\"a\":1}"u8];
        Assert.Equal(["--- 1:1", "{ 1:1", "a: 1:2", "1 1:6", "} 1:7"], Tokens.OfJson(new TrickleStream(bytes)).RestWithPlaces());
    }

    [Theory]
    [InlineData("""\" \\ \/ \b \f \n \r \t""", "\" \\ / \b \f \n \r \t")]
    [InlineData("""\u0041\u00e9""", "Aé")]
    [InlineData("""\ud83d\ude00""", "😀")]
    [InlineData("😀 é", "😀 é")]
    public void Escapes_are_undone_in_values_and_names(string escaped, string expected)
    {
        using var reader = Tokens.OfJson($$"""{"{{escaped}}":"{{escaped}}"}""");
        reader.Read();
        reader.Read();
        reader.Read();
        Assert.Equal((ManifestTokenKind.PropertyName, expected), (reader.Kind, reader.Text));
        reader.Read();
        Assert.Equal((ManifestTokenKind.String, expected), (reader.Kind, reader.Text));
    }

    [Fact]
    public void Of_a_long_input_tokens_and_places_come_in_order_though_another_thread_makes_them_ahead()
    {
        const int Items = 100_000;
        var json = new StringBuilder("[\n");
        for (var i = 0; i < Items; i++)
            json.Append(i == 0 ? "" : ",\n").Append("{\"n\": ").Append(i).Append(", \"skipped\": [1, {}]}");
        using var reader = Tokens.OfJson(json.Append("\n]\n").ToString());
        reader.Read();
        reader.Read();
        for (var i = 0; i < Items; i++)
        {
            reader.Read();
            Assert.Equal((ManifestTokenKind.ObjectStart, i + 2, 1), (reader.Kind, reader.Location.Line, reader.Location.Column));
            reader.Read();
            reader.Read();
            Assert.Equal((i.ToString(), i + 2, 7), (reader.Text, reader.Location.Line, reader.Location.Column));
            reader.Read();
            reader.Skip();
            reader.Read();
            Assert.Equal(ManifestTokenKind.ObjectEnd, reader.Kind);
        }

        reader.Read();
        Assert.Equal((ManifestTokenKind.ArrayEnd, Items + 2), (reader.Kind, reader.Location.Line));
        Assert.False(reader.Read());
    }

    [Fact]
    public void An_error_far_into_a_long_input_comes_where_it_stands()
    {
        var json = "[" + string.Concat(Enumerable.Repeat("{\"a\": \"0123456789\"},\n", 100_000)) + "oops]";
        using var reader = Tokens.OfJson(json);
        var error = Assert.Throws<ManifestSyntaxException>(() =>
        {
            while (reader.Read())
            {
            }
        });
        Assert.Equal(100_001, error.Location.Line);
        Assert.False(reader.Read());
    }

    [Fact]
    public void What_a_stream_gave_is_read_before_it_is_asked_for_more()
    {
        const int Values = 5;
        using var stream = new ConversationStream("{\"a\": 1}\n", Values);
        using var reader = Tokens.OfJson(stream);
        for (var i = 0; i < Values; i++)
        {
            Assert.Equal(
                [ManifestTokenKind.DocumentStart, ManifestTokenKind.ObjectStart, ManifestTokenKind.PropertyName, ManifestTokenKind.Number,
                    ManifestTokenKind.ObjectEnd],
                Enumerable.Range(0, 5).Select(_ => reader.Read() ? reader.Kind : ManifestTokenKind.EndOfInput));
            stream.Answer();
        }

        Assert.False(reader.Read());
        Assert.True(stream.WasAnsweredInTime);
    }

    [Fact]
    public void A_long_input_may_be_left_in_the_middle()
    {
        var stream = new TrickleStream(Encoding.UTF8.GetBytes("[" + string.Concat(Enumerable.Repeat("{\"a\": 1},\n", 500_000))), atOnce: 1 << 20);
        var reader = Tokens.OfJson(stream);
        for (var i = 0; i < 200_000; i++)
            reader.Read();
        reader.Dispose();
        Assert.True(SpinWait.SpinUntil(() => stream.IsDisposed, TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData(65_000)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    [InlineData(1_000_003)]
    public void A_scalar_may_be_longer_than_a_block(int length)
    {
        var text = string.Concat(Enumerable.Range(0, length).Select(static i => (char)('a' + (i % 26))));
        using var reader = Tokens.OfJson($$"""{"before":1,"a":"{{text}}","behind":2}""");
        Assert.Equal($$"""--- { before: 1 a: "{{text}}" behind: 2 }""", reader.Rest());
    }

    [Fact]
    public void A_token_may_lie_across_the_edge_of_a_block()
    {
        for (var padding = 65_520; padding < 65_545; padding++)
        {
            using var reader = Tokens.OfJson("[" + new string(' ', padding) + "\"text\",1234567,true]");
            Assert.Equal("--- [ \"text\" 1234567 true ]", reader.Rest());
        }
    }

    [Fact]
    public void Equal_texts_of_one_load_are_one_string()
    {
        using var reader = Tokens.OfJson("""["web","web"]""");
        reader.Read();
        reader.Read();
        reader.Read();
        var first = reader.Text;
        reader.Read();
        Assert.Same(first, reader.Text);
    }

    [Fact]
    public void A_reader_disposes_of_its_stream_and_may_be_disposed_of_twice()
    {
        var stream = new TrickleStream("{}"u8.ToArray());
        var reader = Tokens.OfJson(stream);
        reader.Dispose();
        reader.Dispose();
        Assert.True(stream.IsDisposed);
    }
}
