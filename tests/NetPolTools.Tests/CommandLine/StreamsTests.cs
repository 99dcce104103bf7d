using System.Diagnostics;
using NetPolTools.Kubectl;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary>Standard input and output, of this process and as pipes of another.</summary>
public class StreamsTests
{
    [Theory]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: web-1, namespace: shop, ownerReferences: [{kind: Sét, name: web, controller: true}]}")]
    [InlineData("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"web-1\",\"namespace\":\"shop\",\"ownerReferences\":[{\"kind\":\"Sét\",\"name\":\"web\",\"controller\":true}]}}")]
    public void A_dash_reads_YAML_or_JSON_from_standard_input_and_text_is_UTF_8(string manifest)
    {
        var run = NetpolProcess.Run(manifest, "reach", "-", "-o", "csv", "--from", "web", "--to", "192.0.2.1");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal("shop,web,Sét,,192.0.2.1,,All,Allowed,", run.OutputLines[1]);
    }

    [Fact]
    public void Standard_input_goes_with_files() =>
        Assert.Contains("default/extra[Pod]", Netpol.ReachWithInput(Given.Pod("extra"), Netpol.ThreeTier, "-").Output, StringComparison.Ordinal);

    [Fact]
    public void An_empty_standard_input_makes_2_with_a_word_about_it()
    {
        var run = Netpol.ReachWithInput("", "-");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("<stdin>", run.Errors, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Into_a_file_that_others_write_to_as_well_it_writes_between_them()
    {
        using var folder = new ManifestFolder();
        var script = $"(echo first; dotnet '{NetpolProcess.Program}' reach '{Netpol.ThreeTier}' -o csv; echo last) > '{folder.At("both")}'";
        using var shell = new ChildProcess(new ProcessStartInfo("sh", ["-c", script]));
        Assert.Equal((0, "", ""), shell.Finish());
        Assert.Equal(["first", .. Netpol.Reach(Netpol.ThreeTier, "-o", "csv").OutputLines, "last"], File.ReadAllLines(folder.At("both")));
    }

    [Fact]
    public void A_reader_that_has_seen_enough_is_no_error()
    {
        var pods = Given.Documents([.. Enumerable.Range(0, 300).Select(static i => Given.Pod($"pod-{i}"))]);
        using var process = NetpolProcess.Start("reach", "-", "-o", "csv", "--denied");
        process.Input.Write(pods);
        process.Input.Close();
        Assert.StartsWith("SourceNamespace,", process.ReadLine(), StringComparison.Ordinal);
        process.CloseOutput();
        Assert.Equal((0, ""), process.FinishWithoutOutput());
    }

    [Theory]
    [InlineData("reach", "PATH", "-o", "csv")]
    [InlineData("test", "PATH", "--from", "web", "--to", "api")]
    [InlineData("isolation", "PATH")]
    [InlineData("diff", "PATH", "PATH", "-o", "json")]
    [InlineData("cni", "PATH")]
    [InlineData("deny", "shop")]
    [InlineData("reach", "--help")]
    public async Task Where_the_answer_cannot_be_written_it_says_so_and_makes_2(params string[] question)
    {
        using var errors = new StringWriter();
        var terminal = new Terminal(static () => Stream.Null, static () => throw new IOException("No space left on device"), errors);
        var code = await Cli.Run([.. question.Select(static word => word == "PATH" ? Netpol.ThreeTier : word)], terminal, false, CancellationToken.None);
        Assert.Equal(ExitCode.NotAnswered, code);
        Assert.EndsWith("error: The answer could not be written: No space left on device\n", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_cancelled_before_it_answers_exits_as_shells_count_it()
    {
        using var output = new MemoryStream();
        using var errors = new StringWriter();
        var terminal = new Terminal(static () => Stream.Null, () => output, errors);
        Assert.Equal(ExitCode.Cancelled, await Cli.Run(["reach", Netpol.ThreeTier], terminal, false, new CancellationToken(canceled: true)));
        Assert.Equal((0, ""), (output.Length, errors.ToString()));
    }
}
