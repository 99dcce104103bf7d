using NetPolTools.KubernetesClient.Tests.Support;
using NetPolTools.Live;

namespace NetPolTools.KubernetesClient.Tests;

/// <summary>Whom the client trusts, and who it says it is, over TLS.</summary>
public sealed class TrustTests : IDisposable
{
    private readonly KubeconfigFolder _kubeconfigs = new();
    private readonly Certificates _certificates = new();

    [Fact]
    public void A_server_of_the_authority_in_the_kubeconfig_is_trusted()
    {
        using var server = Server(null);
        Assert.Equal(ReadOutcome.Read, Reader(server, $"certificate-authority-data: {_certificates.Authority}").Read("/apis").Outcome);
    }

    [Fact]
    public void A_server_of_another_authority_is_not()
    {
        using var server = Server(null);
        using var others = new Certificates();
        Assert.Contains("certificate", Reader(server, $"certificate-authority-data: {others.Authority}").Failure(), StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void A_server_that_only_this_machine_could_trust_is_not()
    {
        using var server = Server(null);
        Assert.Contains($"127.0.0.1:{server.Port}", Reader(server, "").Failure(), StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void A_server_with_the_certificate_of_another_host_is_not()
    {
        using var server = Server("api.test");
        Assert.Contains("NameMismatch", Reader(server, $"certificate-authority-data: {_certificates.Authority}").Failure(), StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void The_kubeconfig_may_name_the_host_of_the_certificate()
    {
        using var server = Server("api.test");
        Assert.Equal(ReadOutcome.Read, Reader(server, $"tls-server-name: api.test, certificate-authority-data: {_certificates.Authority}")
            .Read("/apis").Outcome);
        Assert.Equal("api.test", Assert.Single(server.Requests).Host);
    }

    [Fact]
    public void Nothing_is_looked_at_where_the_kubeconfig_says_so()
    {
        using var server = Server("api.test");
        Assert.Equal(ReadOutcome.Read, Reader(server, "insecure-skip-tls-verify: true").Read("/apis").Outcome);
    }

    [Fact]
    public void An_authority_that_is_none_is_told()
    {
        using var server = Server(null);
        Assert.Contains("certificate-authority", Reader(server, "certificate-authority-data: bm90aGluZw==").Failure(), StringComparison.Ordinal);
        Assert.Contains("certificate-authority", Reader(server, "certificate-authority-data: '!'").Failure(), StringComparison.Ordinal);
        Assert.Contains("missing.pem", Reader(server, "certificate-authority: missing.pem").Failure(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_certificate_in_the_kubeconfig_goes_before_files()
    {
        using var server = Server(null);
        var (certificate, key) = _certificates.Client("jane");
        var (other, otherKey) = _certificates.Client("john");
        _kubeconfigs.Write("user.pem", other);
        _kubeconfigs.Write("user.key", otherKey);
        var trust = $"certificate-authority-data: {_certificates.Authority}";
        Assert.Equal(ReadOutcome.Read, Reader(server, trust, "{client-certificate: user.pem, client-key: user.key}").Read("/apis").Outcome);
        var user = $"{{client-certificate: user.pem, client-key: user.key, client-certificate-data: {Certificates.Encoded(certificate)}, client-key-data: "
            + $"{Certificates.Encoded(key)}}}";
        Assert.Equal(ReadOutcome.Read, Reader(server, trust, user).Read("/apis").Outcome);
        Assert.Equal(["CN=john", "CN=jane"], server.Requests.Select(static request => request.Certificate));
    }

    [Theory]
    [InlineData("{client-certificate-data: eA==}", "without its key")]
    [InlineData("{client-certificate-data: eA==, client-key-data: eA==}", "client certificate")]
    public void A_client_certificate_that_cannot_be_used_is_told(string user, string words)
    {
        using var server = Server(null);
        Assert.Contains(words, Reader(server, $"certificate-authority-data: {_certificates.Authority}", user).Failure(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _certificates.Dispose();
        _kubeconfigs.Dispose();
    }

    private FakeServer Server(string? host)
    {
        var server = new FakeServer(_certificates.Server(host));
        server.Answer("/apis", "{}");
        return server;
    }

    private ClientReader Reader(FakeServer server, string trust, string user = "{token: secret}") =>
        _kubeconfigs.Reader($"{{server: \"{server.Url}\", {trust}}}".Replace(", }", "}", StringComparison.Ordinal), user);
}
