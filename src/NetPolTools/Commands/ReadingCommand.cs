using System.Diagnostics;
using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Completion;
using NetPolTools.Diagnostics;
using NetPolTools.Input;
using NetPolTools.Live;
using NetPolTools.Output;
using NetPolTools.Reading;
using NetPolTools.Snapshot;
using NetPolTools.Validation;

namespace NetPolTools.Commands;

/// <summary>A cmdlet that reads manifests or objects, and tells what is wrong with them as it goes.</summary>
public abstract class ReadingCommand : NetPolCommand
{
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";
    private protected const string InputObjectSet = "InputObject";

    /// <summary>Where a cluster is read.</summary>
    private protected const string ContextSet = "Context";

    private readonly List<string> _inputs = [];
    private readonly Stopwatch _reading = Stopwatch.StartNew();
    private readonly LargeInput _large = new();
    private IDisposable? _closing;
    private KubernetesVersion? _clusterVersion;
    private KnownContexts? _contexts;

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public virtual string[] Include { get; set; } = [];

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public virtual string[] Exclude { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public virtual string[] Namespace { get; set; } = [];

    [Parameter(ParameterSetName = ContextSet)]
    [ValidateNotNullOrEmpty]
    public string? Kubeconfig { get; set; }

    [Parameter(ParameterSetName = ContextSet)]
    [ValidateRange(0, ClusterReading.LongestTimeout)]
    public int TimeoutSec { get; set; } = ClusterReading.DefaultTimeout;

    [Parameter(ParameterSetName = ContextSet)]
    public ClusterTransport Transport { get; set; }

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [ValidateNotNullOrEmpty]
    public virtual string DefaultNamespace { get; set; } = "default";

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [ValidateNotNullOrEmpty]
    public virtual string? KubernetesVersion { get; set; }

    /// <summary>What is read of a cluster.</summary>
    private protected virtual IReadOnlyList<ClusterKind> Kinds => ClusterKinds.All;

    /// <summary>Whether objects that were read or made before are checked again, so that what is wrong with them is among the diagnostics.</summary>
    private protected virtual bool ChecksObjects => false;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _closing?.Dispose();
            _large.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Where the objects of one input go.</summary>
    private protected SnapshotInput NewInput() => new(
        ReaderOptions() with
        {
            Files = new FileFilter(Include, Exclude),
            OnPassedOver = WriteVerbose,
            Progress = new SynchronousProgress(OnReading),
        },
        TellReading,
        Cancellation)
    {
        IsThere = IsThere,
        ChecksObjects = ChecksObjects,
        OnText = OnText,
    };

    /// <summary>Given the text of a pipeline by the name that locations have for it.</summary>
    private protected virtual void OnText(string name, string text)
    {
    }

    /// <summary>How the objects of an input are read.</summary>
    private protected ManifestReaderOptions ReaderOptions() => new(YamlBridge.Open)
    {
        DefaultNamespace = DefaultNamespace,
        KubernetesVersion = Arguments.Version(this, KubernetesVersion) ?? _clusterVersion,
    };

    /// <summary>Tells what is wrong with the input as it is read.</summary>
    private protected virtual void TellReading(Diagnostic diagnostic, object? target) => WriteDiagnostic(diagnostic, target);

    /// <summary>Everything that came in, with -Verbose also what it is and where it came from.</summary>
    private protected NetPolSnapshot Finish(SnapshotInput input)
    {
        var snapshot = input.Finish();
        foreach (var line in ReadingSummary.Of(snapshot.Cluster, _inputs, _reading.Elapsed))
            WriteVerbose(line);
        _inputs.Clear();
        return snapshot;
    }

    /// <summary>With -Verbose, the settings of the network plugin that an answer goes by.</summary>
    private protected void WriteSettings(NetPolSnapshot snapshot, Assumptions assumptions)
    {
        foreach (var setting in snapshot.Evaluator.Settings(assumptions))
            WriteVerbose(setting);
    }

    /// <summary>Everything that decides who can talk to whom in a cluster. Inputs that are made later are taken by a server of its version.</summary>
    /// <returns>Whether there is an answer to be had; where not, the error is told.</returns>
    private protected bool AddCluster(SnapshotInput input, string context)
    {
        _inputs.Add($"context {context}");
        var reading = Cluster(context);
        var isRead = reading.ReadInto(input, ShowProgress, Cancellation);
        _clusterVersion = reading.Version;
        if (isRead)
            input.Describe(new SnapshotOrigin(DateTimeOffset.UtcNow, Contexts(context).Name, reading.Version));
        return isRead;
    }

    /// <summary>A cluster, not read yet.</summary>
    private protected ClusterReading Cluster(string context)
    {
        var connection = Connection(context);
        var reader = ClusterReaders.Open(connection, Transport);
        _closing = reader as IDisposable;
        return new ClusterReading(reader, Kinds, TimeoutSec == 0 ? null : TimeSpan.FromSeconds(TimeoutSec))
        {
            Advice = () => Contexts(context).Advice(),
            Namespaces = [.. Namespace.Where(static name => !WildcardPattern.ContainsWildcardCharacters(name))],
        };
    }

    /// <summary>The namespace that kubectl takes in a context where none is named; null where the kubeconfig does not say.</summary>
    private protected string? NamespaceOf(string context) => Contexts(context).Namespace;

    /// <summary>A command reads one cluster, and its kubeconfig once.</summary>
    private KnownContexts Contexts(string context) => _contexts ??= KnownContexts.Read(Connection(context), YamlBridge.Open);

    /// <summary>Beside a cluster, objects that name no namespace are in that of its context, where kubectl apply would put them.</summary>
    private protected void TakeNamespaceOf(string context)
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(DefaultNamespace)) || NamespaceOf(context) is not { } ns)
            return;
        DefaultNamespace = ns;
        WriteVerbose($"What names no namespace is taken to be in {ns}, the namespace of the context.");
    }

    private ClusterConnection Connection(string context) =>
        new ClusterConnection(context, Kubeconfig is null ? null : SessionState.Path.GetUnresolvedProviderPathFromPSPath(Kubeconfig))
        {
            Folder = SessionState.Path.CurrentFileSystemLocation.ProviderPath,
        };

    /// <summary>What a parameter holds that takes paths and objects alike: a text of one line is a path.</summary>
    private protected void AddArgument(SnapshotInput input, PSObject? given, bool isLiteral = false)
    {
        if (given?.BaseObject is not string path || path.Contains('\n'))
            input.AddObject(given);
        else if (isLiteral)
            AddLiteralPath(input, path);
        else
            AddPath(input, path);
    }

    /// <summary>What the pipeline brings.</summary>
    private protected void AddPiped(SnapshotInput input, PSObject? piped)
    {
        if (PathIn(piped) is { } path)
            AddLiteralPath(input, path);
        else
            input.AddObject(piped);
    }

    /// <summary>A path with wildcards.</summary>
    private protected void AddPath(SnapshotInput input, string path)
    {
        try
        {
            var resolved = GetResolvedProviderPathFromPSPath(path, out var provider);
            if (provider.Name != "FileSystem")
            {
                Refuse(input, DiagnosticId.UnreadableFile, ErrorRecords.NotAFile(path, provider.Name));
                return;
            }

            foreach (var file in resolved)
            {
                if (WildcardPattern.ContainsWildcardCharacters(path))
                    input.AddFound(FixedPart(path), file);
                else
                    input.AddPath(file);
            }

            if (resolved.Count == 0)
                Refuse(input, DiagnosticId.PathNotFound, ErrorRecords.PathNotFound(path, null));
        }
        catch (SessionStateException e)
        {
            // No such item, drive or provider.
            Refuse(input, DiagnosticId.PathNotFound, ErrorRecords.PathNotFound(path, e));
        }
    }

    /// <summary>A path in which every character is meant as it is.</summary>
    private protected void AddLiteralPath(SnapshotInput input, string path)
    {
        try
        {
            var resolved = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            if (provider.Name == "FileSystem")
                input.AddPath(resolved);
            else
                Refuse(input, DiagnosticId.UnreadableFile, ErrorRecords.NotAFile(path, provider.Name));
        }
        catch (SessionStateException e)
        {
            Refuse(input, DiagnosticId.PathNotFound, ErrorRecords.PathNotFound(path, e));
        }
    }

    /// <summary>The folder before the first part with a wildcard.</summary>
    private string FixedPart(string path)
    {
        while (WildcardPattern.ContainsWildcardCharacters(path))
            path = SessionState.Path.ParseParent(path, "");
        return path.Length == 0 ? SessionState.Path.CurrentFileSystemLocation.ProviderPath : GetUnresolvedProviderPathFromPSPath(path);
    }

    private void OnReading(ReadingProgress progress)
    {
        if (_inputs.Count == 0 || _inputs[^1] != progress.Input)
            _inputs.Add(progress.Input);
        _large.OnRead(progress.BytesRead);
        ShowProgress(progress.BytesRead > 0 ? $"Reading {progress.Input} ({progress.BytesRead / 1_000_000} MB)" : $"Reading {progress.Input}");
    }

    /// <summary>
    /// The path that an object without type and kind names, such as a row of Import-Csv. Binding by property name does not get to see it: an object
    /// always binds by value.
    /// </summary>
    private static string? PathIn(PSObject? input)
    {
        if (input is not { BaseObject: PSCustomObject, Properties: var properties } || properties["kind"] is not null || properties["apiVersion"] is not null)
            return null;
        return (properties[LiteralPathSet] ?? properties["PSPath"])?.Value.Unwrapped() as string;
    }

    private void Refuse(SnapshotInput input, DiagnosticId id, ErrorRecord error)
    {
        input.Refuse(new Diagnostic(id, DiagnosticSeverity.Error, error.Exception.Message));
        WriteProblem(error);
    }
}
