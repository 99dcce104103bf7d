namespace NetPolTools.Tests.Corpus;

public sealed class PythonRandomTests
{
    private static readonly string[] Words = ["web", "api", "db", "cache"];

    [Theory]
    [InlineData(1, new[] { 137, 582, 867, 821, 782 }, 0.06310682188770933, 'a', new[] { "cache", "api" }, 31, new[] { 1, 0, 0, 2, 1 })]
    [InlineData(42, new[] { 654, 114, 25, 759, 281 }, 0.24489185380347622, 'b', new[] { "web", "db" }, 18, new[] { 1, 0, 0, 1, 1 })]
    [InlineData(4294967295, new[] { 650, 634, 208, 220, 621 }, 0.5223978630552852, 'e', new[] { "db", "api" }, 24, new[] { 2, 2, 2, 2, 0 })]
    public void The_same_seed_draws_what_Python_draws(
        uint seed, int[] numbers, double fraction, char letter, string[] sample, int between, int[] afterLong)
    {
        var random = new PythonRandom(seed);
        Assert.Equal(numbers, Enumerable.Range(0, 5).Select(_ => random.Below(1000)));
        Assert.Equal(fraction, random.NextDouble());
        Assert.Equal(letter, random.Choice("abcde".ToCharArray()));
        Assert.Equal(sample, random.Sample(Words, 2));
        Assert.Equal(between, random.Between(16, 32));
        Assert.Equal(afterLong, Enumerable.Range(0, 700).Select(_ => random.Below(3)).ToArray()[^5..]);
    }
}
