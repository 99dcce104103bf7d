using FsCheck.Fluent;
using NetPolTools.Linting;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Linting;

/// <summary>Runs that are merged are in order, and what is equal stays as it was.</summary>
public sealed class RunsProperties
{
    private static readonly FsCheck.Gen<int[]> Keys = Gen.Choose(0, 40).SelectMany(static count => Gen.ArrayOf(Gen.Choose(0, 9), count));

    [Fact]
    public void Merging_sorts_and_keeps_what_is_equal_in_order() => Always.Holds(Keys, 300, AssertSorted);

    [Fact]
    public void Runs_of_any_number_are_merged() => Always.Holds(Gen.Choose(0, 9).SelectMany(static runs => Gen.ArrayOf(Keys, runs)), 300, static runs =>
        AssertSorted([.. runs.SelectMany(static run => run.Order())]));

    private static void AssertSorted(int[] keys)
    {
        (int Key, int Number)[] items = [.. keys.Select(static (key, number) => (key, number))];
        Assert.Equal(items.OrderBy(static item => item.Key), Runs.Merge([.. items], static (a, b) => a.Key.CompareTo(b.Key)));
    }
}
