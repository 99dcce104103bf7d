using System.Text;

namespace NetPolTools.Sources;

/// <summary>A file of text whose every byte is known: what its text becomes when it is written back.</summary>
/// <param name="Text">Without the byte order mark.</param>
/// <param name="Encoding">How it is written.</param>
/// <param name="HasMark">Whether it begins with a byte order mark.</param>
public sealed record SourceFile(string Text, Encoding Encoding, bool HasMark)
{
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

    /// <summary>Whether a word of ASCII is in a file, as far as its first bytes do not say that each character takes two.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static bool Holds(string path, string word)
    {
        var bytes = File.ReadAllBytes(path);
        return bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(word)) >= 0;
    }

    /// <summary>The bytes of the file.</summary>
    public byte[] Bytes() => [.. HasMark ? Encoding.GetPreamble() : [], .. Encoding.GetBytes(Text)];
}
