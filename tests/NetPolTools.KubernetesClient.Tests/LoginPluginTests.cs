using System.Text.Json;
using NetPolTools.KubernetesClient.Tests.Support;
using NetPolTools.Live;
using NetPolTools.Tests.Support;

namespace NetPolTools.KubernetesClient.Tests;

/// <summary>Users who log in by a program: the exec entries of kubeconfigs.</summary>
public sealed class LoginPluginTests : IDisposable
{
    private const string Version = "client.authentication.k8s.io/v1";

    private readonly KubeconfigFolder _kubeconfigs = new();
    private readonly FakeServer _server = new();

    public LoginPluginTests()
    {
        _server.Answer("/apis", "{}");
    }

    [UnixFact]
    public void A_plugin_is_run_once_however_many_ask()
    {
        var reader = Reader($"{Count}; sleep 0.2; {Credential("\\\"token\\\":\\\"t\\\"")}");
        Parallel.For(0, 6, new ParallelOptions { MaxDegreeOfParallelism = 6 }, _ => Assert.Equal(ReadOutcome.Read, reader.Read("/apis").Outcome));
        Assert.All(_server.Requests, static request => Assert.Equal("Bearer t", request.Authorization));
        Assert.Equal(1, Runs);
    }

    [UnixFact]
    public void A_plugin_is_run_again_once_what_it_gave_is_over()
    {
        const string Expired =
            "\\\"token\\\":\\\"t-$(wc -l < runs | tr -d ' ')\\\",\\\"expirationTimestamp\\\":\\\"2020-01-01T00:00:00Z\\\"";
        var reader = Reader($"{Count}; {Credential(Expired)}");
        reader.Read("/apis");
        reader.Read("/apis");
        Assert.Equal(["Bearer t-1", "Bearer t-2"], _server.Requests.Select(static request => request.Authorization));
    }

    [UnixFact]
    public void A_plugin_is_run_again_where_the_server_no_longer_takes_what_it_gave()
    {
        _server.Answer("/apis", context =>
        {
            context.Response.StatusCode = context.Request.Headers.Authorization == "Bearer t-1" ? 401 : 200;
            return Task.CompletedTask;
        });
        var reader = Reader($"{Count}; {Credential("\\\"token\\\":\\\"t-$(wc -l < runs | tr -d ' ')\\\"")}");
        Assert.Equal(ReadOutcome.Read, reader.Read("/apis").Outcome);
        Assert.Equal(ReadOutcome.Read, reader.Read("/apis").Outcome);
        Assert.Equal(2, Runs);
    }

    [UnixFact]
    public void A_plugin_has_its_arguments_and_its_variables_and_is_told_of_the_cluster()
    {
        var more = ", args: [two words, 'x\"y'], env: [{name: OWN, value: of my own}], provideClusterInfo: true";
        var reader = Reader($"printf '%s|' \"$@\" \"$OWN\" > told; printf %s \"$KUBERNETES_EXEC_INFO\" > info; {Credential("\\\"token\\\":\\\"t\\\"")}", more);
        Assert.Equal(ReadOutcome.Read, reader.Read("/apis").Outcome);
        Assert.Equal("two words|x\"y|of my own|", File.ReadAllText(_kubeconfigs.At("told")));
        var info = JsonDocument.Parse(File.ReadAllText(_kubeconfigs.At("info"))).RootElement;
        Assert.Equal(("ExecCredential", Version), (info.GetProperty("kind").GetString(), info.GetProperty("apiVersion").GetString()));
        Assert.False(info.GetProperty("spec").GetProperty("interactive").GetBoolean());
        Assert.Equal(_server.Url, info.GetProperty("spec").GetProperty("cluster").GetProperty("server").GetString());
    }

    [UnixFact]
    public void A_plugin_by_name_is_looked_for_on_the_PATH_and_by_path_from_the_kubeconfig()
    {
        _kubeconfigs.WriteProgram("bin/netpol-login", Credential("\\\"token\\\":\\\"t\\\""));
        Assert.Equal(ReadOutcome.Read, ReaderOf("./bin/netpol-login").Read("/apis").Outcome);
        var path = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", _kubeconfigs.At("bin") + Path.PathSeparator + path);
        try
        {
            Assert.Equal(ReadOutcome.Read, ReaderOf("netpol-login").Read("/apis").Outcome);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }

        Assert.Equal("The login plugin netpol-login is not there. Get it from the shelf.", ReaderOf("netpol-login", ", installHint: Get it from the shelf.")
            .Failure());
    }

    [UnixFact]
    public void A_plugin_may_give_a_certificate()
    {
        using var certificates = new Certificates();
        using var server = new FakeServer(certificates.Server());
        server.Answer("/apis", "{}");
        var (certificate, key) = certificates.Client("jane");
        var status = JsonSerializer.Serialize(new { clientCertificateData = certificate, clientKeyData = key });
        _kubeconfigs.Write("credential", $$"""{"kind":"ExecCredential","apiVersion":"{{Version}}","status":{{status}}}""");
        _kubeconfigs.WriteProgram("login", "cat credential");
        var user = $"{{exec: {{apiVersion: {Version}, command: ./login}}}}";
        var reader = _kubeconfigs.Reader($"{{server: \"{server.Url}\", certificate-authority-data: {certificates.Authority}}}", user);
        Assert.Equal(ReadOutcome.Read, reader.Read("/apis").Outcome);
        Assert.Equal("CN=jane", Assert.Single(server.Requests).Certificate);
    }

    [UnixFact]
    public void A_plugin_that_fails_is_told_of_with_what_it_said() => Assert.Equal(
        "The login plugin ./login ended with exit code 3. no session: log in first",
        Reader("echo 'no session:' >&2; echo 'log in first' >&2; exit 3").Failure());

    [UnixTheory]
    [InlineData("echo nothing", "", "is no ExecCredential")]
    [InlineData("echo '[]'", "", "is no ExecCredential")]
    [InlineData("echo '{\"apiVersion\":\"client.authentication.k8s.io/v1beta1\",\"status\":{\"token\":\"t\"}}'", "",
        "it speaks client.authentication.k8s.io/v1beta1")]
    [InlineData("echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\"}'", "", "neither a token nor a certificate")]
    [InlineData("echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"clientCertificateData\":\"c\"}}'", "", "without its key")]
    [InlineData("echo", ", interactiveMode: Always", "at a terminal")]
    public void A_plugin_that_gives_no_login_is_told_of(string shell, string more, string words) =>
        Assert.Contains(words, Reader(shell, more).Failure(), StringComparison.Ordinal);

    [UnixFact]
    public void A_plugin_without_its_command_is_told_of() =>
        Assert.Contains("lacks its command", _kubeconfigs.Reader(Cluster, $"{{exec: {{apiVersion: {Version}}}}}").Failure(), StringComparison.Ordinal);

    [UnixFact]
    public void Cancelling_ends_a_plugin()
    {
        using var cancelling = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        Assert.ThrowsAny<OperationCanceledException>(() => Reader("sleep 600").Read("/apis", cancelling.Token));
    }

    public void Dispose()
    {
        _server.Dispose();
        _kubeconfigs.Dispose();
    }

    private static string Count => "echo run >> runs";

    private int Runs => File.ReadAllLines(_kubeconfigs.At("runs")).Length;

    private string Cluster => $"{{server: \"{_server.Url}\"}}";

    private static string Credential(string status) =>
        $"echo \"{{\\\"kind\\\":\\\"ExecCredential\\\",\\\"apiVersion\\\":\\\"{Version}\\\",\\\"status\\\":{{{status}}}}}\"";

    private ClientReader Reader(string shell, string more = "")
    {
        _kubeconfigs.WriteProgram("login", shell);
        return ReaderOf("./login", more);
    }

    private ClientReader ReaderOf(string command, string more = "") =>
        _kubeconfigs.Reader(Cluster, $"{{exec: {{apiVersion: {Version}, command: {command}{more}}}}}");
}
