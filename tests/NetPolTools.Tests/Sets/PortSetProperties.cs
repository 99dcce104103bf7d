using System.Collections;
using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Sets;

/// <summary>A set of ports behaves as a table of one bit for each port of each protocol.</summary>
public sealed class PortSetProperties
{
    private const int Count = 200;

    private static readonly Protocol[] Protocols = [.. NetPolTools.Sets.Protocols.WithPorts];

    /// <summary>Edges, neighbours and overlaps are common among these.</summary>
    private static readonly Gen<int> Port = Gen.Frequency((3, Gen.Choose(1, 12)), (1, Gen.Choose(65530, 65535)), (1, Gen.Choose(1, 65535)));

    private static readonly Gen<(Protocol Protocol, int First, int Last)> Range =
        from protocol in Gen.Elements(Protocols)
        from ports in Gen.Two(Port)
        select (protocol, Math.Min(ports.Item1, ports.Item2), Math.Max(ports.Item1, ports.Item2));

    private static readonly Gen<(Protocol Protocol, int First, int Last)[]> Ranges = Gen.OneOf(
        Gen.Choose(0, 6).SelectMany(static count => Gen.ArrayOf(Range, count)),
        Gen.SubListOf(Protocols).Select(static whole => whole.Select(static protocol => (protocol, 1, 65535)).ToArray()));

    [Fact]
    public void A_union_holds_the_ports_of_either_set() => Always.Holds(Gen.Two(Ranges), Count, static sets =>
        AssertHolds(Table(sets.Item1).Or(Table(sets.Item2)), Set(sets.Item1).Union(Set(sets.Item2))));

    [Fact]
    public void An_intersection_holds_the_ports_of_both_sets() => Always.Holds(Gen.Two(Ranges), Count, static sets =>
        AssertHolds(Table(sets.Item1).And(Table(sets.Item2)), Set(sets.Item1).Intersect(Set(sets.Item2))));

    [Fact]
    public void Sets_overlap_where_they_have_something_in_common() => Always.Holds(Gen.Two(Ranges), Count, static sets =>
    {
        var (a, b) = (Set(sets.Item1), Set(sets.Item2));
        Assert.Equal(!a.Intersect(b).IsEmpty, a.Overlaps(b));
        Assert.Equal(a.Overlaps(b), a.CountingIcmp().Overlaps(b));
    });

    [Fact]
    public void A_difference_holds_the_ports_of_the_first_set_alone() => Always.Holds(Gen.Two(Ranges), Count, static sets =>
        AssertHolds(Table(sets.Item1).And(Table(sets.Item2).Not()), Set(sets.Item1).Except(Set(sets.Item2))));

    [Fact]
    public void Sets_of_the_same_ports_are_equal_however_they_came_about() => Always.Holds(Gen.Two(Ranges), Count, static sets =>
    {
        var (a, b) = (Set(sets.Item1), Set(sets.Item2));
        Assert.Equal(Same(Table(sets.Item1), Table(sets.Item2)), a.Equals(b));
        Assert.Equal(a, Set([.. sets.Item1.Reverse()]));
        Assert.Equal(a.GetHashCode(), Set([.. sets.Item1.Reverse()]).GetHashCode());
        Assert.Equal(a, a.Union(b).Intersect(a));
    });

    [Fact]
    public void The_ranges_of_a_set_are_in_order_and_do_not_touch() => Always.Holds(Ranges, Count, static ranges =>
    {
        var listed = Set(ranges).Ranges().ToList();
        Assert.True(Same(Table(ranges), Table([.. listed])));
        foreach (var (before, after) in listed.Zip(listed.Skip(1)))
            Assert.True(before.Protocol < after.Protocol || before.Last + 1 < after.First, $"{before} {after}");
    });

    [Fact]
    public void The_text_of_a_set_names_its_ports() => Always.Holds(Ranges, Count, static ranges =>
    {
        var set = Set(ranges);
        AssertHolds(Table([.. Read(set.ToString())]), set);
    });

    [Fact]
    public void All_and_none_are_what_they_say() => Always.Holds(Ranges, Count, static ranges =>
    {
        var set = Set(ranges);
        Assert.Equal(Table(ranges).HasAnySet(), !set.IsEmpty);
        Assert.Equal(Same(Table(ranges), Table([.. Read("All")])), set.IsAll);
        Assert.Same(PortSet.All, PortSet.All.Union(PortSet.All).Intersect(PortSet.All));
    });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65536)]
    [InlineData(65537)]
    public void A_number_that_is_no_port_is_in_no_set_and_makes_none(int number)
    {
        Assert.All(Protocols, protocol => Assert.False(PortSet.All.Contains(protocol, number)));
        Assert.Throws<ArgumentOutOfRangeException>(() => PortSet.Of(Protocol.TCP, number));
    }

    [Fact]
    public void A_pool_gives_the_same_sets_and_one_object_for_each_content() => Always.Holds(Gen.Two(Ranges), Count, static sets =>
    {
        var pool = new PortSetPool();
        var (a, b) = (pool.Intern(Set(sets.Item1)), pool.Intern(Set(sets.Item2)));
        Assert.Equal(a.Union(b), pool.Union(a, b));
        Assert.Equal(a.Intersect(b), pool.Intersect(a, b));
        Assert.Same(pool.Union(a, b), pool.Union(a, b));
        Assert.Same(pool.Intern(a.Union(b)), pool.Intern(b.Union(a)));
    });

    private static PortSet Set((Protocol Protocol, int First, int Last)[] ranges) =>
        ranges.Aggregate(PortSet.None, static (set, range) => set.Union(PortSet.Of(range.Protocol, range.First, range.Last)));

    private static BitArray Table((Protocol Protocol, int First, int Last)[] ranges)
    {
        var table = new BitArray(Protocols.Length * 65536);
        foreach (var (protocol, first, last) in ranges)
        {
            for (var port = first; port <= last; port++)
                table[((int)protocol * 65536) + port] = true;
        }

        return table;
    }

    private static bool Same(BitArray a, BitArray b) => !new BitArray(a).Xor(b).HasAnySet();

    private static void AssertHolds(BitArray expected, PortSet actual)
    {
        foreach (var protocol in Protocols)
        {
            for (var port = 1; port <= 65535; port++)
            {
                if (expected[((int)protocol * 65536) + port] != actual.Contains(protocol, port))
                    Assert.Fail($"{actual} is wrong about {protocol} {port}");
            }
        }
    }

    /// <summary>Reads <c>TCP 80,8000-8100 UDP 53</c>, <c>All</c> and <c>None</c>.</summary>
    private static IEnumerable<(Protocol Protocol, int First, int Last)> Read(string text)
    {
        if (text == "None")
            return [];
        if (text == "All")
            return Protocols.Select(static protocol => (protocol, 1, 65535));
        return from pair in text.Split(' ').Chunk(2)
               from range in pair[1].Split(',')
               let ends = range.Split('-').Select(int.Parse).ToArray()
               select (Enum.Parse<Protocol>(pair[0]), ends[0], ends[^1]);
    }
}
