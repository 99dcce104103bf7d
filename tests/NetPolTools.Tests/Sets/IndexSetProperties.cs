using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Sets;

/// <summary>A set of indexes behaves as a HashSet of numbers.</summary>
public sealed class IndexSetProperties
{
    private const int Count = 300;

    /// <summary>Edges of the 64-bit words are common; some sets are far longer than others, some have long gaps.</summary>
    private static readonly Gen<int> Index =
        Gen.OneOf(Gen.Choose(0, 130), Gen.Elements(63, 64, 127, 128, 4095, 4096, 100_000), Gen.Choose(0, 5000));

    private static readonly Gen<int[]> Members = Gen.OneOf(
        Gen.Choose(0, 12).SelectMany(static count => Gen.ArrayOf(Index, count)),
        Gen.Choose(100, 400).SelectMany(static count => Gen.ArrayOf(Index, count)),
        from start in Index
        from length in Gen.Choose(0, 200)
        select Enumerable.Range(start, length).ToArray());

    [Fact]
    public void And_keeps_what_both_hold() => HoldsForTwo(static (a, b) => AssertSame(a.Intersect(b), Set(a).Intersect(Set(b))));

    [Fact]
    public void Or_keeps_what_either_holds() => HoldsForTwo(static (a, b) => AssertSame(a.Union(b), Set(a).Union(Set(b))));

    [Fact]
    public void AndNot_keeps_what_only_the_first_holds() => HoldsForTwo(static (a, b) => AssertSame(a.Except(b), Set(a).Except(Set(b))));

    [Fact]
    public void Overlaps_tells_whether_any_member_is_in_both() => HoldsForTwo(static (a, b) =>
        Assert.Equal(a.Intersect(b).Any(), Set(a).Overlaps(Set(b))));

    [Fact]
    public void Overlaps_but_for_one_number_tells_whether_any_other_member_is_in_both() => HoldsForTwo(static (a, b) =>
    {
        foreach (var number in a.Concat(b).Take(3).Append(-1))
            Assert.Equal(a.Intersect(b).Any(member => member != number), Set(a).OverlapsBut(Set(b), number));
    });

    [Fact]
    public void What_is_put_together_in_any_order_is_a_set_in_order() => HoldsForTwo(static (a, b) =>
    {
        var found = new IndexSetAccumulator(200_000);
        foreach (var member in a.Reverse())
            found.Add(member);
        found.Add(Set(b));
        AssertSame(a.Union(b), found.ToSet());
        found.Clear();
        found.Add(Set(b));
        AssertSame(b, found.ToSet());
    });

    [Fact]
    public void What_two_sets_have_in_common_and_a_third_has_not_is_found_without_making_it() => Always.Holds(
        Gen.Two(Members).SelectMany(static two => Gen.OneOf(Members, Gen.Constant(two.Item1), Gen.Constant(Array.Empty<int>())).Select(last => (two, last))),
        Count,
        static given =>
        {
            var ((a, b), without) = given;
            var expected = a.Intersect(b).Except(without).ToArray();
            Assert.Equal(expected.Length > 0, Set(a).OverlapsWithout(Set(b), Set(without)));
            var found = new IndexSetAccumulator(200_000);
            found.Add(Set([1, 64]));
            found.AddBothWithout(Set(a), Set(b), Set(without));
            AssertSame(expected.Append(1).Append(64), found.ToSet());
        });

    [Fact]
    public void Sets_are_equal_when_their_members_are() => HoldsForTwo(static (a, b) =>
    {
        Assert.Equal(a.ToHashSet().SetEquals(b), Set(a).Equals(Set(b)));
        Assert.Equal(Set(a), Set(a).Intersect(Set(b)).Union(Set(a).Except(Set(b))));
        Assert.Equal(Set(a).GetHashCode(), Set(a).Intersect(Set(b)).Union(Set(a).Except(Set(b))).GetHashCode());
    });

    [Fact]
    public void Contains_knows_each_member_and_no_neighbour_that_is_none() => Always.Holds(Members, Count, static members =>
    {
        var set = Set(members);
        foreach (var number in members.SelectMany(static member => new[] { member, member + 1, member + 64 }))
            Assert.Equal(members.Contains(number), set.Contains(number));
    });

    [Fact]
    public void A_slice_holds_the_members_from_start_up_to_end() => Always.Holds(
        from members in Members from start in Index from end in Index select (members, start, end),
        Count,
        static given => AssertSame(
            given.members.Where(member => member >= given.start && member < given.end), Set(given.members).Slice(given.start, given.end)));

    [Fact]
    public void A_range_holds_every_number_from_start_up_to_end() => Always.Holds(Gen.Two(Index), Count, static ends =>
        AssertSame(Enumerable.Range(ends.Item1, Math.Max(0, ends.Item2 - ends.Item1)), IndexSet.Range(ends.Item1, ends.Item2)));

    [Fact]
    public void Members_come_in_order_each_once_and_are_counted() => Always.Holds(Members, Count, static members =>
        AssertSame(members, Set(members)));

    private static void HoldsForTwo(Action<int[], int[]> property) =>
        Always.Holds(Gen.Two(Members), Count, two => property(two.Item1, two.Item2));

    private static void AssertSame(IEnumerable<int> expected, IndexSet actual)
    {
        var sorted = expected.Distinct().Order().ToList();
        var members = new List<int>();
        foreach (var member in actual)
            members.Add(member);
        Assert.Equal(sorted, members);
        Assert.Equal(sorted.Count, actual.Count);
        Assert.Equal(sorted.Count == 0, actual.IsEmpty);
        if (sorted.Count > 0)
            Assert.Equal(sorted[0], actual.First);
        else
            Assert.Throws<InvalidOperationException>(() => actual.First);
    }

    private static IndexSet Set(int[] members)
    {
        var builder = new IndexSet.Builder();
        foreach (var member in members.Order())
            builder.Add(member);
        return builder.Build();
    }
}
