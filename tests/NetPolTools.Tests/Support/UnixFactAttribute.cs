using System.Runtime.CompilerServices;

namespace NetPolTools.Tests.Support;

/// <summary>A test that needs a Unix shell; skipped on Windows.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        Skip = OperatingSystem.IsWindows() ? "There is no Unix shell on Windows." : null;
    }
}
