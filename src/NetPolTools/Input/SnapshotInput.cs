using System.Management.Automation;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects;
using NetPolTools.Objects;
using NetPolTools.Output;
using NetPolTools.Reading;
using NetPolTools.Snapshot;

namespace NetPolTools.Input;

/// <summary>Collects what a pipeline and paths bring into one snapshot.</summary>
internal sealed class SnapshotInput : IManifestSink
{
    private readonly ClusterSnapshotBuilder _builder = new();
    private readonly PipelineInput _input;
    private readonly Action<Diagnostic, object?> _onDiagnostic;
    private readonly List<NetPolSnapshot> _snapshots = [];
    private bool _hasProblems;

    /// <param name="options">How manifests are read.</param>
    /// <param name="onDiagnostic">Told what is wrong, and with which piped object or file.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public SnapshotInput(ManifestReaderOptions options, Action<Diagnostic, object?> onDiagnostic, CancellationToken cancellation)
    {
        _onDiagnostic = onDiagnostic;
        var binder = new ManifestBinder(this, AllDialects.Kinds, options.DefaultNamespace, options.KubernetesVersion);
        _input = new PipelineInput(binder, TakeOwn, Report, options, cancellation);
    }

    /// <inheritdoc cref="PipelineInput.IsThere"/>
    public Func<string, bool> IsThere
    {
        init => _input.IsThere = value;
    }

    /// <inheritdoc cref="PipelineInput.OnText"/>
    public Action<string, string>? OnText
    {
        init => _input.OnText = value;
    }

    /// <summary>Whether objects of this module's own that come in are checked as if they were read.</summary>
    public bool ChecksObjects { private get; init; }

    /// <inheritdoc cref="PipelineInput.AddPath"/>
    public void AddPath(string path) => _input.AddPath(path);

    /// <inheritdoc cref="PipelineInput.AddFound"/>
    public void AddFound(string folder, string path) => _input.AddFound(folder, path);

    public void AddObject(PSObject? input) => _input.AddObject(input);

    /// <summary>Everything that came in; a single snapshot is given back as it is, with all it has worked out already.</summary>
    public NetPolSnapshot Finish()
    {
        _input.EndText();
        if (_snapshots.Count == 1 && _builder.ObjectCount == 0 && !_hasProblems)
            return _snapshots[0];
        foreach (var snapshot in _snapshots)
            _builder.AddAll(snapshot.Cluster);
        return new NetPolSnapshot(_builder.Build());
    }

    public void Add(KubernetesObject found) => _builder.Add(found, Report);

    public void Report(Diagnostic diagnostic)
    {
        Refuse(diagnostic);
        _onDiagnostic(diagnostic, _input.Current ?? diagnostic.Location.File);
    }

    /// <summary>Takes note of what could not be read, where that is told already.</summary>
    public void Refuse(Diagnostic diagnostic)
    {
        _hasProblems = true;
        _builder.Report(diagnostic);
    }

    public void Describe(SnapshotOrigin origin) => _builder.Describe(origin);

    public void Skipped(string kind) => _builder.Skipped(kind);

    private bool TakeOwn(object input)
    {
        switch (input)
        {
            case NetPolSnapshot snapshot:
                _snapshots.Add(snapshot);
                return true;
            case KubernetesObject own:
                AddOwn(own);
                return true;
            case NetPolObject own:
                AddOwn(own.Source);
                return true;
            default:
                return false;
        }
    }

    private void AddOwn(KubernetesObject own)
    {
        foreach (var diagnostic in ChecksObjects ? PolicyChecks.Of(own) : [])
            Report(diagnostic);
        Add(own);
    }
}
