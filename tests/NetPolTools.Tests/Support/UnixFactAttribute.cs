namespace NetPolTools.Tests.Support;

/// <summary>A test that needs a Unix shell; skipped on Windows.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        Skip = OperatingSystem.IsWindows() ? "There is no Unix shell on Windows." : null;
    }
}
