using System.Text;
using NetPolTools.Diagnostics;
using NetPolTools.Text;

namespace NetPolTools.Reading;

/// <summary>
/// Reads manifests from files, folders, wildcards and streams. Whatever is wrong with one input is a diagnostic; the others still count.
/// </summary>
public sealed class ManifestReader(IManifestBinder binder, Action<Diagnostic> report, ManifestReaderOptions options)
{
    /// <summary>The path that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>What locations call standard input.</summary>
    public const string StandardInputName = "<stdin>";

    private const int SniffLength = 4096;

    private readonly StringPool _strings = new();
    private readonly SpareBlocks _spare = new();
    private readonly byte[] _start = new byte[SniffLength];
    private readonly HashSet<string> _files = [];
    private readonly HashSet<string> _passedOver = [];
    private bool _hasToldOfKustomization;
    private long _bytesRead;

    /// <summary>Reads what decides who can talk to whom.</summary>
    public ManifestReader(IManifestSink sink, ObjectKinds kinds, ManifestReaderOptions options)
        : this(new ManifestBinder(sink, kinds, options.DefaultNamespace, options.KubernetesVersion), sink.Report, options)
    {
    }

    /// <summary>Reads a file, a folder with everything below it, every match of a wildcard, or standard input for <c>-</c>.</summary>
    /// <param name="path">The path.</param>
    /// <param name="cancellation">Looked at between objects.</param>
    public void ReadPath(string path, CancellationToken cancellation = default) => ReadPath(path, null, cancellation);

    /// <summary>Reads what a search has found that was made elsewhere, such as for a wildcard: a file of it is taken as one of a folder is.</summary>
    /// <param name="folder">Where the search began.</param>
    /// <param name="path">A file or folder.</param>
    /// <param name="cancellation">Looked at between objects.</param>
    public void ReadFound(string folder, string path, CancellationToken cancellation = default)
    {
        if (Directory.Exists(path) || options.Files.Takes(folder, path))
            ReadPath(path, folder, cancellation);
    }

    private void ReadPath(string path, string? foundIn, CancellationToken cancellation)
    {
        if (path == StandardInput)
        {
            if (options.OpenStandardInput is null)
                Report(DiagnosticId.PathNotFound, path, "There is no standard input to read here.");
            else
                Read(options.OpenStandardInput(), StandardInputName, cancellation);
            return;
        }

        if (File.Exists(path))
        {
            ReadFile(path, isNamed: foundIn is null, cancellation);
            return;
        }

        var (any, isTaken) = (false, false);
        var folder = foundIn ?? (Directory.Exists(path) ? path : InputFiles.FixedPart(path));
        try
        {
            foreach (var file in Directory.Exists(path) ? InputFiles.InFolder(path, OnUnreadable) : InputFiles.Matching(path, OnUnreadable))
            {
                any = true;
                if (!options.Files.Takes(folder, file))
                    continue;
                isTaken = true;
                ReadFile(file, isNamed: false, cancellation);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            OnUnreadable(path, e);
        }

        if (isTaken || (any && foundIn is not null))
            return;
        if (any)
            Report(DiagnosticId.NoManifests, path, "None of the manifests here is among those to be included, or all of them are excluded.");
        else if (Directory.Exists(path))
            Report(DiagnosticId.NoManifests, path, $"The folder holds no manifests: no {string.Join(", ", InputFiles.Extensions)} file in it or below.");
        else if (InputFiles.HasWildcard(path))
            Report(DiagnosticId.PathNotFound, path, "Nothing matches this wildcard.");
        else
            Report(DiagnosticId.PathNotFound, path, "There is no such file or folder.");
    }

    /// <summary>Reads a stream of YAML or JSON; which of them is seen from its beginning. Disposes of it.</summary>
    /// <param name="stream">Bytes: UTF-8, or UTF-16 with a byte order mark.</param>
    /// <param name="name">What locations call the input.</param>
    /// <param name="cancellation">Looked at between objects.</param>
    public void Read(Stream stream, string name, CancellationToken cancellation = default) => Read(stream, name, null, cancellation);

    /// <param name="stream">See above.</param>
    /// <param name="name">See above.</param>
    /// <param name="onOther">Called instead of telling errors where the text is that of another tool.</param>
    /// <param name="cancellation">See above.</param>
    private void Read(Stream stream, string name, Action? onOther, CancellationToken cancellation)
    {
        options.Progress?.Report(new ReadingProgress(name, _bytesRead));
        try
        {
            using var source = new SniffedStream(stream, _start);
            var decoded = Decode(source, name);
            if (decoded is null)
                return;
            using ManifestTokenReader tokens = IsJson(source, name)
                ? new JsonTokenReader(decoded, name, _strings, _spare) { OnBytes = OnBytes }
                : new PlainYamlReader(decoded, name, _strings, options.OpenYaml, _spare) { OnBytes = OnBytes };
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

        // The readers tell, since another thread may read the stream.
        void OnBytes(int count)
        {
            cancellation.ThrowIfCancellationRequested();
            _bytesRead += count;
            options.Progress?.Report(new ReadingProgress(name, _bytesRead));
        }
    }

    private void ReadFile(string file, bool isNamed, CancellationToken cancellation)
    {
        FileStream stream;
        try
        {
            // A folder and a file in it, or overlapping wildcards: what was read is known.
            if (!_files.Add(Path.GetFullPath(file)))
                return;
            if (!isNamed && OtherFiles.Explain(file) is { } why)
            {
                if (PassOver(why))
                    TellOfKustomization(file);
                return;
            }

            stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Report(DiagnosticId.UnreadableFile, file, "Could not open the file: " + e.Message);
            return;
        }

        Read(stream, file, isNamed ? null : () => _ = PassOver("nothing in it has an apiVersion and a kind"), cancellation);

        // Whoever names the file as well is to hear what is wrong with it.
        bool PassOver(string why)
        {
            var path = Path.GetFullPath(file);
            _files.Remove(path);
            if (!_passedOver.Add(path))
                return false;
            options.OnPassedOver?.Invoke($"{file} is passed over: {why}.");
            return true;
        }
    }

    /// <summary>Of such a file that is named itself, or comes in by a stream, is told as of any object that is not evaluated.</summary>
    private void TellOfKustomization(string file)
    {
        if (_hasToldOfKustomization || !OtherFiles.IsKustomization(file))
            return;
        _hasToldOfKustomization = true;
        report(new Diagnostic(
            DiagnosticId.NotEvaluated, DiagnosticSeverity.Warning, OtherFiles.KustomizationIsNotBuilt)
        { Location = new SourceLocation(file, 1, 1) });
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

    private void OnUnreadable(string folder, Exception e) => Report(DiagnosticId.UnreadableFile, folder, "Could not list the folder: " + e.Message);

    private void Report(DiagnosticId id, string input, string message) => report(new Diagnostic(id, DiagnosticSeverity.Error, message)
    {
        Location = new SourceLocation(input, 0, 0),
    });
}
