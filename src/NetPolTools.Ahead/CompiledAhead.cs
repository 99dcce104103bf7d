using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using NetPolTools.Asking;

namespace NetPolTools;

/// <summary>
/// Loads the Core that was compiled ahead for this platform, where the module has one: a first answer is there in half the time when its methods need not be
/// compiled. PowerShell imports it before the assembly of the cmdlets, whose types need the Core as soon as they are looked at. From then on the Core gets
/// ready by itself.
/// </summary>
/// <remarks>An assembly compiled for one platform cannot be loaded on another; the one beside the cmdlets is for all.</remarks>
public sealed class CompiledAhead : IModuleAssemblyInitializer
{
    private const string Core = "NetPolTools.Core";

    public void OnImport()
    {
        var file = Path.Combine(Path.GetDirectoryName(typeof(CompiledAhead).Assembly.Location)!, "ahead", Platform(), Core + ".dll");
        if (!File.Exists(file) || AssemblyLoadContext.Default.Assemblies.Any(static loaded => loaded.GetName().Name == Core))
            return;
        try
        {
            AssemblyLoadContext.Default.LoadFromAssemblyPath(file);
        }
        catch (BadImageFormatException)
        {
            // Of another platform after all: the one that is for all comes next.
            return;
        }

        if (Environment.ProcessorCount > 1)
            Rehearse();
    }

    /// <summary>
    /// On another processor, while PowerShell goes on with the import. What fails in it fails again where somebody asks, and is told there.
    /// </summary>
    /// <remarks>Not inlined: the Core that it names is loaded by then.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Rehearse() => Task.Run(Rehearsal.Run);

    /// <summary><c>linux-x64</c>, <c>linux-musl-arm64</c>, <c>win-x64</c>, <c>osx-arm64</c>.</summary>
    private static string Platform()
    {
        var system = OperatingSystem.IsWindows() ? "win"
            : OperatingSystem.IsMacOS() ? "osx"
            : RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "linux-musl"
            : "linux";
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }
}
