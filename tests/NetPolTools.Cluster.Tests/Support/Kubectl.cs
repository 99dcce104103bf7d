using System.Diagnostics;
using System.Text;

namespace NetPolTools.Cluster.Tests.Support;

/// <summary>What kubectl said, run as people run it.</summary>
internal sealed record Kubectl(int ExitCode, string Output, string Errors)
{
    /// <summary>Runs what is expected to succeed.</summary>
    public static Kubectl Run(params string[] arguments) => RunWithInput(null, arguments);

    /// <inheritdoc cref="Run"/>
    public static Kubectl RunWithInput(string? input, params string[] arguments)
    {
        var ended = Try(input, arguments);
        Assert.True(ended.ExitCode == 0, $"kubectl {string.Join(' ', arguments)} ended with {ended.ExitCode}: {ended.Errors}");
        return ended;
    }

    /// <summary>Far more than any run needs; kubectl itself would wait for a server for ever.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static Kubectl Try(string? input, params string[] arguments)
    {
        using var process = Start(arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (input is not null)
            process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"kubectl {string.Join(' ', arguments)} did not end within {Limit}.");
        }

        return new Kubectl(process.ExitCode, output.Result, errors.Result);
    }

    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("kubectl", ["--kubeconfig", LiveCluster.Kubeconfig, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        return Process.Start(start) ?? throw new InvalidOperationException("kubectl did not start.");
    }
}
