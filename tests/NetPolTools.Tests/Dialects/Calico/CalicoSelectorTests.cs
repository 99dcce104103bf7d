using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Dialects.Calico;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Dialects.Calico;

public sealed class CalicoSelectorTests
{
    private static readonly Gen<string> Pieces = Gen.Frequency(
        (20, Gen.Elements(
            "a", "b.c/d-e_f", "'x'", "\"x\"", "''", "'", "\"", " ", "\t", "\n", "==", "!=", "=", "!", "&&", "||", "&", "|", "(", ")", "{", "}", ",", " in ",
            " not in ", "notin", " contains ", " starts with ", "endswith", "has(", "has(a)", "all()", "global()", "a == 'x'", "a in {'x', 'y'}", "é",
            "\u0000", "\ud83d")),
        (1, Gen.Choose(0, char.MaxValue).Select(static c => ((char)c).ToString())));

    [Theory]
    [InlineData("a = 'x'", 3, "Found a single '='; equality is written ==")]
    [InlineData("a == x", 6, "Found 'x'; expected a value in quotes")]
    [InlineData("a == 'x' b == 'y'", 10, "Found 'b' behind the end of the selector; conditions are joined with && or ||")]
    [InlineData("a == 'x' and b == 'y'", 10, "Found 'and' behind the end of the selector; conditions are joined with && or ||")]
    [InlineData("not has(a)", 5, "Found 'has'; behind a label stands ==, !=, in, not in, contains, starts with or ends with")]
    [InlineData("a == 'x", 6, "This single quote is not closed; there is no way to have the same quote inside")]
    [InlineData("has (a)", 5, "Found '(' behind the label 'has'; expected has(, without space between")]
    [InlineData("Has(a)", 4, "Found '(' behind the label 'Has'; expected ==, !=, in, not in, contains, starts with or ends with; the functions are has(), "
        + "all() and global(), in lower case")]
    [InlineData("a", 2, "Found the end behind the label 'a'; expected ==, !=, in, not in, contains, starts with or ends with")]
    [InlineData("a == 'x' &&\n b == 'y'", 12, "Found a line break; a selector stands on one line, in YAML as a plain or quoted text or folded with '>-'")]
    [InlineData("a in ['x']", 6, "Found '['; expected a label, has(), all(), ! or a parenthesis")]
    [InlineData("'a' == 'x'", 1, "Found ''a''; expected a label, has(), all(), ! or a parenthesis; the key of a label stands without quotes")]
    [InlineData("((a == 'x')", 12, "Found the end; expected a ')'")]
    [InlineData("a in {'x' 'y'}", 11, "Found ''y''; expected a '}', or values in quotes with commas between them")]
    [InlineData("all() || has(a, b)", 15, "Found ','; expected the ')' of has(")]
    public void A_mistake_is_told_at_its_character(string text, int position, string message)
    {
        Assert.False(CalicoSelector.TryParse(text, out _, out var error));
        Assert.Equal($"{message}, at character {position}", error.ToString());
        Assert.Equal(error.ToString(), Assert.Throws<FormatException>(() => CalicoSelector.Parse(text)).Message);
    }

    [Fact]
    public void Whatever_is_written_is_a_selector_or_a_mistake_inside_it()
    {
        var texts = from count in Gen.Choose(0, 40) from pieces in Gen.ArrayOf(Pieces, count) select string.Concat(pieces);
        Always.Holds(texts, 20_000, static text =>
        {
            if (CalicoSelector.TryParse(text, out var selector, out var error))
            {
                AssertSame(selector, CalicoSelector.Parse(selector.ToString()));
                return;
            }

            Assert.InRange(error.Position, 0, text.Length);
            Assert.NotEmpty(error.Message);
        });
    }

    [Fact]
    public void What_Calico_writes_reads_back_as_the_same() =>
        Always.Holds(Selectors(4), 5_000, static selector => AssertSame(selector, CalicoSelector.Parse(selector.ToString())));

    [Theory]
    [InlineData(CalicoSelectorParser.DeepestNesting, true)]
    [InlineData(CalicoSelectorParser.DeepestNesting + 1, false)]
    [InlineData(1_000_000, false)]
    public void Nesting_has_an_end(int depth, bool isSelector) =>
        Assert.Equal(isSelector, CalicoSelector.TryParse(new string('(', depth) + "has(a)" + new string(')', depth), out _, out _));

    [Fact]
    public void A_long_row_of_negations_is_one_or_none() =>
        Assert.Equal("!has(a)", CalicoSelector.Parse(new string('!', 100_001) + "has(a)").ToString());

    private static Gen<CalicoSelector> Selectors(int depth)
    {
        var key = Gen.Elements("a", "b", "projectcalico.org/name");
        var value = Gen.Elements("", "x", "xy", "it's", "\"");
        var label = from k in key
                    from test in Gen.Elements(Enum.GetValues<CalicoLabelTest>())
                    from count in Gen.Choose(0, 3)
                    from values in Gen.ArrayOf(value, test is CalicoLabelTest.In or CalicoLabelTest.NotIn ? count : test == CalicoLabelTest.Has ? 0 : 1)
                    select (CalicoSelector)new CalicoSelector.Label(k, test, [.. values.Distinct().Order(StringComparer.Ordinal)]);
        var leaf = Gen.Frequency((6, label), (1, Gen.Constant(CalicoSelector.Everything)), (1, Gen.Constant((CalicoSelector)new CalicoSelector.Global())));
        if (depth == 0)
            return leaf;
        var below = Selectors(depth - 1);
        var operands = from count in Gen.Choose(2, 3) from parts in Gen.ArrayOf(below, count) select parts;
        return Gen.Frequency(
            (2, leaf),
            (1, below.Select(static part => (CalicoSelector)new CalicoSelector.Not(part is CalicoSelector.Not not ? not.Part : part))),
            (1, operands.Select(static parts => (CalicoSelector)new CalicoSelector.And([.. parts]))),
            (1, operands.Select(static parts => (CalicoSelector)new CalicoSelector.Or([.. parts]))));
    }

    /// <summary>Equal, and with the same answers for some labels.</summary>
    private static void AssertSame(CalicoSelector one, CalicoSelector other)
    {
        Assert.Equal(one, other);
        foreach (var value in new[] { null, "x", "xy", "" })
            Assert.Equal(one.Matches(_ => value), other.Matches(_ => value));
    }
}
