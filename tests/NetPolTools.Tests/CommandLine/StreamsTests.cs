using System.Diagnostics;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary>Standard input and output as pipes.</summary>
public class StreamsTests
{
    [Theory]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: wéb, namespace: shop}")]
    [InlineData("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"wéb\",\"namespace\":\"shop\"}}")]
    public void A_dash_reads_YAML_or_JSON_from_standard_input_and_text_is_UTF_8(string manifest)
    {
        var run = Netpol.ReachWithInput(manifest, "-", "-o", "csv", "--from", "wéb", "--to", "192.0.2.1");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal("shop,wéb,Pod,,192.0.2.1,,All,Allowed,", run.OutputLines[1]);
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
        var program = Path.Combine(AppContext.BaseDirectory, "kubectl-netpol.dll");
        var script = $"(echo first; dotnet '{program}' reach '{Netpol.ThreeTier}' -o csv; echo last) > '{folder.At("both")}'";
        using var shell = Process.Start("sh", ["-c", script]);
        shell.WaitForExit();
        Assert.Equal(["first", .. Netpol.Reach(Netpol.ThreeTier, "-o", "csv").OutputLines, "last"], File.ReadAllLines(folder.At("both")));
    }

    [Fact]
    public async Task A_reader_that_has_seen_enough_is_no_error()
    {
        var pods = Given.Documents([.. Enumerable.Range(0, 300).Select(static i => Given.Pod($"pod-{i}"))]);
        using var process = Netpol.Start("reach", "-", "-o", "csv", "--denied");
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(pods);
        process.StandardInput.Close();
        Assert.StartsWith("SourceNamespace,", process.StandardOutput.ReadLine(), StringComparison.Ordinal);
        process.StandardOutput.Close();
        process.WaitForExit();
        Assert.Equal((0, ""), (process.ExitCode, await errors));
    }
}
