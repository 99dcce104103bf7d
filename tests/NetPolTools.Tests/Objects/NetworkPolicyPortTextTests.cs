using NetPolTools.Objects;

namespace NetPolTools.Tests.Objects;

public sealed class NetworkPolicyPortTextTests
{
    [Theory]
    [InlineData("80")]
    [InlineData("0")]
    [InlineData("8000-8100")]
    [InlineData("http")]
    [InlineData("web-2")]
    [InlineData("53/UDP")]
    [InlineData("8000-8100/SCTP")]
    [InlineData("dns/UDP")]
    [InlineData("TCP")]
    [InlineData("SCTP")]
    public void A_port_reads_back_from_its_text(string text) => Assert.Equal(text, NetworkPolicyPortText.Of(NetworkPolicyPortText.Parse(text)));

    [Fact]
    public void A_port_without_a_protocol_has_none_which_means_TCP()
    {
        Assert.Null(NetworkPolicyPortText.Parse("80").Protocol);
        Assert.Equal("UDP", NetworkPolicyPortText.Parse("53/udp").Protocol);
    }

    [Theory]
    [InlineData("")]
    [InlineData("80,81")]
    [InlineData("80/ICMP")]
    [InlineData("80/")]
    [InlineData("-80")]
    [InlineData("HTTP")]
    [InlineData("99999999999")]
    [InlineData("a--b")]
    public void Anything_else_is_refused_with_what_was_expected(string text) =>
        Assert.Contains("expected a number", Assert.Throws<FormatException>(() => NetworkPolicyPortText.Parse(text)).Message, StringComparison.Ordinal);
}
