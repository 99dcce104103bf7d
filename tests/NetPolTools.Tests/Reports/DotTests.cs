using NetPolTools.Tests.CommandLine;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Reports;

/// <summary>What is written for Graphviz, read by Graphviz itself.</summary>
public sealed class DotTests
{
    [Theory]
    [InlineData("three-tier", "")]
    [InlineData("three-tier-next", "three-tier")]
    [InlineData("calico", "")]
    public void Graphviz_reads_it(string folder, string reference)
    {
        var dot = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(static path => Path.Combine(path, "dot"))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(dot is null, "Graphviz's dot is not on the PATH.");
        string[] compared = reference.Length == 0 ? [] : ["--reference", Repository.Manifests(reference)];
        var graph = Netpol.Run(null, ["report", Repository.Manifests(folder), "-o", "dot", .. compared]).Output;
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, graph);
            using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(dot!, ["-Tdot", file])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var drawn = process.StandardOutput.ReadToEnd();
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors);
            Assert.DoesNotContain("syntax error", errors, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("subgraph cluster_0", drawn, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
