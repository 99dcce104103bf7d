using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Validation;

/// <summary>Items of ports that the API server refuses, and the edges of what it takes.</summary>
public class PortValidationTests
{
    private const string Path = "spec.ingress[0].ports[1]";

    [Theory]
    [InlineData("tcp")]
    [InlineData("Tcp")]
    [InlineData("HTTP")]
    [InlineData("ICMP")]
    [InlineData("''")]
    public void Protocol_is_TCP_UDP_or_SCTP_exactly(string protocol) =>
        IsRefused("protocol", $"{{port: 80, ▸protocol: {protocol}}}", "expected TCP, UDP or SCTP, in capitals");

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("65536")]
    public void Port_numbers_are_1_to_65535(string port) => IsRefused("port", $"{{▸port: {port}}}", port, "between 1 and 65535");

    [Theory]
    [InlineData("{port: 1}")]
    [InlineData("{port: 65535}")]
    [InlineData("{port: 1, endPort: 65535}")]
    [InlineData("{port: 80, endPort: 80}")]
    [InlineData("{protocol: SCTP}")]
    [InlineData("{port: a}")]
    [InlineData("{port: 1a}")]
    [InlineData("{port: abcdefghij-klmn}")]
    [InlineData("{}")]
    public void The_edges_are_accepted(string port) => Marked.IsAccepted($"ingress: [{{ports: [{{}}, {port}]}}]");

    [Theory]
    [InlineData("'80'", "must have a letter")]
    [InlineData("abcdefghij-klmno", "16 characters")]
    [InlineData("Http", "lower case")]
    [InlineData("http_alt", "lower case")]
    [InlineData("a--b", "two hyphens in a row")]
    [InlineData("'-a'", "begin or end with a hyphen")]
    [InlineData("a-", "begin or end with a hyphen")]
    [InlineData("''", "lower case")]
    public void Port_names_are_IANA_service_names(string name, string words) => IsRefused("port", $"{{▸port: {name}}}", "port name", words);

    [Fact]
    public void EndPort_needs_a_port() => IsRefused("endPort", "{▸endPort: 90}", "there is no port");

    [Fact]
    public void EndPort_needs_a_numeric_port() => IsRefused("endPort", "{port: http, ▸endPort: 90}", "needs a numeric port", "'http'");

    [Theory]
    [InlineData("{port: 80, ▸endPort: 79}")]
    [InlineData("{▸endPort: 79, port: 80}")]
    public void EndPort_is_at_least_port(string port) => IsRefused("endPort", port, "endPort 79", "port 80");

    [Fact]
    public void EndPort_is_at_most_65535() => IsRefused("endPort", "{port: 80, ▸endPort: 65536}", "65536", "between 1 and 65535");

    [Fact]
    public void Ports_of_egress_have_their_own_paths() => Marked.IsRefused(
        "spec.egress[1].ports[0].endPort",
        """
        egress:
        - {}
        - ports:
          - port: 8000
            ▸endPort: 80
            protocol: UDP
        """,
        "endPort 80");

    [Fact]
    public void Several_mistakes_of_one_port_are_all_reported()
    {
        var cluster = Given.Cluster(Given.Policy("ingress: [{ports: [{protocol: tcp, port: 0, endPort: -1}]}]"));
        Assert.Equal(
            ["protocol", "port", "endPort", "endPort"],
            cluster.Diagnostics.Select(static d => d.FieldPath!["spec.ingress[0].ports[0].".Length..]));
    }

    /// <summary>The port stands second, behind a good one.</summary>
    private static void IsRefused(string field, string port, params string[] words) =>
        Marked.IsRefused($"{Path}.{field}", $"ingress: [{{ports: [{{port: 443}}, {port}]}}]", words);
}
