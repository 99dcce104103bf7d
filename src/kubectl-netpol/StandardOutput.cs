using Microsoft.Win32.SafeHandles;

namespace NetPolTools.Kubectl;

/// <summary>Standard output of the process.</summary>
internal static class StandardOutput
{
    private const int Descriptor = 1;
    private const int BrokenPipe = 32;
    private const int NoData = unchecked((int)0x8007006D);

    /// <summary>Whether writing failed because nobody reads on.</summary>
    public static bool IsClosedByReader(IOException error) => (error.HResult & 0xFFFF) == BrokenPipe || error.HResult == NoData;

    /// <summary>On Unix, .NET's own stream for the console does not report a broken pipe, and "| head" would wait for the whole answer.</summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows())
            return Console.OpenStandardOutput();
        var pipe = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);

        // On a file, a second handle keeps its own offset and would overwrite what others write there.
        return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
    }
}
