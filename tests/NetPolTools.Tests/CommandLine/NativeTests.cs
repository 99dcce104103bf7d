using System.CommandLine;
using System.Diagnostics;
using NetPolTools.Kubectl;
using NetPolTools.Tests.Live;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary>
/// The native file says what the function says, in every command and every form of an answer: trimming and native code take away what only
/// reflection would find.
/// </summary>
public sealed class NativeTests
{
    /// <summary>Words that begin with three-tier are folders below <c>tests/manifests</c>.</summary>
    private static readonly string[] Questions =
    [
        "reach three-tier",
        "reach three-tier.json -o json --explain --denied",
        "reach three-tier -o csv --by pod --from app=web",
        "reach nowhere.yaml three-tier",
        "reach three-tier --frm web",
        "test three-tier --from web --to db --port 3306",
        "test three-tier --from api --to db --port 3306",
        "test three-tier --from api --to db --port mysql",
        "diff three-tier three-tier-next",
        "diff three-tier three-tier-next -o json",
        "diff three-tier three-tier-next -o markdown",
        "diff three-tier three-tier-next -o csv",
        "isolation three-tier",
        "isolation three-tier -o json",
        "isolation three-tier -o csv --by namespace",
        "cni three-tier",
        "cni three-tier -o json",
        "deny shop --allow-dns --allow-same-namespace",
        "deny shop -f three-tier --simulate",
        "deny shop --as ClusterNetworkPolicy --allow-dns",
        "lint three-tier",
        "lint three-tier -o json",
        "exposure three-tier",
        "exposure three-tier -o json --access",
        "paths three-tier --from web",
        "paths three-tier --from web -o json",
        "traffic three-tier --flows three-tier/../../flows/hubble.jsonl",
        "traffic three-tier --flows three-tier/../../flows/hubble.jsonl -o json --unused",
        "why three-tier three-tier-next --from web --to db --port 3306",
        "why three-tier three-tier-next --from web --to api --port 5000 -o json",
        "check three-tier --intents three-tier/../intents/three-tier.yaml",
        "check three-tier --intents three-tier/../intents/broken.yaml -o sarif",
        "repair three-tier --from web --to db --port 3306/TCP",
        "repair three-tier --from web --to db --port 3306/TCP -o json",
        "report three-tier -o html",
        "report three-tier -o markdown",
        "report three-tier -o svg",
        "--help",
        "diff --help",
    ];

    [Fact]
    public void Every_command_is_asked()
    {
        var terminal = new Terminal(static () => Stream.Null, static () => Stream.Null, TextWriter.Null);
        var asked = Questions.Select(static question => question.Split(' ')[0]).ToHashSet();
        Assert.DoesNotContain(Cli.Root(terminal).Subcommands, command => !asked.Contains(command.Name));
    }

    [NativeFact]
    public void The_file_prints_and_returns_what_the_function_does() => Assert.All(Questions, static question =>
    {
        string[] words =
            [.. question.Split(' ').Select(static word => word.StartsWith("three-tier", StringComparison.Ordinal) ? Repository.Manifests(word) : word)];
        var here = Netpol.Run(null, words);

        // The help names the program that runs, which here is the test.
        Assert.Equal(
            here with { Output = here.Output.Replace(RootCommand.ExecutableName, "kubectl-netpol", StringComparison.Ordinal) },
            NetpolProcess.RunNative(null, words));
    });

    [NativeFact]
    public void It_reads_every_example_of_the_documentation_as_the_function_does()
    {
        string[] words = ["reach", Repository.Manifests("examples"), "-o", "json", "--explain", "--denied"];
        Assert.Equal(Netpol.Run(null, words), NetpolProcess.RunNative(null, words));
    }

    [NativeFact]
    public void It_reads_its_standard_input()
    {
        var yaml = File.ReadAllText(Directory.EnumerateFiles(Repository.Manifests("three-tier")).Order().First());
        Assert.Equal(Netpol.ReachWithInput(yaml, "-", "-o", "csv"), NetpolProcess.RunNative(yaml, "reach", "-", "-o", "csv"));
    }

    [NativeFact]
    public void It_is_one_file_that_needs_no_NET_to_run()
    {
        Assert.False(File.Exists(Path.ChangeExtension(NetpolProcess.Native, ".dll")), "Assemblies lie beside it: it was not published as native code.");
        var start = new ProcessStartInfo(NetpolProcess.Native!, ["cni", Netpol.ThreeTier]);
        start.Environment["DOTNET_ROOT"] = Path.GetTempPath();
        using var process = new ChildProcess(start);
        Assert.Equal(Netpol.Run(null, "cni", Netpol.ThreeTier).Output, process.Finish().Output);
    }

    [NativeFact]
    public void It_reads_a_cluster_by_kubectl_and_ends_on_a_signal_with_every_kubectl()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("There is no Unix shell on Windows.");
        using (var serving = FakeKubectl.ServingThreeTier())
        {
            using var reading = NetpolProcess.StartNative(serving.Folder, "reach", "--context", "prod", "-o", "csv");
            Assert.Equal(Netpol.RunWithKubectl(serving.Program, "reach", "--context", "prod", "-o", "csv").Output, reading.Finish().Output);
        }

        using var kubectl = ClusterTests.WatchedFor("sleep 600");
        using var watching = NetpolProcess.StartNative(kubectl.Folder, "reach", "--context", "prod", "--watch", "-o", "csv");
        string? line;
        do
            line = watching.ReadLine();
        while (line?.StartsWith("Closed", StringComparison.Ordinal) == false);
        Assert.NotNull(line);
        using var kill = new ChildProcess(new ProcessStartInfo("kill", ["-TERM", $"{watching.Id}"]));
        Assert.Equal((0, "", ""), kill.Finish());
        Assert.Equal(ExitCode.Cancelled, watching.Finish().ExitCode);
        Assert.Empty(kubectl.Running());
    }
}
