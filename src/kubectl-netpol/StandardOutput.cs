using System.Text;

namespace NetPolTools.Kubectl;

/// <summary>Standard output for data: UTF-8 without a byte order mark, in large blocks.</summary>
internal static class StandardOutput
{
    private const int BlockSize = 64 * 1024;
    private const int BrokenPipe = 32;

    public static TextWriter Open() => new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), BlockSize);

    /// <summary>Whether writing failed because nobody reads on.</summary>
    public static bool IsClosedByReader(IOException error) => (error.HResult & 0xFFFF) == BrokenPipe || error.HResult == unchecked((int)0x8007006D);
}
