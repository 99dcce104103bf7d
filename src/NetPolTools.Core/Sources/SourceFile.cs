using System.Text;

namespace NetPolTools.Sources;

/// <summary>A file of text whose every byte is known: what its text becomes when it is written back.</summary>
/// <param name="Text">Without the byte order mark.</param>
/// <param name="Encoding">How it is written.</param>
/// <param name="HasMark">Whether it begins with a byte order mark.</param>
public sealed record SourceFile(string Text, Encoding Encoding, bool HasMark)
{
    /// <summary>
    /// In megabytes, how long a file may be of which more than its words is looked at. All of its nodes take twenty times as much memory, and a second for each
    /// 20 MB; what is longer is what a cluster was written to, and nobody's to change.
    /// </summary>
    public const int MostMegabytes = 16;

    /// <summary>In bytes.</summary>
    private const int ChunkLength = 1 << 18;

    /// <summary>Reads a file as manifests are read: UTF-8, or UTF-16 with a byte order mark.</summary>
    /// <returns>Null where the bytes are not such a text, or the text would not become these bytes again.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static SourceFile? Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        Encoding encoding = bytes switch
        {
            [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
            [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
            _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
        };
        var mark = encoding.GetPreamble();
        var hasMark = bytes.AsSpan().StartsWith(mark);
        try
        {
            var file = new SourceFile(encoding.GetString(bytes.AsSpan(hasMark ? mark.Length : 0)), encoding, hasMark);
            return file.Bytes().AsSpan().SequenceEqual(bytes) ? file : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Whether a file is longer than anybody looks at its nodes.</summary>
    /// <exception cref="IOException">The file cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static bool IsLong(string path) => new FileInfo(path).Length > MostMegabytes << 20;

    /// <summary>Whether a word of ASCII is in a file, as far as its first bytes do not say that each character takes two.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static bool Holds(string path, string word)
    {
        using var stream = File.OpenRead(path);
        var sought = Encoding.ASCII.GetBytes(word);
        var buffer = new byte[ChunkLength];
        var kept = 0;
        for (var isFirst = true; stream.Read(buffer, kept, buffer.Length - kept) is > 0 and var read; isFirst = false)
        {
            var bytes = buffer.AsSpan(0, kept + read);
            if ((isFirst && bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) || bytes.IndexOf(sought) >= 0)
                return true;

            // The word may begin in this part of the file and end in the next.
            var end = bytes[^Math.Min(sought.Length - 1, bytes.Length)..];
            end.CopyTo(buffer);
            kept = end.Length;
        }

        return false;
    }

    /// <summary>The bytes of the file.</summary>
    public byte[] Bytes() => [.. HasMark ? Encoding.GetPreamble() : [], .. Encoding.GetBytes(Text)];
}
