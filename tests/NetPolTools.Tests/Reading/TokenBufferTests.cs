using NetPolTools.Reading;
using NetPolTools.Tests.Support;
using NetPolTools.Text;

namespace NetPolTools.Tests.Reading;

/// <summary>Tokens kept to be read later.</summary>
public class TokenBufferTests
{
    private const string Spec = """
        {"podSelector": {"matchLabels": {"example.com/app": "web"}},
         "ingress": [
          {},
          {"from": [{"podSelector": {}}],
           "ports": [{"port": 80}, {"port": 443, "endPort": 79}]}]}
        """;

    [Theory]
    [InlineData("[1,{\"a\":[]},2]", 3, "1")]
    [InlineData("[{\"a\":[]},2]", 3, "{ a: [ ] }")]
    [InlineData("[[[]],2]", 3, "[ [ ] ]")]
    public void Record_takes_one_value_and_leaves_the_reader_on_its_last_token(string json, int tokens, string expected)
    {
        using var reader = Tokens.OfJson(json);
        for (var i = 0; i < tokens; i++)
            reader.Read();
        var buffer = new TokenBuffer();
        buffer.Record(reader);
        using var replay = buffer.Replay();
        Assert.Equal(expected, $"{Tokens.Show(replay)} {replay.Rest()}".TrimEnd());
        Assert.Equal(expected.Split(' ').Length, buffer.Count);
        Assert.EndsWith("2 ]", reader.Rest(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_replay_gives_texts_and_places_as_they_were()
    {
        var expected = Tokens.OfJson(Spec).RestWithPlaces().Skip(2);
        using var replay = Recorded(Spec).Replay();
        Assert.Equal(expected, replay.RestWithPlaces());
    }

    [Fact]
    public void It_can_be_replayed_again()
    {
        var buffer = Recorded(Spec);
        using var first = buffer.Replay();
        using var second = buffer.Replay();
        Assert.Equal(first.Rest(), second.Rest());
    }

    [Fact]
    public void Skip_in_a_replay_passes_over_a_value()
    {
        using var replay = Recorded("""{"a":{"b":[1]},"c":2}""").Replay();
        replay.Read();
        replay.Skip();
        Assert.Equal("c: 2 }", replay.Rest());
    }

    [Fact]
    public void SkipDocument_ends_a_replay()
    {
        using var replay = Recorded("[1]").Replay();
        replay.SkipDocument();
        Assert.False(replay.Read());
        Assert.Equal(ManifestTokenKind.EndOfInput, replay.Kind);
    }

    [Theory]
    [InlineData("podSelector", 1, 2)]
    [InlineData("ingress", 2, 2)]
    [InlineData("ingress[0]", 3, 3)]
    [InlineData("ingress[1]", 4, 3)]
    [InlineData("ingress[1].from[0].podSelector", 4, 14)]
    [InlineData("ingress[1].ports[1].endPort", 5, 42)]
    public void Find_gives_the_place_of_a_key_or_an_item(string path, int line, int column) =>
        Assert.Equal(new SourceLocation("input", line, column), Recorded(Spec).Find(path));

    [Theory]
    [InlineData("ingress[1].ports[0].endPort", 5, 14)]
    [InlineData("ingress[7].ports", 2, 2)]
    [InlineData("egress[0]", 1, 1)]
    [InlineData("podSelector.matchLabels[0]", 1, 18)]
    public void Find_gives_the_deepest_part_that_is_there(string path, int line, int column) =>
        Assert.Equal(new SourceLocation("input", line, column), Recorded(Spec).Find(path));

    [Fact]
    public void Find_finds_label_keys_which_hold_dots()
    {
        Assert.Equal(new SourceLocation("input", 1, 34), Recorded(Spec).Find("podSelector.matchLabels", "example.com/app"));
        Assert.Equal(new SourceLocation("input", 1, 18), Recorded(Spec).Find("podSelector.matchLabels", "example.com/other"));
    }

    [Fact]
    public void Find_in_an_empty_buffer_knows_no_place() => Assert.False(new TokenBuffer().Find("spec").IsKnown);

    [Fact]
    public void A_cleared_buffer_is_empty()
    {
        var buffer = Recorded("[1]");
        buffer.Clear();
        Assert.Equal(0, buffer.Count);
        using var replay = buffer.Replay();
        Assert.False(replay.Read());
    }

    private static TokenBuffer Recorded(string json)
    {
        using var reader = Tokens.OfJson(json);
        reader.Read();
        reader.Read();
        var buffer = new TokenBuffer();
        buffer.Record(reader);
        return buffer;
    }
}
