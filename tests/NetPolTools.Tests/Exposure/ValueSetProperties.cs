using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Exposure;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Exposure;

/// <summary>Sets of values against sets of numbers.</summary>
public sealed class ValueSetProperties
{
    private static Gen<(int Count, HashSet<int>[] Sets)> Sets =>
        from count in Gen.Elements(2, 3, 64, 65, 200)
        from one in Members(count)
        from other in Members(count)
        from third in Members(count)
        select (count, new[] { one, other, third });

    [Fact]
    public void Whatever_is_made_of_sets_has_the_members_that_it_is_to_have() =>
        Always.Holds(Sets, 200, static example =>
        {
            var (count, sets) = example;
            ValueSet[] made = [.. sets.Select(members => ValueSet.Where(count, members.Contains))];
            for (var i = 0; i < made.Length; i++)
                Same(sets[i], made[i], count);
            Same(sets[0].Intersect(sets[1]), made[0].Intersect(made[1]), count);
            Same(sets[0].Except(sets[1]), made[0].Except(made[1]), count);
            Same(sets[0].Except(sets[1].Union(sets[2])), made[0].Except([made[1], made[2]]), count);
            Assert.Equal(sets[0].Overlaps(sets[1]), made[0].Overlaps(made[1]));
            Assert.Equal(sets[0].SetEquals(sets[1]), made[0].Equals(made[1]));
        });

    [Fact]
    public void Those_of_a_list_are_the_members_whatever_their_order() =>
        Always.Holds(Sets, 50, static example =>
        {
            int[] members = [.. example.Sets[0].Where(value => value < example.Count - 1)];
            Same(members, ValueSet.Of(example.Count, members), example.Count);
        });

    [Fact]
    public void What_comes_out_as_one_of_the_two_is_that_one()
    {
        var few = ValueSet.Of(500, [3]);
        var most = ValueSet.Where(500, static value => value != 7);
        Assert.Same(few, few.Intersect(most));
        Assert.Same(few, most.Intersect(few));
        Assert.Same(most, most.Except(ValueSet.Of(500, [7])));
    }

    private static Gen<HashSet<int>> Members(int count) =>
        from each in Gen.Choose(0, 1).ArrayOf(count)
        from kind in Gen.Choose(0, 3)
        select Enumerable.Range(0, count).Where(value => kind switch
        {
            // Few or many, as most conditions name them.
            0 => value % 50 == 1 && each[value] == 1,
            1 => value % 50 != 1 || each[value] == 1,
            _ => each[value] == 1,
        }).ToHashSet();

    private static void Same(IEnumerable<int> members, ValueSet set, int count)
    {
        int[] ascending = [.. members.Order()];
        Assert.Equal(ascending, set.Values());
        Assert.Equal(ascending.Length, set.Count);
        Assert.Equal(ascending.Length == 0, set.IsEmpty);
        Assert.Equal(ascending, Enumerable.Range(0, count).Where(set.Contains));
        Assert.Equal(set.GetHashCode(), ValueSet.Where(count, ascending.ToHashSet().Contains).GetHashCode());
    }
}
