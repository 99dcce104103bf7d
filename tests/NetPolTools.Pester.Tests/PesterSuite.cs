using System.Diagnostics;
using NetPolTools.Tests.Support;

namespace NetPolTools.Pester.Tests;

/// <summary>Runs Pester by tests/Pester/Invoke-Suite.ps1, in the PowerShell that PWSH names, or else in that of the manifest of tools.</summary>
internal static class PesterSuite
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <summary>The suite of the module: all of it, or the files whose names begin as NETPOL_PESTER_FILES says, such as Cni.</summary>
    /// <exception cref="InvalidOperationException">The run did not come to its end, or has no tests.</exception>
    public static async Task<IReadOnlyList<PesterTest>> RunOwn(CancellationToken cancellation)
    {
        var folder = Path.Combine(Repository.Root, "tests", "Pester");
        return (await Run([folder], Environment.GetEnvironmentVariable("NETPOL_PESTER_FILES") ?? "", cancellation)).TestsOf(folder);
    }

    /// <summary>All tests of the files in folders whose names begin so; the folders one after the other, in one PowerShell.</summary>
    public static async Task<PesterRun> Run(string[] folders, string files, CancellationToken cancellation)
    {
        var results = folders.ToDictionary(static folder => folder, static _ => Path.GetTempFileName());
        try
        {
            var (exitCode, output) = await Run(Start(results, files), cancellation);
            return new PesterRun(exitCode, output, results.ToDictionary(static result => result.Key, static result => File.ReadAllText(result.Value)));
        }
        finally
        {
            foreach (var file in results.Values)
                File.Delete(file);
        }
    }

    private static ProcessStartInfo Start(Dictionary<string, string> results, string files)
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

        var script = Path.Combine(Repository.Root, "tests", "Pester", "Invoke-Suite.ps1");
        var suites = results.Select(result =>
            $"& {Quoted(script)} -Module {Quoted(Path.Combine(modules, "NetPolTools"))} -Suite {Quoted(result.Key)} -File {Quoted(files)} " +
            $"-Pester {Quoted(Path.Combine(modules, "Pester"))} -ResultFile {Quoted(result.Value)}");
        foreach (var argument in (string[])["-NoProfile", "-NonInteractive", "-Command", string.Join("; ", suites)])
            start.ArgumentList.Add(argument);
        start.Environment["NO_COLOR"] = "1";

        // The suite ends before methods that are measured while they run would pay.
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;

        static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
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
