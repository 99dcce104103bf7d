using NetPolTools.Sets;

namespace NetPolTools.Tests.Sets;

/// <summary>ICMP and other protocols beside ports: counted where somebody asks about them, and part of All where nobody does.</summary>
public sealed class IcmpSetTests
{
    private static readonly PortSet Counted = PortSet.All.CountingIcmp();

    [Fact]
    public void All_stays_all()
    {
        Assert.Equal("All", Counted.ToString());
        Assert.True(Counted.IsAll);
        Assert.Equal(PortSet.All, Counted);
        Assert.Equal(PortSet.All.GetHashCode(), Counted.GetHashCode());
        Assert.True(PortSet.All.Covers(PortSet.Of(Protocol.ICMP)));
        Assert.Equal("ICMP", PortSet.All.Intersect(PortSet.Of(Protocol.ICMP)).ToString());
    }

    [Fact]
    public void Every_port_is_not_all_where_ICMP_counts()
    {
        var ports = Counted.Except(PortSet.IcmpAndOthers);
        Assert.Equal("TCP 1-65535 UDP 1-65535 SCTP 1-65535", ports.ToString());
        Assert.False(ports.IsAll);
        Assert.NotEqual(PortSet.All, ports);
        Assert.Equal("Other ICMP", PortSet.All.Except(ports).ToString());
        Assert.True(PortSet.TryParse(ports.ToString(), out var read));
        Assert.Equal(ports, read);
        Assert.Equal(ports, Protocols.WithPorts.Select(static protocol => PortSet.Of(protocol).CountingIcmp())
            .Aggregate(PortSet.None, static (a, b) => a.Union(b)));
        Assert.Equal(ports, PortSet.UnionOf([.. Protocols.WithPorts.Select(static protocol => PortSet.Of(protocol).CountingIcmp())]));
    }

    [Fact]
    public void Any_other_set_of_ports_is_the_same_with_and_without_counting()
    {
        var (ports, counted) = (PortSet.Of(Protocol.TCP, 80), PortSet.Of(Protocol.TCP, 80).CountingIcmp());
        Assert.Equal(ports, counted);
        Assert.Equal(ports.GetHashCode(), counted.GetHashCode());
        Assert.False(ports.Intersect(PortSet.IcmpAndOthers).CountsIcmp, "nothing is nothing of any traffic");
        Assert.Equal("ICMP TCP 80", ports.Union(PortSet.Of(Protocol.ICMP)).ToString());
    }

    [Fact]
    public void A_type_of_one_family_is_one_message()
    {
        var ping = PortSet.OfIcmp(AddressFamilyKind.IPv4, 8);
        Assert.Equal("ICMPv4 8", ping.ToString());
        Assert.True(ping.Contains(Protocol.ICMP, 8));
        Assert.False(ping.Contains(Protocol.ICMP, 128));
        Assert.False(ping.Contains(Protocol.TCP, 8));
        Assert.Equal("ICMPv4 0-7,9-255 ICMPv6", PortSet.Of(Protocol.ICMP).Except(ping).ToString());
        Assert.Equal("ICMPv6 128", PortSet.OfIcmp(AddressFamilyKind.IPv6, 128).ToString());
        Assert.Equal("ICMPv4 255 ICMPv6 0", PortSet.OfIcmp(AddressFamilyKind.IPv4, 255).Union(PortSet.OfIcmp(AddressFamilyKind.IPv6, 0)).ToString());
    }

    [Fact]
    public void Other_protocols_go_by_number()
    {
        Assert.Equal("Other 47", PortSet.OfOther(47).ToString());
        Assert.Equal("Other 0-46,48-255", PortSet.Of(Protocol.Other).Except(PortSet.OfOther(47)).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(static () => PortSet.OfOther(256));
        Assert.Throws<ArgumentOutOfRangeException>(static () => PortSet.Of(Protocol.ICMP, 80));
    }

    [Fact]
    public void A_pool_keeps_sets_that_count_ICMP_apart_from_others()
    {
        var pool = new PortSetPool();
        PortSet[] plain = [.. Protocols.WithPorts.Select(static protocol => PortSet.Of(protocol))];
        Assert.Equal("All", pool.UnionOf(plain).ToString());
        Assert.Equal("TCP 1-65535 UDP 1-65535 SCTP 1-65535", pool.UnionOf([.. plain.Select(static set => set.CountingIcmp())]).ToString());
    }
}
