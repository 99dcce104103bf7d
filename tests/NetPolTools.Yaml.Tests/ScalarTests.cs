namespace NetPolTools.Yaml.Tests;

/// <summary>Expected values are what sigs.k8s.io/yaml makes of the same text.</summary>
public class ScalarTests
{
    [Theory]
    [InlineData("y Y yes Yes YES true True TRUE on On ON", "true")]
    [InlineData("n N no No NO false False FALSE off Off OFF", "false")]
    [InlineData("~ null Null NULL", "null")]
    public void Words_of_yaml_1_1_are_booleans_and_null(string words, string expected) =>
        Assert.All(words.Split(' '), word => Assert.Equal(expected, Tokens.Value(word)));

    [Theory]
    [InlineData("yEs")]
    [InlineData("nULL")]
    [InlineData("t")]
    [InlineData("o")]
    [InlineData(".Nan")]
    [InlineData("<<")]
    [InlineData("=")]
    public void Other_spellings_are_strings(string word) => Assert.Equal($"'{word}'", Tokens.Value(word));

    [Fact]
    public void Nothing_is_null() => Assert.Equal("--- {a:null b:[null]}", Tokens.Of("a:\nb:\n-\n"));

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("80", "80")]
    [InlineData("+80", "80")]
    [InlineData("-80", "-80")]
    [InlineData("1_000", "1000")]
    [InlineData("0x1F", "31")]
    [InlineData("-0X1f", "-31")]
    [InlineData("0b101", "5")]
    [InlineData("-0b101", "-5")]
    [InlineData("0o17", "15")]
    [InlineData("017", "15")]
    [InlineData("00", "0")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("0xFFFFFFFFFFFFFFFF", "18446744073709551615")]
    public void Integers_become_decimal(string written, string expected) => Assert.Equal(expected, Tokens.Value(written));

    [Theory]
    [InlineData("80.0", "80")]
    [InlineData("080", "80")]
    [InlineData("80.", "80")]
    [InlineData(".5", "0.5")]
    [InlineData("-.5", "-0.5")]
    [InlineData("-0.0", "-0")]
    [InlineData("1.50", "1.5")]
    [InlineData("1_0.2_5", "10.25")]
    [InlineData("1e3", "1000")]
    [InlineData("1E+3", "1000")]
    [InlineData("12.5e-1", "1.25")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("1e20", "100000000000000000000")]
    [InlineData("1.5e21", "1.5e+21")]
    [InlineData("18446744073709551616", "18446744073709552000")]
    public void Floats_become_json_numbers(string written, string expected) => Assert.Equal(expected, Tokens.Value(written));

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("10.0.0.0/8")]
    [InlineData("2024-01-31")]
    [InlineData("2001-12-14t21:59:43.10-05:00")]
    [InlineData("12:30:45")]
    [InlineData("0x")]
    [InlineData("0xg")]
    [InlineData("0b2")]
    [InlineData("0x1FFFFFFFFFFFFFFFF")]
    [InlineData("1e999")]
    [InlineData("1e")]
    [InlineData("1.2.3")]
    [InlineData("+")]
    [InlineData("+-1")]
    [InlineData("--1")]
    [InlineData(".")]
    [InlineData(".e1")]
    [InlineData("_1")]
    [InlineData("1-1")]
    public void What_looks_like_a_number_and_is_none_is_a_string(string written) => Assert.Equal($"['{written}']", Tokens.Value($"[{written} ]"));

    [Theory]
    [InlineData("'yes'", "'yes'")]
    [InlineData("\"80\"", "'80'")]
    [InlineData("''", "''")]
    [InlineData("\"\\x41\\u00e9\\ud83d\\ude00\\/\"", "'Aé😀/'")]
    [InlineData("|\n  80\n", "'80\n'")]
    [InlineData(">-\n  a\n  b\n", "'a b'")]
    [InlineData("a\n  b", "'a b'")]
    public void Quoted_block_and_continued_scalars_are_strings(string written, string expected) => Assert.Equal(expected, Tokens.Value(written));

    [Theory]
    [InlineData("!!str 80", "'80'")]
    [InlineData("!!str", "''")]
    [InlineData("!!int '80'", "80")]
    [InlineData("!!float 80", "80")]
    [InlineData("!!bool yes", "true")]
    [InlineData("!!null ''", "null")]
    [InlineData("! 80", "'80'")]
    [InlineData("!mine yes", "'yes'")]
    [InlineData("!mine [1]", "[1]")]
    [InlineData("!!set {a}", "{a:null}")]
    [InlineData("!!timestamp 2024-01-31", "'2024-01-31'")]
    [InlineData("!!binary aGVs\n  bG8=", "'hello'")]
    [InlineData("!<tag:yaml.org,2002:str> 80", "'80'")]
    public void Tags_decide_the_type(string written, string expected) => Assert.Equal(expected, Tokens.Value(written));

    [Theory]
    [InlineData("!!int x", "1:4 found 'x' with the tag !!int, which it does not fit")]
    [InlineData("!!int 1.5", "1:4 found '1.5' with the tag !!int, which it does not fit")]
    [InlineData("!!binary '***'", "1:4 found a !!binary value that is no base64 text")]
    [InlineData(".inf", "1:4 found the number .inf, which JSON and so the API server do not know; quote it if a string is meant")]
    [InlineData("-.INF", "1:4 found the number -.inf, which JSON and so the API server do not know; quote it if a string is meant")]
    [InlineData(".NaN", "1:4 found the number .nan, which JSON and so the API server do not know; quote it if a string is meant")]
    public void Values_that_cannot_become_json_are_errors(string written, string expected) => Assert.Equal(expected, Tokens.Error("v: " + written));

    [Theory]
    [InlineData("yes", "yes", "true")]
    [InlineData("~", "~", "null")]
    [InlineData("0x10", "0x10", "16")]
    [InlineData("'a'", "a", "a")]
    public void The_text_as_written_is_kept(string written, string expectedWritten, string expectedText)
    {
        using var reader = Tokens.Reader(written);
        reader.Read();
        reader.Read();
        Assert.Equal((expectedWritten, expectedText), (reader.WrittenText, reader.Text));
    }

    [Fact]
    public void A_scalar_of_many_megabytes_is_read()
    {
        var text = new string('x', 5_000_000);
        Assert.Equal(text.Length + 2, Tokens.Value(text).Length);
    }
}
