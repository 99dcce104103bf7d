namespace NetPolTools.Yaml.Tests;

public class KeyTests
{
    [Fact]
    public void Keys_that_are_no_strings_become_strings() =>
        Assert.Equal(
            "--- {1:'a' 16:'b' true:'c' false:'d' 1.5:'e' 1e+06:'f' 1e-05:'g' .inf:'h' 2024-01-31:'i'}",
            Tokens.Of("1: a\n0x10: b\nyes: c\noff: d\n1.50: e\n1e6: f\n0.00001: g\n+.INF: h\n2024-01-31: i\n"));

    [Fact]
    public void A_quoted_key_is_as_it_is_written() => Assert.Equal("--- {yes:1 :2 a b:3}", Tokens.Of("'yes': 1\n\"\": 2\n? a b\n: 3\n"));

    [Fact]
    public void A_key_that_is_written_twice_is_given_twice() => Assert.Equal("--- {a:1 a:2}", Tokens.Of("a: 1\na: 2\n"));

    [Fact]
    public void An_alias_of_a_scalar_may_be_a_key() => Assert.Equal("--- {a:'k' k:1}", Tokens.Of("a: &x k\n*x : 1\n"));

    [Theory]
    [InlineData("? [a]\n: 1", "1:3")]
    [InlineData("{{a: b}: 1}", "1:2")]
    [InlineData("a: &x [1]\n*x : 1", "2:1")]
    public void Maps_and_lists_as_keys_are_errors(string yaml, string place)
    {
        // The doubled brace reads as a template, which is what people mean by it.
        var expected = yaml[0] == '{' ? "1:1 found '{{'" : place + " found a map or a list as a key; a key must be a string";
        Assert.StartsWith(expected, Tokens.Error(yaml));
    }

    [Theory]
    [InlineData("~: 1", "1:1")]
    [InlineData("null: 1", "1:1")]
    [InlineData(": 1", "1:1")]
    [InlineData("{a: 1, : 2}", "1:8")]
    [InlineData("a: 1\n? \n: 2", "2:2")]
    public void Null_as_a_key_is_an_error(string yaml, string place) =>
        Assert.Equal(place + " found null or nothing as a key; a key must be a string", Tokens.Error(yaml));
}
