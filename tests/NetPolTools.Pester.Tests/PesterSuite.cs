using System.Diagnostics;
using System.Text.Json;
using NetPolTools.Tests.Support;

namespace NetPolTools.Pester.Tests;

/// <summary>One run of tests/Pester/Invoke-Suite.ps1.</summary>
internal static class PesterSuite
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <summary>
    /// All tests of the suite, or those of the files whose names begin as NETPOL_PESTER_FILES says (Cni), in the PowerShell that PWSH names, or else in
    /// that of the manifest of tools.
    /// </summary>
    /// <exception cref="InvalidOperationException">The suite did not come to its end, or has no tests.</exception>
    public static async Task<IReadOnlyList<PesterTest>> Run(CancellationToken cancellation)
    {
        var results = Path.GetTempFileName();
        try
        {
            var (exitCode, output) = await Run(Start(results), cancellation);
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

    private static ProcessStartInfo Start(string results)
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
            start.ArgumentList.Add("tool");
            start.ArgumentList.Add("run");
            start.ArgumentList.Add("pwsh");
            start.ArgumentList.Add("--");
        }

        start.ArgumentList.Add("-NoProfile");
        start.ArgumentList.Add("-NonInteractive");
        start.ArgumentList.Add("-File");
        start.ArgumentList.Add(Path.Combine(Repository.Root, "tests", "Pester", "Invoke-Suite.ps1"));
        start.ArgumentList.Add("-Module");
        start.ArgumentList.Add(Path.Combine(modules, "NetPolTools"));
        start.ArgumentList.Add("-Pester");
        start.ArgumentList.Add(Path.Combine(modules, "Pester"));
        start.ArgumentList.Add("-ResultFile");
        start.ArgumentList.Add(results);
        if (Environment.GetEnvironmentVariable("NETPOL_PESTER_FILES") is { Length: > 0 } files)
        {
            start.ArgumentList.Add("-File");
            start.ArgumentList.Add(files);
        }

        start.Environment["NO_COLOR"] = "1";
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
