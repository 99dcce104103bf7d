using System.Text;
using NetPolTools.Diagnostics;
using NetPolTools.Text;

namespace NetPolTools.Reading;

/// <summary>
/// Reads inputs one after the other: sees whether one is YAML or JSON, and hands its tokens to a binder. What one is read with serves the next.
/// </summary>
/// <param name="binder">Takes the tokens.</param>
/// <param name="openYaml">Makes the reader of all of YAML.</param>
/// <param name="report">Told what is wrong with an input as a whole.</param>
internal sealed class InputReader(IManifestBinder binder, YamlReaderFactory openYaml, Action<Diagnostic> report)
{
    private const int SniffLength = 4096;

    private readonly StringPool _strings = new();
    private readonly SpareBlocks _spare = new();
    private readonly byte[] _start = new byte[SniffLength];

    /// <param name="stream">Bytes: UTF-8, or UTF-16 with a byte order mark. Disposed.</param>
    /// <param name="name">What locations call the input.</param>
    /// <param name="onBytes">Told how many bytes of the stream come next, on the thread that reads.</param>
    /// <param name="onOther">Called instead of telling errors where the text is that of another tool; null where it is a mistake all the same.</param>
    /// <param name="cancellation">Looked at between objects.</param>
    public void Read(Stream stream, string name, Action<int> onBytes, Action? onOther, CancellationToken cancellation)
    {
        try
        {
            using var source = new SniffedStream(stream, _start);
            var decoded = Decode(source, name);
            if (decoded is null)
                return;
            using ManifestTokenReader tokens = IsJson(source, name)
                ? new JsonTokenReader(decoded, name, _strings, _spare) { OnBytes = onBytes }
                : new PlainYamlReader(decoded, name, _strings, openYaml, _spare) { OnBytes = onBytes };
            if (binder.Bind(tokens, onOther, cancellation) == 0)
            {
                report(new Diagnostic(DiagnosticId.NoManifests, DiagnosticSeverity.Warning, "There are no objects in it.")
                {
                    Location = new SourceLocation(name, 1, 1),
                });
            }
        }
        catch (DecoderFallbackException)
        {
            Report(DiagnosticId.NotText, name, "The text is not UTF-8; save it as UTF-8, or as UTF-16 with a byte order mark.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Report(DiagnosticId.UnreadableFile, name, "Reading failed: " + e.Message);
        }
    }

    /// <summary>UTF-8 as it is, UTF-16 as PowerShell 5's <c>&gt;</c> writes it turned into UTF-8; null, and reported, for what is no text.</summary>
    private Stream? Decode(SniffedStream source, string name)
    {
        var start = source.Start;
        var encoding = start switch
        {
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            _ => null,
        };
        if (encoding is not null)
            return Encoding.CreateTranscodingStream(source, encoding, new UTF8Encoding(false));
        if (OtherText.Explain(start) is { } why)
        {
            report(new Diagnostic(DiagnosticId.NotAnObject, DiagnosticSeverity.Error, why) { Location = new SourceLocation(name, 1, 1) });
            return null;
        }

        if (!start.Contains((byte)0))
            return source;
        Report(DiagnosticId.NotText, name, OtherText.LooksLikeUtf16(start)
            ? "The text looks like UTF-16 without a byte order mark; save it as UTF-8, or as UTF-16 with a byte order mark."
            : "The content is binary, expected YAML or JSON text.");
        return null;
    }

    /// <summary>By extension; otherwise as kubectl guesses, by the first character.</summary>
    private static bool IsJson(SniffedStream source, string name)
    {
        switch (Path.GetExtension(name).ToUpperInvariant())
        {
            case ".JSON":
                return true;
            case ".YAML" or ".YML":
                return false;
        }

        // Both begin maps with braces; only JSON goes on with a quoted key.
        var isOpen = false;
        foreach (var b in source.Start)
        {
            // White space, byte order marks and UTF-16's zero bytes.
            if (b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0 or 0xEF or 0xBB or 0xBF or 0xFF or 0xFE)
                continue;
            if (b is not ((byte)'{' or (byte)'['))
                return isOpen && b is (byte)'"' or (byte)'}' or (byte)']';
            isOpen = true;
        }

        return isOpen;
    }

    private void Report(DiagnosticId id, string input, string message) => report(new Diagnostic(id, DiagnosticSeverity.Error, message)
    {
        Location = new SourceLocation(input, 0, 0),
    });
}
