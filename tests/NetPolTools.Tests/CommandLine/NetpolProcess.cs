using System.Diagnostics;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary>Runs the command line tool as its users do: as a process of its own. That takes a second; what needs none is asked of <see
/// cref="Netpol"/>.</summary>
internal static class NetpolProcess
{
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "kubectl-netpol.dll");

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

    public static ChildProcess Start(params string[] arguments) => new(StartOf(arguments));

    /// <inheritdoc cref="RunWithKubectl"/>
    public static ChildProcess StartWithKubectl(string folder, params string[] arguments)
    {
        var start = StartOf(arguments);
        start.Environment["PATH"] = folder + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        return new ChildProcess(start);
    }

    private static Netpol Finish(ChildProcess process, string? input)
    {
        var (code, output, errors) = process.Finish(input);
        return new Netpol(code, output, errors);
    }

    private static ProcessStartInfo StartOf(string[] arguments) => new("dotnet", [Program, .. arguments]);
}
