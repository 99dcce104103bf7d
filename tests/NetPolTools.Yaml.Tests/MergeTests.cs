namespace NetPolTools.Yaml.Tests;

public class MergeTests
{
    private const string Anchors = "- &a {x: 1, w: 1}\n- &b {w: 2, z: 2}\n";

    [Theory]
    [InlineData("- {<<: *a}", "{x:1 w:1}")]
    [InlineData("- {<<: {x: 3}, k: 4}", "{k:4 x:3}")]
    [InlineData("- {<<: *a, w: 3}", "{w:3 x:1}")]
    [InlineData("- {w: 3, <<: *a}", "{w:3 x:1}")]
    [InlineData("- {<<: [*a, *b]}", "{x:1 w:1 z:2}")]
    [InlineData("- {<<: [*b, *a]}", "{w:2 z:2 x:1}")]
    [InlineData("- {<<: [*b, {w: 3, q: 3}], z: 4}", "{z:4 w:2 q:3}")]
    [InlineData("- {<<: []}", "{}")]
    [InlineData("- {!!merge '<<': *a}", "{x:1 w:1}")]
    [InlineData("- {\"<<\": *a}", "{<<:{x:1 w:1}}")]
    [InlineData("- {<<: {w: 5, <<: *a}, z: {<<: *b}}", "{z:{w:2 z:2} w:5 x:1}")]
    [InlineData("- {<<: {<<: [*b, *a], x: 5}}", "{x:5 w:2 z:2}")]
    [InlineData("- &c {<<: *a, v: {u: *b}}\n- {<<: *c, x: 9}", "{v:{u:{w:2 z:2}} x:1 w:1} {x:9 v:{u:{w:2 z:2}} w:1}")]
    [InlineData("- &c {<<: *a, x: 7}\n- *c", "{x:7 w:1} {x:7 w:1}")]
    [InlineData("- {yes: 1, <<: {true: 2, on: 3, no: 4}}", "{true:1 false:4}")]
    [InlineData("-\n  k: 1\n  <<:\n  - *a\n  - k: 2\n    m: [3]\n  l: 4", "{k:1 l:4 x:1 w:1 m:[3]}")]
    public void A_merge_key_brings_in_what_the_map_lacks(string item, string expected) =>
        Assert.Equal($"--- [{{x:1 w:1}} {{w:2 z:2}} {expected}]", Tokens.Of(Anchors + item));

    [Fact]
    public void Merged_keys_stand_where_the_alias_stands_and_those_written_in_place_where_they_are() =>
        Assert.EndsWith(
            "b:@2:1 {@2:4 x:@2:11 1@2:11 w:@2:16 2@2:19 }@2:22 }@3:1",
            Tokens.WithPlaces("a: &a {x: 1}\nb: {<<: [ *a, {w: 2}]}\n"));

    [Theory]
    [InlineData("a: {<<: 1}", "1:9")]
    [InlineData("a: {<<: }", "1:9")]
    [InlineData("a: {<<: [{}, 1]}", "1:14")]
    [InlineData("a: {<<: [[]]}", "1:10")]
    [InlineData("a: &a [1]\nb: {<<: *a}", "2:9")]
    [InlineData("a: &a x\nb:\n  <<: [*a]", "3:8")]
    public void Only_maps_can_be_merged(string yaml, string place) =>
        Assert.Equal(place + " found something other than a map under '<<', which merges a map, an alias of a map, or a list of them", Tokens.Error(yaml));

    [Fact]
    public void Depth_is_bounded_under_a_merge_key() =>
        Assert.Equal("1:132 nested deeper than 128 levels", Tokens.Error("<<: " + new string('[', 100_000)));
}
