namespace NetPolTools.Yaml.Tests;

public class SyntaxErrorTests
{
    private const string Colon =
        "found ': ' where no key can stand; check the indentation of this line and the one above, or quote the text if the ':' belongs to it";

    private const string Tab = "found a tab in the indentation; YAML indents with spaces";

    private const string Template = "found '{{': this looks like a Helm template; render it first with 'helm template'";

    [Theory]
    [InlineData("a: b: c", "1:5 " + Colon)]
    [InlineData("x: 1\na: foo\n  b: c\n", "3:4 " + Colon)]
    [InlineData("a: 1\n---\nb: 2\n c: 3\n", "4:3 " + Colon)]
    [InlineData("a: [x]: y", "1:7 " + Colon)]
    public void A_colon_where_no_key_can_stand(string yaml, string expected) => Assert.Equal(expected, Tokens.Error(yaml));

    [Theory]
    [InlineData("a: 'x", "1:4 this quoted text never ends; is its closing quote missing?")]
    [InlineData("a:\n  b: \"x", "2:6 this quoted text never ends; is its closing quote missing?")]
    [InlineData("a: 'x\nb: 1\n---\nc: 'd'", "1:4 this quoted text never ends; is its closing quote missing? --- {c:'d'}")]
    [InlineData("a: \"x\nb: \"y\"\n", "1:4 this quoted text goes on in a line that is not indented; is its closing quote missing?")]
    [InlineData("a: \"\\d+\"", @"1:5 found a backslash in double quotes that begins no escape; write '\\', or use single quotes")]
    [InlineData("a: \"\\xzz\"", @"1:7 found \x, \u or \U without its hexadecimal digits")]
    [InlineData("a: \"\\ud83d\"", @"1:4 found a \u escape that is one half of a pair, without the other half")]
    [InlineData("a: 'b' c", "1:8 found more text after this value; expected the end of the line")]
    public void Quotes(string yaml, string expected) => Assert.Equal(expected, Tokens.Error(yaml));

    [Theory]
    [InlineData("a: [1, 2", "1:4 this bracket is never closed; expected its ']' or '}'")]
    [InlineData("a: [1, {b: c\n", "1:8 this bracket is never closed; expected its ']' or '}'")]
    [InlineData("x: 1\na: {\n", "2:4 this bracket is never closed; expected its ']' or '}'")]
    [InlineData("a: [1, 2\nb: 3\n",
        "2:1 found text in brackets that is not indented, as if a ']' or '}' were missing above; the bracket is opened at line 1, column 4")]
    [InlineData("a: [1}\n", "1:6 expected ',' or ']' after a list item; the bracket is opened at line 1, column 4")]
    [InlineData("a: {b: 1 ]\n", "1:10 expected ',' or '}' after a map entry; the bracket is opened at line 1, column 4")]
    [InlineData("a: {x: 1,, y: 2}", "1:10 expected a value; the bracket is opened at line 1, column 4")]
    public void Brackets(string yaml, string expected) => Assert.Equal(expected, Tokens.Error(yaml));

    [Theory]
    [InlineData("a:\n  b: 1\n c: 2\n", "3:2 expected a key with its ':'; align this line with the keys of the map that it belongs to")]
    [InlineData("a:\n    - b\n  c: 1\n", "3:3 expected a key with its ':'; align this line with the keys of the map that it belongs to")]
    [InlineData("- a\nb: c\n", "2:1 expected '- ' for a list item; align this line with what it belongs to")]
    [InlineData("a: - b\n", "1:4 found '- ' where no list item can stand; a list begins on a line of its own, below its key")]
    [InlineData("a: 1\nb\nc: 2\n", "2:1 expected a key with its ':'; align this line with the keys of the map that it belongs to")]
    [InlineData("a: 1\nb", "2:1 expected ':' and a space after this key; check the indentation if it is no key")]
    [InlineData("{a: b}\n{c: d}\n", "2:1 found more text after the end of the document's value; check the indentation, or begin a new document with '---'")]
    public void Indentation(string yaml, string expected) => Assert.Equal(expected, Tokens.Error(yaml));

    [Theory]
    [InlineData("a:\n  b:\n  \u2013 c\n", "3:3")]
    [InlineData("a:\n  \u2022 c\n  \u2022 d: e\n", "3:3")]
    public void A_dash_that_begins_no_list_item(string yaml, string place) => Assert.Equal(
        $"{place} found a typographic dash or bullet at the beginning of the line; a list item begins with '- ', a hyphen and a space", Tokens.Error(yaml));

    [Theory]
    [InlineData("a:\n\tb: c\n", "2:1")]
    [InlineData("a:\n  b:\n  \tc: d\n", "3:3")]
    [InlineData("a:\n  \tb: c\n", "2:3")]
    [InlineData("a:\n \tb\n", "2:2")]
    [InlineData("a:\n  - x\n \t- y\n", "3:2")]
    [InlineData("a: |\n\tb\n", "2:1")]
    [InlineData("a: 1\n---\n\tb: c\n", "3:1")]
    public void A_tab_in_the_indentation(string yaml, string place) => Assert.Equal($"{place} {Tab}", Tokens.Error(yaml));

    [Theory]
    [InlineData("a:\tb\n")]
    [InlineData("a: b\t# c\n")]
    [InlineData("{\n\t\"a\":\t\"b\"\n}\n")]
    [InlineData("a: |-\n  b\n#\tc\n")]
    public void A_tab_elsewhere_is_white_space(string yaml) => Assert.Equal("--- {a:'b'}", Tokens.Of(yaml));

    [Theory]
    [InlineData("a: {{ .Values.x }}\n", "1:4")]
    [InlineData("a: {{ .Values.x | quote }}\n", "1:4")]
    [InlineData("a: 1\n{{- if .Values.x }}\nb: 2\n{{- end }}\n", "2:1")]
    [InlineData("a:\n  {{- toYaml .Values.x | nindent 2 }}\n", "2:3")]
    [InlineData("a:\n  {{ include \"x\" . | nindent 4 }}: b\n", "2:3")]
    [InlineData("a: 1\n---\nb: {{ . }}\n", "3:4")]
    public void A_Helm_template(string yaml, string place) => Assert.Equal($"{place} {Template}", Tokens.Error(yaml).Split(" ---")[0]);

    [Theory]
    [InlineData("a: '{{ x }}'\n")]
    [InlineData("a: x{{ x }}\n# {{\n")]
    public void Braces_within_a_string_are_text(string yaml) => Assert.DoesNotContain("!", Tokens.Of(yaml), StringComparison.Ordinal);

    [Theory]
    [InlineData('\0', "U+0000")]
    [InlineData('\u001B', "U+001B")]
    [InlineData('\u007F', "U+007F")]
    [InlineData('\uFFFE', "U+FFFE")]
    public void A_control_character(char control, string name) =>
        Assert.Equal($"2:5 found the control character {name}, which YAML text cannot hold; is this a binary file?", Tokens.Error($"a: 1\nb: x{control}y\n"));

    [Theory]
    [InlineData("a: @x", "1:4 found a character that no value can begin with; put the value in quotes")]
    [InlineData("a: !!%GG x", "1:4 did not find URI escaped octet")]
    [InlineData("a: !<> x", "1:7 found a tag that is no URI")]
    public void Other_complaints(string yaml, string expected) => Assert.Equal(expected, Tokens.Error(yaml));

    [Theory]
    [InlineData("[", "1:129")]
    [InlineData("[\n", "129:1")]
    [InlineData("- ", "1:257")]
    [InlineData("{a: ", "1:513")]
    public void Deep_nesting_ends_at_the_bound(string opening, string place) =>
        Assert.Equal(place + " nested deeper than 128 levels", Tokens.Error(string.Concat(Enumerable.Repeat(opening, 100_000))));

    [Fact]
    public void Nesting_up_to_the_bound_is_read() =>
        Assert.DoesNotContain("!", Tokens.Of(new string('[', 128) + new string(']', 128)), StringComparison.Ordinal);
}
