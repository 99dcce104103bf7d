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

    private readonly InputReader _inputs = new(binder, options.OpenYaml, report);
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
        using (var files = new FilesAhead(Files(), binder.ForAnotherThread, options.OpenYaml, cancellation))
        {
            while (files.Next() is { } file)
                ReadFound(file, cancellation);
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

        IEnumerable<FoundPath> Files()
        {
            foreach (var found in Directory.Exists(path) ? InputFiles.InFolder(path) : InputFiles.Matching(path))
            {
                any |= found.Failure is null;
                if (found.Failure is null && !options.Files.Takes(folder, found.Path))
                    continue;
                isTaken |= found.Failure is null;
                yield return found;
            }
        }
    }

    /// <summary>Reads a stream of YAML or JSON; which of them is seen from its beginning. Disposes of it.</summary>
    /// <param name="stream">Bytes: UTF-8, or UTF-16 with a byte order mark.</param>
    /// <param name="name">What locations call the input.</param>
    /// <param name="cancellation">Looked at between objects.</param>
    public void Read(Stream stream, string name, CancellationToken cancellation = default) => Read(stream, name, null, cancellation);

    private void ReadFound(FileAhead file, CancellationToken cancellation)
    {
        var (path, failure) = file.Found;
        if (failure is not null)
            Report(DiagnosticId.UnreadableFile, path, "Could not list the folder: " + failure.Message);
        else if (file.Content(out var bytesRead) is not { } content)
            ReadFile(path, isNamed: false, cancellation);
        else if (_files.Add(Path.GetFullPath(path)))
            Take(path, content, bytesRead, cancellation);
    }

    /// <summary>Takes what another thread has found in a file.</summary>
    private void Take(string path, FoundAhead content, int bytesRead, CancellationToken cancellation)
    {
        CountBytes(path, 0, cancellation);
        binder.Take(content);
        CountBytes(path, bytesRead, cancellation);
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

            stream = InputFiles.Open(file);
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

    private void Read(Stream stream, string name, Action? onOther, CancellationToken cancellation)
    {
        options.Progress?.Report(new ReadingProgress(name, _bytesRead));
        _inputs.Read(stream, name, count => CountBytes(name, count, cancellation), onOther, cancellation);
    }

    /// <summary>The readers tell, since another thread may read the stream.</summary>
    private void CountBytes(string name, int count, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _bytesRead += count;
        options.Progress?.Report(new ReadingProgress(name, _bytesRead));
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

    private void Report(DiagnosticId id, string input, string message) => report(new Diagnostic(id, DiagnosticSeverity.Error, message)
    {
        Location = new SourceLocation(input, 0, 0),
    });
}
