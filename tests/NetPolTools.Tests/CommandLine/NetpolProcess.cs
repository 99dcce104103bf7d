using System.Diagnostics;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary>Runs the command line tool as its users do: as a process of its own. That takes a second; what needs none is asked of <see
/// cref="Netpol"/>.</summary>
internal static class NetpolProcess
{
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "kubectl-netpol.dll");

    /// <summary>The plugin as the README publishes it on a machine with a linker; null where no file is named.</summary>
    public static string? Native { get; } = Environment.GetEnvironmentVariable("NETPOL_NATIVE") is { Length: > 0 } file ? file : null;

    public static Netpol Run(string? input, params string[] arguments)
    {
        using var process = Start(arguments);
        return Finish(process, input);
    }

    /// <summary>The same by the native file.</summary>
    public static Netpol RunNative(string? input, params string[] arguments)
    {
        using var process = StartNative(null, arguments);
        return Finish(process, input);
    }

    /// <param name="folder">Searched for kubectl before all others; null for none.</param>
    /// <param name="arguments">After the name of the tool.</param>
    public static ChildProcess StartNative(string? folder, params string[] arguments) =>
        new(WithFirstFolder(folder, new ProcessStartInfo(Native ?? throw new InvalidOperationException("There is no native file."), arguments)));

    /// <summary>With this folder searched for kubectl before all others.</summary>
    public static Netpol RunWithKubectl(string folder, params string[] arguments)
    {
        using var process = StartWithKubectl(folder, arguments);
        return Finish(process, null);
    }

    public static ChildProcess Start(params string[] arguments) => new(StartOf(arguments));

    /// <inheritdoc cref="RunWithKubectl"/>
    public static ChildProcess StartWithKubectl(string folder, params string[] arguments) => new(WithFirstFolder(folder, StartOf(arguments)));

    private static ProcessStartInfo WithFirstFolder(string? folder, ProcessStartInfo start)
    {
        if (folder is not null)
            start.Environment["PATH"] = folder + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        return start;
    }

    private static Netpol Finish(ChildProcess process, string? input)
    {
        var (code, output, errors) = process.Finish(input);
        return new Netpol(code, output, errors);
    }

    private static ProcessStartInfo StartOf(string[] arguments) => new("dotnet", [Program, .. arguments]);
}
