using NetPolTools.Reading;

namespace NetPolTools.Yaml.Tests;

public class DocumentTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# only a comment\n")]
    [InlineData("...\n# c\n...\n")]
    [InlineData("%YAML 1.1\n")]
    [InlineData("%YAML 1.1\n# c\n...\n")]
    [InlineData("\uFEFF")]
    public void Text_without_content_has_no_document(string yaml) => Assert.Equal("", Tokens.Of(yaml));

    [Fact]
    public void Comments_and_directives_before_the_first_marker_are_no_document() =>
        Assert.Equal("--- {a:1} --- {b:2}", Tokens.Of("# c\n%YAML 1.1\n\n---\na: 1\n...\n# d\n%TAG !e! tag:e.org,2000:\n---\nb: 2\n"));

    [Fact]
    public void A_document_with_nothing_in_it_has_a_start_and_no_value() =>
        Assert.Equal("--- --- {a:1} --- ---", Tokens.Of("---\n---\na: 1\n---\n# c\n---\n"));

    [Fact]
    public void A_document_that_is_null_has_a_value() => Assert.Equal("--- null --- '' --- null", Tokens.Of("--- ~\n--- ''\n--- &a\n"));

    [Fact]
    public void Three_dots_end_a_document_and_the_next_may_begin_without_a_marker() =>
        Assert.Equal("--- {a:1} --- {b:2}", Tokens.Of("a: 1\n... # c\nb: 2\n"));

    [Fact]
    public void Content_on_the_line_of_the_marker_belongs_to_the_new_document() =>
        Assert.Equal("--- {a:'b'} --- 'x\n' --- ['y'] --- 'z'", Tokens.Of("--- {a: b}\n--- |\n x\n---\t['y']\n--- z"));

    [Fact]
    public void Only_a_marker_with_white_space_behind_it_is_one() =>
        Assert.Equal("--- {a:'b --- c ---d'}", Tokens.Of("a: b\n ---\n c\n ---d\n"));

    [Theory]
    [InlineData("a: |\n  x\n---\nb: 2")]
    [InlineData("a: x\n\n---\nb: 2")]
    public void A_marker_ends_what_stands_before_it(string yaml) => Assert.EndsWith("--- {b:2}", Tokens.Of(yaml));

    [Theory]
    [InlineData("a: 'x\n---\nb: 2\n")]
    [InlineData("a: [1,\n---\nb: 2\n")]
    [InlineData("a: b: c\nd: [\n'\n---\nb: 2\n")]
    [InlineData("a: \u0001\u0002\n\u0003\n---\nb: 2\n")]
    [InlineData("%YAML x\n---\n---\nb: 2\n")]
    public void The_document_after_a_syntax_error_is_read(string yaml)
    {
        Assert.Contains("!", Tokens.Of(yaml), StringComparison.Ordinal);
        Assert.EndsWith("--- {b:2}", Tokens.Of(yaml));
    }

    [Fact]
    public void A_bad_directive_costs_a_document_however_far_below_it_begins()
    {
        var comments = string.Concat(Enumerable.Repeat("# nothing but a comment\n", 200));
        Assert.StartsWith("!1:", Tokens.Of("%YAML x\n" + comments + "---\na: 1\n"), StringComparison.Ordinal);
        Assert.Equal("", Tokens.Of("%YAML x\n" + comments));
    }

    [Fact]
    public void Reading_on_after_a_syntax_error_goes_to_the_next_document_too()
    {
        using var reader = Tokens.Reader("a: [\n---\nb: 2");
        Assert.Throws<ManifestSyntaxException>(() =>
        {
            while (reader.Read())
            {
            }
        });
        Assert.True(reader.Read());
        Assert.Equal("f.yaml:2:1", reader.Location.ToString());
    }

    [Fact]
    public void Anchors_end_with_their_document() =>
        Assert.Equal(
            "5:4 found the alias '*x', and no anchor '&x' stands before it in this document",
            Tokens.Error("---\na: &x 1\n---\n# c\nb: *x\n"));

    [Fact]
    public void A_byte_order_mark_may_begin_the_text_and_every_document() =>
        Assert.Equal(
            "---@1:1 {@1:1 a:@1:1 1@1:4 }@2:1 ---@2:1 {@3:1 b:@3:1 2@3:4 }@4:1 ---@4:1 {@5:1 c:@5:1 3@5:4 }@6:1",
            Tokens.WithPlaces("\uFEFFa: 1\n\uFEFF---\nb: 2\n---\n\uFEFFc: 3\n"));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Places_are_exact_in_later_documents_with_any_line_break(string lineBreak)
    {
        var yaml = "kind: A\n---\n# c\nspec:\n  - x\n  - {e: 1}\n--- # d\nb:\n  c: |\n    t\n\n  d: 'e'\n";
        Assert.Equal(
            "---@1:1 {@1:1 kind:@1:1 'A'@1:7 }@2:1 "
            + "---@2:1 {@4:1 spec:@4:1 [@5:3 'x'@5:5 {@6:5 e:@6:6 1@6:9 }@6:10 ]@7:1 }@7:1 "
            + "---@7:1 {@8:1 b:@8:1 {@9:3 c:@9:3 't\n'@9:6 d:@12:3 'e'@12:6 }@13:1 }@13:1",
            Tokens.WithPlaces(yaml.Replace("\n", lineBreak, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_text_without_a_final_line_break_ends_in_its_last_line() =>
        Assert.Equal("---@1:1 {@1:1 a:@1:1 1@1:4 }@1:5", Tokens.WithPlaces("a: 1"));

    [Fact]
    public void A_one_pair_map_in_a_list_begins_at_its_key() =>
        Assert.Equal("---@1:1 {@1:1 a:@1:1 [@1:4 {@1:5 b:@1:5 'c'@1:8 }@1:9 ]@1:9 }@2:1", Tokens.WithPlaces("a: [b: c]\n"));

    [Fact]
    public void A_node_with_an_anchor_or_a_tag_begins_there() =>
        Assert.Equal("---@1:1 {@1:1 a:@1:1 '1'@1:4 b:@2:1 {@2:4 c:@2:8 2@2:11 }@2:12 }@3:1", Tokens.WithPlaces("a: !!str 1\nb: &x {c: 2}\n"));

    [Fact]
    public void The_end_of_the_input_stays_the_end()
    {
        using var reader = Tokens.Reader("a");
        while (reader.Read())
        {
        }

        reader.SkipDocument();
        Assert.False(reader.Read());
        Assert.Equal(ManifestTokenKind.EndOfInput, reader.Kind);
        Assert.False(reader.Location.IsKnown);
    }

    [Fact]
    public void The_text_reader_is_closed_unless_it_is_to_be_left_open()
    {
        var text = new StringReader("a");
        new YamlTokenReader(text, "f", leaveOpen: true).Dispose();
        Assert.Equal('a', text.Read());
        new YamlTokenReader(text, "f").Dispose();
        Assert.Throws<ObjectDisposedException>(() => text.Read());
    }

    [Fact]
    public void A_failure_of_the_text_reader_is_no_syntax_error()
    {
        var text = new StringReader("a");
        text.Dispose();
        using var reader = new YamlTokenReader(text, "f");
        Assert.Throws<ObjectDisposedException>(() => reader.Read());
    }
}
