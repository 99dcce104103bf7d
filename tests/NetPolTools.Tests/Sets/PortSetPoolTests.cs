using NetPolTools.Sets;

namespace NetPolTools.Tests.Sets;

/// <summary>A pool gives one object for equal sets, however they came about.</summary>
public sealed class PortSetPoolTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(3_000)]
    public void A_union_of_many_sets_is_that_of_one_after_the_other(int count)
    {
        var pool = new PortSetPool();
        PortSet[] sets = [.. Enumerable.Range(0, count).Select(i => pool.Of(Protocol.TCP, 1 + (3 * i), 2 + (3 * i)))];
        var union = pool.UnionOf(sets);
        Assert.Equal(sets.Aggregate(static (a, b) => a.Union(b)), union);
        Assert.Equal(count, union.Ranges().Count());
        Assert.Same(union, pool.UnionOf(sets));
    }

    [Fact]
    public void A_union_of_no_sets_is_empty() => Assert.Same(PortSet.None, new PortSetPool().UnionOf([]));

    [Fact]
    public void Equal_results_are_one_object()
    {
        var pool = new PortSetPool();
        var both = pool.Union(PortSet.Of(Protocol.TCP, 80), PortSet.Of(Protocol.TCP, 443));
        Assert.Same(both, pool.Union(PortSet.Of(Protocol.TCP, 80), PortSet.Of(Protocol.TCP, 443)));
        Assert.Same(both, pool.Intersect(PortSet.Of(Protocol.TCP, 1, 443).Union(PortSet.Of(Protocol.UDP, 53)), both));
    }
}
