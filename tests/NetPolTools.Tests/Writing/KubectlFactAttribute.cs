using System.Runtime.CompilerServices;

namespace NetPolTools.Tests.Writing;

/// <summary>A test that needs kubectl, and no cluster; skipped where there is none.</summary>
public sealed class KubectlFactAttribute : FactAttribute
{
    public KubectlFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var name = OperatingSystem.IsWindows() ? "kubectl.exe" : "kubectl";
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, name))))
            Skip = "There is no kubectl on the PATH to read our YAML with.";
    }
}
