using System.Diagnostics;
using System.Text.Json;
using NetPolTools.Tests.Support;

namespace NetPolTools.Pester.Tests;

/// <summary>Runs Pester by tests/Pester/Invoke-Suite.ps1, in the PowerShell that PWSH names, or else in that of the manifest of tools.</summary>
internal static class PesterSuite
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <summary>The suite of the module: all of it, or the files whose names begin as NETPOL_PESTER_FILES says, such as Cni.</summary>
    /// <inheritdoc cref="Run(string, string, CancellationToken)"/>
    public static Task<IReadOnlyList<PesterTest>> RunOwn(CancellationToken cancellation) =>
        Run(Path.Combine(Repository.Root, "tests", "Pester"), Environment.GetEnvironmentVariable("NETPOL_PESTER_FILES") ?? "", cancellation);

    /// <summary>All tests of the files in a folder whose names begin so.</summary>
    /// <exception cref="InvalidOperationException">The run did not come to its end, or has no tests.</exception>
    public static async Task<IReadOnlyList<PesterTest>> Run(string folder, string files, CancellationToken cancellation)
    {
        var results = Path.GetTempFileName();
        try
        {
            var (exitCode, output) = await Run(Start(folder, files, results), cancellation);
            var text = await File.ReadAllTextAsync(results, cancellation);
            // It is written last, so what died on the way has none.
            if (exitCode != 0 || text.Length == 0)
                throw new InvalidOperationException($"The Pester suite ended with exit code {exitCode} before it was done. Its output:\n{output}");
            var tests = JsonSerializer.Deserialize<PesterTest[]>(text, JsonSerializerOptions.Web)!;
            return tests.Length > 0 ? tests : throw new InvalidOperationException($"The Pester suite has no tests. Its output:\n{output}");
        }
        finally
        {
            File.Delete(results);
        }
    }

    private static ProcessStartInfo Start(string folder, string files, string results)
    {
        var modules = Path.Combine(AppContext.BaseDirectory, "modules");
        var start = new ProcessStartInfo
        {
            // The manifest of tools is looked for from here up.
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Environment.GetEnvironmentVariable("PWSH") is { Length: > 0 } pwsh)
        {
            start.FileName = pwsh;
        }
        else
        {
            start.FileName = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
            foreach (var argument in (string[])["tool", "run", "pwsh", "--"])
                start.ArgumentList.Add(argument);
        }

        string[] arguments =
        [
            "-NoProfile", "-NonInteractive", "-File", Path.Combine(Repository.Root, "tests", "Pester", "Invoke-Suite.ps1"),
            "-Module", Path.Combine(modules, "NetPolTools"), "-Suite", folder, "-File", files, "-Pester", Path.Combine(modules, "Pester"),
            "-ResultFile", results,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["NO_COLOR"] = "1";

        // The suite ends before methods that are measured while they run would pay.
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }

    /// <summary>Runs a process to its end; none of its children outlives the test run.</summary>
    private static async Task<(int ExitCode, string Output)> Run(ProcessStartInfo start, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Longest);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new InvalidOperationException($"The Pester suite was not done after {Longest.TotalMinutes} minutes.");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }

        return (process.ExitCode, await output + await error);
    }
}
