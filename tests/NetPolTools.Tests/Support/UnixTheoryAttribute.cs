using System.Runtime.CompilerServices;

namespace NetPolTools.Tests.Support;

/// <summary>Tests that need a Unix shell; skipped on Windows.</summary>
public sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        Skip = OperatingSystem.IsWindows() ? "There is no Unix shell on Windows." : null;
    }
}
