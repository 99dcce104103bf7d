using FsCheck;
using FsCheck.Fluent;
using Xunit.Sdk;

namespace NetPolTools.Tests.Support;

/// <summary>Examples made by chance are the same in every run, and those of a failure can be made again.</summary>
public sealed class AlwaysTests
{
    private static readonly Arbitrary<int> Numbers = Arb.From(Gen.Choose(0, int.MaxValue));

    [Fact]
    public void A_seed_makes_the_same_examples_again_and_another_makes_others()
    {
        Assert.Equal(Seen("property", 7), Seen("property", 7));
        Assert.NotEqual(Seen("property", 7), Seen("property", 8));
        Assert.NotEqual(Seen("property", 7), Seen("other property", 7));
        Assert.Equal(20, Seen("property", 7).Count);
    }

    [Fact]
    public void What_fails_names_the_seed_that_makes_it_again()
    {
        var failed = Assert.Throws<XunitException>(
            () => Always.Holds(Numbers, 20, static number => Assert.True(number < 0, "It is not below 0."), "property", 7));
        Assert.EndsWith("\nNETPOL_SEED=7 makes these examples again.", failed.Message, StringComparison.Ordinal);
        Assert.Contains("It is not below 0.", failed.InnerException!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_are_as_many_as_asked_for_and_the_same_for_the_same_name()
    {
        var samples = Always.Samples(Numbers.Generator, 7, "name");
        Assert.Equal(7, samples.Length);
        Assert.Equal(samples, Always.Samples(Numbers.Generator, 7, "name"));
        Assert.NotEqual(samples, Always.Samples(Numbers.Generator, 7, "other name"));
    }

    [Theory]
    [InlineData(null, 0UL)]
    [InlineData("", 0UL)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    public void A_run_begins_with_the_seed_that_it_is_given(string? text, ulong seed) => Assert.Equal(seed, Seeds.Parse(text));

    [Fact]
    public void A_run_begins_anywhere_where_that_is_asked_for() => Assert.NotEqual(Seeds.Parse("random"), Seeds.Parse("random"));

    [Theory]
    [InlineData("chance")]
    [InlineData("-1")]
    [InlineData("1.5")]
    public void What_is_no_seed_is_refused(string text) => Assert.Throws<FormatException>(() => Seeds.Parse(text));

    private static List<int> Seen(string property, ulong run)
    {
        var seen = new List<int>();
        Always.Holds(Numbers, 20, seen.Add, property, run);
        return seen;
    }
}
