using NetPolTools.Kubectl;
using NetPolTools.Tests.Live;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary><c>--kubernetes-version</c>: what a server of that version refuses in new policies.</summary>
public sealed class VersionTests : IDisposable
{
    private readonly ManifestFolder _folder = new();

    public VersionTests() =>
        _folder.Write("policy.yaml", Given.Documents(Given.Pod("web"), Given.Policy("ingress: [{from: [{ipBlock: {cidr: 10.1.2.3/16}}]}]")));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ExitCode.AnsweredWithBadInput, "error: ", "refuses it in new policies")]
    [InlineData(ExitCode.AnsweredWithBadInput, "error: ", "Kubernetes 1.36 refuses", "--kubernetes-version", "v1.36.2")]
    [InlineData(ExitCode.Answered, "warning: ", "from Kubernetes 1.36 on refuse", "--kubernetes-version", "1.35")]
    public void A_form_is_an_error_or_a_warning_by_the_version(int exitCode, string severity, string words, params string[] options)
    {
        var run = Netpol.Reach([_folder.Path, .. options]);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(severity, run.Errors, StringComparison.Ordinal);
        Assert.Contains(words, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_version_is_an_error()
    {
        var run = Netpol.Reach(_folder.Path, "--kubernetes-version", "latest");
        Assert.Equal(ExitCode.NotAnswered, run.ExitCode);
        Assert.Contains("--kubernetes-version takes a version such as 1.36.", run.ErrorLines);
    }

    [UnixTheory]
    [InlineData("v1.30.1", "warning: ")]
    [InlineData("v1.36.2", "error: ")]
    public void What_is_applied_to_a_cluster_is_taken_by_a_server_of_its_version(string version, string severity)
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Answer("/version", $$"""{"major":"1","minor":"{{version.Split('.')[1]}}","gitVersion":"{{version}}"}""");
        var run = Netpol.RunWithKubectl(kubectl.Program, "diff", "--context", "prod", _folder.Path);
        Assert.Contains(run.ErrorLines, line => line.Contains(severity, StringComparison.Ordinal) && line.Contains("10.1.2.3/16", StringComparison.Ordinal));
    }
}
