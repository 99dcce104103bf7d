namespace NetPolTools.Tests.Support;

/// <summary>Tests that need a Unix shell; skipped on Windows.</summary>
public sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute()
    {
        Skip = OperatingSystem.IsWindows() ? "There is no Unix shell on Windows." : null;
    }
}
