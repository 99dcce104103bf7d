using System.CommandLine;
using System.Diagnostics;
using NetPolTools.Kubectl;
using NetPolTools.Tests.Live;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary>What only a process shows: that its exit code and streams are those of the function, where kubectl is found, and what a signal does.</summary>
public sealed class ProcessTests
{
    [Theory]
    [InlineData(ExitCode.Answered, "reach", "three-tier", "-o", "csv")]
    [InlineData(ExitCode.AnsweredWithBadInput, "reach", "nowhere.yaml", "three-tier")]
    [InlineData(ExitCode.NotAnswered, "reach", "three-tier", "--frm", "web")]
    [InlineData(ExitCode.NotReachable, "test", "three-tier", "--from", "web", "--to", "db")]
    [InlineData(ExitCode.Differs, "diff", "three-tier", "three-tier-next")]
    [InlineData(ExitCode.Answered, "--help")]
    public void A_process_prints_and_returns_what_the_function_does(int code, params string[] question)
    {
        string[] arguments = [.. question.Select(static word => word.StartsWith("three-tier", StringComparison.Ordinal) ? Repository.Manifests(word) : word)];
        var process = NetpolProcess.Run(null, arguments);
        var here = Netpol.Run(null, arguments);
        Assert.Equal(code, process.ExitCode);

        // The help names the program that runs, which here is the test.
        Assert.Equal(here with { Output = here.Output.Replace(RootCommand.ExecutableName, "kubectl-netpol", StringComparison.Ordinal) }, process);
    }

    [UnixFact]
    public void Kubectl_is_found_on_the_PATH()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        var found = NetpolProcess.RunWithKubectl(kubectl.Folder, "reach", "--context", "prod");
        Assert.NotEmpty(kubectl.Calls);
        Assert.Equal(Netpol.RunWithKubectl(kubectl.Program, "reach", "--context", "prod"), found);
    }

    [UnixFact]
    public void Interrupting_a_watch_ends_every_kubectl_of_it()
    {
        using var kubectl = ClusterTests.WatchedFor("sleep 600");
        using var watching = NetpolProcess.StartWithKubectl(kubectl.Folder, "reach", "--context", "prod", "--watch", "-o", "csv");
        string? line;
        do
            line = watching.ReadLine();
        while (line?.StartsWith("Closed", StringComparison.Ordinal) == false);
        Assert.NotNull(line);
        Assert.NotEmpty(kubectl.Running());

        using var kill = new ChildProcess(new ProcessStartInfo("kill", ["-TERM", $"{watching.Id}"]));
        Assert.Equal((0, "", ""), kill.Finish());
        Assert.Equal(ExitCode.Cancelled, watching.Finish().ExitCode);
        Assert.Empty(kubectl.Running());
    }
}
