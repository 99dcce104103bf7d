using System.Runtime.CompilerServices;

namespace NetPolTools.Reading;

/// <summary>For those who want to know whether this assembly was compiled ahead for the runtime that it runs on.</summary>
internal static class CompilationProbe
{
    /// <summary>Does nothing. Whether the runtime compiles it when it is called for the first time is what there is to see.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Call()
    {
    }
}
