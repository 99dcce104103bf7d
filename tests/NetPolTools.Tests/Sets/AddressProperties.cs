using System.Net;
using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Sets;

public sealed class AddressProperties
{
    private const int Count = 1000;

    private static readonly Gen<byte> AnyByte =
        Gen.OneOf(Gen.Elements<byte>(0, 1, 127, 128, 255), Gen.Choose(0, 255).Select(static value => (byte)value));

    /// <summary>Four bytes or sixteen; runs of zeros, as IPv6 text shortens, are common.</summary>
    private static readonly Gen<byte[]> Bytes = Gen.OneOf(
            Gen.ArrayOf(AnyByte, 4),
            Gen.ArrayOf(AnyByte, 16),
            Gen.ArrayOf(Gen.Frequency((4, Gen.Constant((byte)0)), (1, AnyByte)), 16))
        .Where(static bytes => !IsMapped(bytes));

    private static readonly Gen<(byte[] Bytes, int Prefix)> Blocks =
        from bytes in Bytes
        from prefix in Gen.Choose(0, bytes.Length * 8)
        select (bytes, prefix);

    [Fact]
    public void An_address_reads_as_the_number_its_bytes_make_and_prints_as_it_was() => Always.Holds(Bytes, Count, static bytes =>
    {
        var text = new IPAddress(bytes).ToString();
        var address = NetAddress.Parse(text);
        Assert.Equal(bytes.Length == 4 ? AddressFamilyKind.IPv4 : AddressFamilyKind.IPv6, address.Family);
        Assert.Equal(bytes.Aggregate(UInt128.Zero, static (value, b) => (value << 8) | b), address.Value);
        Assert.Equal(text, address.ToString());
    });

    [Fact]
    public void An_ipv4_address_mapped_into_ipv6_is_the_ipv4_address() => Always.Holds(Gen.ArrayOf(AnyByte, 4), Count, static bytes =>
    {
        var address = new IPAddress(bytes);
        Assert.Equal(NetAddress.Parse(address.ToString()), NetAddress.Parse(address.MapToIPv6().ToString()));
    });

    [Fact]
    public void A_block_holds_the_addresses_that_share_its_leading_bits() => Always.Holds(Blocks.Zip(Bytes), Count, static given =>
    {
        var ((bytes, prefix), other) = given;
        var block = Read($"{new IPAddress(bytes)}/{prefix}");
        Assert.Equal(SharesBits(bytes, other, prefix), block.Contains(NetAddress.Parse(new IPAddress(other).ToString())));
        Assert.True(block.Contains(NetAddress.Parse(new IPAddress(bytes).ToString())));
    });

    [Fact]
    public void A_block_prints_as_the_cidr_of_its_first_address_and_as_its_two_ends() => Always.Holds(Blocks, Count, static given =>
    {
        var (bytes, prefix) = given;
        var written = $"{new IPAddress(bytes)}/{prefix}";
        Assert.True(AddressRange.TryParseCidr(written, out var block, out var length, out var hostBits));
        var (first, last) = (new NetAddress(block.Family, block.First), new NetAddress(block.Family, block.Last));
        Assert.Equal(prefix, length);
        Assert.Equal(first.ToString() != new IPAddress(bytes).ToString(), hostBits);
        Assert.Equal(first == last ? $"{first}" : $"{first}-{last}", block.ToString());
        Assert.Equal(first == last ? $"{first}" : $"{first}/{prefix}", block.ToCidrOrRange());
        Assert.Equal(block, Read($"{first}/{prefix}"));
    });

    [Fact]
    public void A_range_is_written_as_a_block_only_where_it_is_one() => Always.Holds(Blocks, Count, static given =>
    {
        // A block of one or two addresses leaves an address, not a range, when it loses one.
        var prefix = Math.Min(given.Prefix, (given.Bytes.Length * 8) - 2);
        var block = Read($"{new IPAddress(given.Bytes)}/{prefix}");
        var shorter = new AddressRange(block.Family, block.First, block.Last - 1);
        var shifted = new AddressRange(block.Family, block.First + 1, block.Last);
        Assert.Equal(shorter.ToString(), shorter.ToCidrOrRange());
        Assert.Equal(shifted.ToString(), shifted.ToCidrOrRange());
    });

    [Fact]
    public void Two_ranges_overlap_when_one_holds_an_end_of_the_other() => Always.Holds(Gen.Two(Blocks), Count, static two =>
    {
        var a = Read($"{new IPAddress(two.Item1.Bytes)}/{two.Item1.Prefix}");
        var b = Read($"{new IPAddress(two.Item2.Bytes)}/{two.Item2.Prefix}");
        Assert.Equal(a.Contains(new NetAddress(b.Family, b.First)) || b.Contains(new NetAddress(a.Family, a.First)), a.Overlaps(b));
        Assert.Equal(a.Contains(new NetAddress(b.Family, b.First)) && a.Contains(new NetAddress(b.Family, b.Last)), a.Contains(b));
    });

    [Fact]
    public void Neighbours_of_an_address_are_those_of_its_number() => Always.Holds(Bytes, Count, static bytes =>
    {
        var address = NetAddress.Parse(new IPAddress(bytes).ToString());
        if (address != NetAddress.Last(address.Family))
            Assert.Equal(new NetAddress(address.Family, address.Value + 1), address.Next());
        if (address != NetAddress.First(address.Family))
            Assert.Equal(new NetAddress(address.Family, address.Value - 1), address.Previous());
        Assert.Equal(NetAddress.MaxValue(address.Family), NetAddress.Last(address.Family).Value);
    });

    [Fact]
    public void Addresses_are_in_the_order_of_their_numbers() => Always.Holds(Gen.Two(Bytes), Count, static two =>
    {
        var (a, b) = (NetAddress.Parse(new IPAddress(two.Item1).ToString()), NetAddress.Parse(new IPAddress(two.Item2).ToString()));
        Assert.Equal((a.Family, a.Value).CompareTo((b.Family, b.Value)), a.CompareTo(b));
        Assert.Equal(a.Family == b.Family && a.Value == b.Value, a == b);
    });

    [Fact]
    public void A_range_knows_how_many_addresses_it_has() => Always.Holds(Bytes.Zip(Gen.Choose(1, 300)), Count, static given =>
    {
        var first = NetAddress.Parse(new IPAddress(given.Item1).ToString());
        if (NetAddress.MaxValue(first.Family) - first.Value < 300)
            return;
        var range = new AddressRange(first.Family, first.Value, first.Value + (uint)(given.Item2 - 1));
        Assert.True(range.HasCount(given.Item2));
        Assert.False(range.HasCount(given.Item2 + 1));
        Assert.True(range.IsFollowedBy(AddressRange.Of(range.LastAddress.Next())));
        Assert.False(range.IsFollowedBy(AddressRange.Of(range.LastAddress)));
    });

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0")]
    [InlineData("10.0.0.0.0")]
    [InlineData("10.0.0.256")]
    [InlineData("10.0.0.-1")]
    [InlineData("10.0.0.1 ")]
    [InlineData("0x0a.0.0.1")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[::1]")]
    [InlineData("1::2::3")]
    [InlineData("web")]
    public void What_is_no_address_does_not_read_as_one(string text) => Assert.False(NetAddress.TryParse(text, out _));

    [Theory]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("fd00::/129")]
    [InlineData("web/24")]
    public void What_is_no_block_does_not_read_as_one(string text) => Assert.False(AddressRange.TryParseCidr(text, out _, out _, out _));

    [Fact]
    public void A_mapped_block_counts_its_prefix_in_128_bits() => Assert.Equal(Read("10.0.0.0/8"), Read("::ffff:10.0.0.0/104"));

    [Fact]
    public void A_mapped_block_shorter_than_96_bits_is_one_of_IPv6() => Assert.Equal(Read("::fffe:0:0/95"), Read("::ffff:10.0.0.0/95"));

    private static AddressRange Read(string cidr)
    {
        Assert.True(AddressRange.TryParseCidr(cidr, out var block, out _, out _), cidr);
        return block;
    }

    private static bool SharesBits(byte[] a, byte[] b, int count) =>
        a.Length == b.Length && Enumerable.Range(0, count).All(bit => ((a[bit / 8] ^ b[bit / 8]) & (0x80 >> (bit % 8))) == 0);

    private static bool IsMapped(byte[] bytes) => bytes.Length == 16 && new IPAddress(bytes).IsIPv4MappedToIPv6;
}
