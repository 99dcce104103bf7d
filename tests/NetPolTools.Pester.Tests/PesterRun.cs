using System.Text.Json;

namespace NetPolTools.Pester.Tests;

/// <summary>What a PowerShell left that ran suites.</summary>
/// <param name="ExitCode">Of the process.</param>
/// <param name="Output">What it printed, and its errors.</param>
/// <param name="Results">By the folder of a suite, what Invoke-Suite.ps1 wrote of it; empty where it did not get there.</param>
internal sealed record PesterRun(int ExitCode, string Output, IReadOnlyDictionary<string, string> Results)
{
    /// <summary>The tests of a suite.</summary>
    /// <exception cref="InvalidOperationException">It did not come to its end, or has no tests.</exception>
    public IReadOnlyList<PesterTest> TestsOf(string folder)
    {
        // It is written last, so what died on the way has none.
        if (ExitCode != 0 || Results[folder].Length == 0)
            throw new InvalidOperationException($"The Pester suite ended with exit code {ExitCode} before it was done. Its output:\n{Output}");
        var tests = JsonSerializer.Deserialize<PesterTest[]>(Results[folder], JsonSerializerOptions.Web)!;
        return tests.Length > 0 ? tests : throw new InvalidOperationException($"The Pester suite has no tests. Its output:\n{Output}");
    }
}
