using System.Runtime.CompilerServices;

namespace NetPolTools.Tests.CommandLine;

/// <summary>A test of the native file; skipped where none was built, since building one takes a linker and half a minute.</summary>
public sealed class NativeFactAttribute : FactAttribute
{
    public const string WhySkipped = "NETPOL_NATIVE does not name a native file of the plugin; .ci/run builds one and sets it.";

    public NativeFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        Skip = NetpolProcess.Native is null ? WhySkipped : null;
    }
}
