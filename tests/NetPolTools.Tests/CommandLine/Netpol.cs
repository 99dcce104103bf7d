using System.Diagnostics;
using System.Text;
using System.Text.Json;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary>Runs the command line tool as its users do: as a process of its own.</summary>
internal sealed record Netpol(int ExitCode, string Output, string Errors)
{
    /// <summary>The pods and policies that most of these tests ask about: web to api to db, and nothing else.</summary>
    public static string ThreeTier => Repository.Manifests("three-tier");

    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public IReadOnlyList<string> OutputLines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<string> ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Netpol Reach(params string[] arguments) => Run(null, ["reach", .. arguments]);

    public static Netpol ReachWithInput(string input, params string[] arguments) => Run(input, ["reach", .. arguments]);

    public static Netpol Run(string? input, params string[] arguments)
    {
        using var process = Start(arguments);
        return Finish(process, input);
    }

    /// <summary>With this folder searched for kubectl before all others.</summary>
    public static Netpol RunWithKubectl(string folder, params string[] arguments)
    {
        using var process = StartWithKubectl(folder, arguments);
        return Finish(process, null);
    }

    /// <inheritdoc cref="RunWithKubectl"/>
    public static Process StartWithKubectl(string folder, params string[] arguments)
    {
        var start = StartOf(arguments);
        start.Environment["PATH"] = folder + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        return Started(start);
    }

    private static Netpol Finish(Process process, string? input)
    {
        var errors = process.StandardError.ReadToEndAsync();
        if (input is not null)
            process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Netpol(process.ExitCode, output, errors.Result);
    }

    public static Process Start(params string[] arguments) => Started(StartOf(arguments));

    private static Process Started(ProcessStartInfo start) => Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");

    private static ProcessStartInfo StartOf(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "kubectl-netpol.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }
}
