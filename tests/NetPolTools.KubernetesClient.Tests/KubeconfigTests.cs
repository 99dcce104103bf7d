using NetPolTools.KubernetesClient.Tests.Support;
using NetPolTools.Live;

namespace NetPolTools.KubernetesClient.Tests;

/// <summary>Kubeconfigs are understood as kubectl understands them, or refused.</summary>
public sealed class KubeconfigTests : IDisposable
{
    private readonly KubeconfigFolder _kubeconfigs = new();
    private readonly FakeServer _server = new();
    private readonly string? _variable = Environment.GetEnvironmentVariable("KUBECONFIG");

    public KubeconfigTests()
    {
        _server.Answer("/apis", "{}");
    }

    [Theory]
    [InlineData("{token: abc}", "Bearer abc")]
    [InlineData("{tokenFile: token.txt}", "Bearer from-file")]
    [InlineData("{token: abc, tokenFile: token.txt}", "Bearer from-file")]
    [InlineData("{username: jane, password: 'p:w'}", "Basic amFuZTpwOnc=")]
    [InlineData("{}", "")]
    [InlineData("", "")]
    public void A_user_logs_in_by_what_stands_there(string user, string authorization)
    {
        _kubeconfigs.Write("token.txt", "from-file\n");
        Assert.Equal(ReadOutcome.Read, _kubeconfigs.Reader(Cluster, user).Read("/apis").Outcome);
        Assert.Equal(authorization, Assert.Single(_server.Requests).Authorization);
    }

    [Fact]
    public void A_context_without_a_user_is_nobody()
    {
        var file = _kubeconfigs.Write(
            "config", $"{{clusters: [{{name: c, cluster: {Cluster}}}], contexts: [{{name: x, context: {{cluster: c}}}}], current-context: x}}");
        Assert.Equal(ReadOutcome.Read, _kubeconfigs.ReaderOf(file).Read("/apis").Outcome);
        Assert.Equal("", Assert.Single(_server.Requests).Authorization);
    }

    [Fact]
    public void An_address_without_a_scheme_is_plain_HTTP() =>
        Assert.Equal(ReadOutcome.Read, _kubeconfigs.Reader($"{{server: \"127.0.0.1:{_server.Port}\"}}").Read("/apis").Outcome);

    [Fact]
    public void Contexts_go_by_name_and_case()
    {
        var file = _kubeconfigs.Write("config", KubeconfigFolder.Text(Cluster, context: "prod"));
        Assert.Equal(ReadOutcome.Read, _kubeconfigs.ReaderOf(file, "prod").Read("/apis").Outcome);
        Assert.Equal("context \"Prod\" does not exist in the kubeconfig.", _kubeconfigs.ReaderOf(file, "Prod").Failure());
    }

    [Theory]
    [InlineData("{contexts: [{name: x, context: {cluster: c, user: u}}], current-context: x, users: [{name: u, user: {token: t}}]}",
        "cluster \"c\" does not exist")]
    [InlineData("{contexts: [{name: x, context: {cluster: c, user: u}}], current-context: x, clusters: [{name: c, cluster: {server: 'http://a'}}]}",
        "user \"u\" does not exist")]
    [InlineData("{contexts: [{name: x, context: {cluster: c}}], current-context: x, clusters: [{name: c}]}", "no URL: ''")]
    [InlineData("{contexts: [{name: x, context: {cluster: c}}], current-context: x, clusters: [{name: c, cluster: {server: 'ftp://a'}}]}", "no URL: 'ftp://a'")]
    [InlineData("{contexts: [{name: x}], current-context: x}", "cluster \"\" does not exist")]
    [InlineData("{current-context: ''}", "no current context")]
    [InlineData("", "no current context")]
    [InlineData("{contexts: [", "(2,1) is no kubeconfig")]
    public void What_a_kubeconfig_lacks_is_told(string text, string words) =>
        Assert.Contains(words, _kubeconfigs.ReaderOf(_kubeconfigs.Write("config", text)).Failure(), StringComparison.Ordinal);

    [Theory]
    [InlineData("{server: 'http://a', proxy-url: 'http://p'}", "{token: t}", "proxy-url")]
    [InlineData("{server: 'http://a'}", "{token: t, as: admin}", "stands for another")]
    [InlineData("{server: 'http://a'}", "{token: t, as-groups: [admins]}", "stands for another")]
    [InlineData("{server: 'http://a'}", "{token: t, as-user-extra: {scopes: [all]}}", "stands for another")]
    [InlineData("{server: 'http://a'}", "{auth-provider: {name: oidc, config: {id-token: a}}}", "auth-provider oidc")]
    public void What_only_kubectl_can_do_is_refused(string cluster, string user, string words)
    {
        var failure = _kubeconfigs.Reader(cluster, user).Failure();
        Assert.Contains(words, failure, StringComparison.Ordinal);
        Assert.Contains("-Transport Kubectl", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{token: t}", "insecure-skip-tls-verify: true, certificate-authority-data: eA==", "only one of them")]
    [InlineData("{tokenFile: no-such-file}", "tls-server-name: a", "no-such-file")]
    [InlineData("{token: \"a\\nb\"}", "tls-server-name: a", "The token of the user is none")]
    public void What_contradicts_itself_or_is_not_there_is_told(string user, string cluster, string words) =>
        Assert.Contains(words, _kubeconfigs.Reader($"{{server: 'https://a', {cluster}}}", user).Failure(), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_named_must_be_there()
    {
        Assert.Contains("no-such-file cannot be read", _kubeconfigs.ReaderOf(_kubeconfigs.At("no-such-file")).Failure(), StringComparison.Ordinal);
        Environment.SetEnvironmentVariable("KUBECONFIG", _kubeconfigs.At("no-such-file"));
        Assert.Contains("There is no kubeconfig", _kubeconfigs.ReaderOf(null).Failure(), StringComparison.Ordinal);
        Assert.Equal("context \"x\" does not exist in the kubeconfig.", _kubeconfigs.ReaderOf(null, "x").Failure());
    }

    [Fact]
    public void Of_several_files_the_first_entry_of_a_name_counts_and_paths_are_relative_to_their_own_file()
    {
        _kubeconfigs.Write("a/config", $"{{users: [{{name: u-x, user: {{tokenFile: t}}}}]}}");
        _kubeconfigs.Write("a/t", "of-a");
        _kubeconfigs.Write("b/config", KubeconfigFolder.Text(Cluster, "{token: of-b}"));
        _kubeconfigs.Write("b/t", "of-b-file");
        _kubeconfigs.Write("c/config", KubeconfigFolder.Text(Cluster, "{tokenFile: t}", "y"));
        _kubeconfigs.Write("c/t", "of-c");
        Environment.SetEnvironmentVariable(
            "KUBECONFIG", string.Join(Path.PathSeparator, "a/config", "", "no-such-file", _kubeconfigs.At("b/config"), "c/config"));
        Assert.Equal(ReadOutcome.Read, _kubeconfigs.ReaderOf(null).Read("/apis").Outcome);
        Assert.Equal(ReadOutcome.Read, _kubeconfigs.ReaderOf(null, "y").Read("/apis").Outcome);
        Assert.Equal(["Bearer of-a", "Bearer of-c"], _server.Requests.Select(static request => request.Authorization));
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("KUBECONFIG", _variable);
        _server.Dispose();
        _kubeconfigs.Dispose();
    }

    private string Cluster => $"{{server: \"{_server.Url}\"}}";
}
