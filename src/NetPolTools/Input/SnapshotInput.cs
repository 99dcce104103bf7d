using System.Collections;
using System.Management.Automation;
using System.Text;
using NetPolTools.Objects;
using NetPolTools.Output;
using NetPolTools.Reading;
using NetPolTools.Snapshot;

namespace NetPolTools.Input;

/// <summary>Collects what a pipeline and paths bring into one snapshot: objects are read as they come, lines of text when all are there.</summary>
internal sealed class SnapshotInput : IManifestSink
{
    private const string TextName = "pipeline text";

    private readonly ClusterSnapshotBuilder _builder = new();
    private readonly ManifestReader _reader;
    private readonly ManifestBinder _binder;
    private readonly Action<Diagnostic, object?> _onDiagnostic;
    private readonly Action<ReadingProgress> _onProgress;
    private readonly CancellationToken _cancellation;
    private readonly List<NetPolSnapshot> _snapshots = [];
    private StringBuilder? _text;
    private string? _textPath;
    private object? _current;
    private int _objects;
    private bool _hasOthers;

    /// <param name="defaultNamespace">The namespace of objects that name none.</param>
    /// <param name="onDiagnostic">Told what is wrong, and with which piped object or file.</param>
    /// <param name="onProgress">Told what is being read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public SnapshotInput(
        string defaultNamespace, Action<Diagnostic, object?> onDiagnostic, Action<ReadingProgress> onProgress, CancellationToken cancellation)
    {
        _onDiagnostic = onDiagnostic;
        _onProgress = onProgress;
        _cancellation = cancellation;
        _binder = new ManifestBinder(this, defaultNamespace);
        _reader = new ManifestReader(this, new ManifestReaderOptions(YamlBridge.Open)
        {
            DefaultNamespace = defaultNamespace,
            Progress = new SynchronousProgress(onProgress),
        });
    }

    /// <summary>Whether anything was said of the input already: then its emptiness is no news.</summary>
    public bool HasProblems { get; set; }

    /// <summary>A file or folder, as the file system names it.</summary>
    public void AddPath(string path)
    {
        _hasOthers = true;
        _reader.ReadPath(path, _cancellation);
    }

    public void AddObject(PSObject? input)
    {
        switch (input?.BaseObject)
        {
            case null:
                break;
            case NetPolSnapshot snapshot:
                _snapshots.Add(snapshot);
                break;
            case string text when text.Contains('\n'):
                _hasOthers = true;
                Read(text);
                break;
            case string line:
                _hasOthers = true;
                BeginTextOf(input.Properties["PSPath"]?.Value as string);
                (_text ??= new StringBuilder()).Append(line).Append('\n');
                break;
            case FileSystemInfo file:
                AddPath(file.FullName);
                break;
            case KubernetesObject own:
                _hasOthers = true;
                Add(own);
                break;
            case IEnumerable list and not IDictionary:
                foreach (var item in list)
                    AddObject(item is null ? null : PSObject.AsPSObject(item));
                break;
            default:
                _hasOthers = true;
                AddTokensOf(input);
                break;
        }
    }

    /// <summary>Everything that came in; a single snapshot is given back as it is, with all it has worked out already.</summary>
    public NetPolSnapshot Finish()
    {
        if (_text is not null)
            Read(_text.ToString());
        if (_snapshots.Count == 1 && !_hasOthers)
            return _snapshots[0];
        foreach (var snapshot in _snapshots)
            _builder.AddAll(snapshot.Cluster);
        if (_builder.ObjectCount == 0 && !HasProblems)
            Report(new Diagnostic(DiagnosticId.NoManifests, DiagnosticSeverity.Warning, "The input holds no pods, workloads, namespaces or policies."));
        return new NetPolSnapshot(_builder.Build());
    }

    public void Add(KubernetesObject found) => _builder.Add(found, Report);

    public void Report(Diagnostic diagnostic)
    {
        HasProblems = true;
        _builder.Report(diagnostic);
        _onDiagnostic(diagnostic, _current ?? diagnostic.Location.File);
    }

    public void Skipped(string kind) => _builder.Skipped(kind);

    /// <summary>Get-Content says which file a line is of: lines of another file are another text.</summary>
    private void BeginTextOf(string? path)
    {
        if (path is null)
            return;
        if (_text is not null && _textPath is not null && path != _textPath)
        {
            Read(_text.ToString());
            _text = null;
        }

        _textPath = path;
    }

    private void Read(string text) => _reader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), TextName, _cancellation);

    private void AddTokensOf(PSObject input)
    {
        var name = $"pipeline object {++_objects}";
        _onProgress(new ReadingProgress(name, 0));
        _current = input;
        using (var tokens = new PSObjectTokenReader(input, name))
            _binder.Bind(tokens, _cancellation);
        _current = null;
    }

    /// <summary>Progress&lt;T&gt; would report from another thread, and cmdlets must not write from one.</summary>
    private sealed class SynchronousProgress(Action<ReadingProgress> onProgress) : IProgress<ReadingProgress>
    {
        public void Report(ReadingProgress value) => onProgress(value);
    }
}
