using NetPolTools.Sets;

namespace NetPolTools.Tests.Sets;

/// <summary>Ports and addresses are read as they are written.</summary>
public sealed class TextTests
{
    [Theory]
    [InlineData("All", "All")]
    [InlineData("None", "None")]
    [InlineData("TCP 80", "TCP 80")]
    [InlineData("TCP 80,8000-8100 UDP 53", "TCP 80,8000-8100 UDP 53")]
    [InlineData("TCP 80 TCP 8000-8100 UDP 53", "TCP 80,8000-8100 UDP 53")]
    [InlineData("SCTP", "SCTP 1-65535")]
    [InlineData("tcp 1-65535 udp 1-65535 sctp 1-65535", "TCP 1-65535 UDP 1-65535 SCTP 1-65535")]
    [InlineData("icmp", "ICMP")]
    [InlineData("ICMPv4 ICMPv6", "ICMP")]
    [InlineData("TCP 80 ICMPv4 8 Other 47", "Other 47 ICMPv4 8 TCP 80")]
    [InlineData("ICMPv6 128,130-255 Other 47", "Other 47 ICMPv6 128,130-255")]
    [InlineData("TCP UDP SCTP ICMP Other", "All")]
    [InlineData("TCP UDP SCTP ICMP", "ICMP TCP 1-65535 UDP 1-65535 SCTP 1-65535")]
    public void Ports_are_read_as_they_are_written(string text, string ports)
    {
        Assert.True(PortSet.TryParse(text, out var read));
        Assert.Equal(ports, read.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("TCP 0")]
    [InlineData("TCP 65536")]
    [InlineData("TCP 9-8")]
    [InlineData("ICMP 8")]
    [InlineData("ICMPv4 256")]
    [InlineData("Other 0-256")]
    [InlineData("3")]
    [InlineData("TCP 80 All")]
    [InlineData("TCP x")]
    [InlineData("0 80")]
    public void What_names_no_ports_is_not_read(string text) => Assert.False(PortSet.TryParse(text, out _));

    [Theory]
    [InlineData("10.0.0.0-10.0.0.9", "10.0.0.0-10.0.0.9")]
    [InlineData("10.0.0.7", "10.0.0.7")]
    [InlineData("10.0.0.0/30", "10.0.0.0-10.0.0.3")]
    [InlineData("::-::ff", "::-::ff")]
    public void Addresses_are_read_as_they_are_written(string text, string range)
    {
        Assert.True(AddressRange.TryParse(text, out var read));
        Assert.Equal(range, read.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.9-10.0.0.0")]
    [InlineData("10.0.0.0-::1")]
    [InlineData("10.0.0.0-")]
    [InlineData("web")]
    public void What_names_no_addresses_is_not_read(string text) => Assert.False(AddressRange.TryParse(text, out _));
}
