using System.Text;
using Microsoft.Win32.SafeHandles;

namespace NetPolTools.Kubectl;

/// <summary>Standard output for data: UTF-8 without a byte order mark, in large blocks.</summary>
internal static class StandardOutput
{
    private const int BlockSize = 64 * 1024;
    private const int Descriptor = 1;
    private const int BrokenPipe = 32;
    private const int NoData = unchecked((int)0x8007006D);

    public static TextWriter Open() => new StreamWriter(OpenStream(), new UTF8Encoding(false), BlockSize);

    /// <summary>Whether writing failed because nobody reads on.</summary>
    public static bool IsClosedByReader(IOException error) => (error.HResult & 0xFFFF) == BrokenPipe || error.HResult == NoData;

    /// <summary>On Unix, .NET's own stream for the console says nothing of a broken pipe, and "| head" would wait for the whole answer.</summary>
    private static Stream OpenStream()
    {
        if (OperatingSystem.IsWindows())
            return Console.OpenStandardOutput();
        var pipe = new FileStream(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);

        // In a file it would write at a place of its own counting, over what others write there before and after.
        return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
    }
}
