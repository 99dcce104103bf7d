using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Input;
using NetPolTools.Output;
using NetPolTools.Reading;
using NetPolTools.Saving;
using NetPolTools.Writing;

namespace NetPolTools.Commands;

/// <summary>Writes a cluster as one file, from which it can be read again.</summary>
[Cmdlet(VerbsData.Export, "NetPolSnapshot", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportNetPolSnapshotCommand : NetPolCommand
{
    private string _file = "";
    private SnapshotInput? _input;

    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void BeginProcessing()
    {
        _file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path, out var provider, out _);
        if (provider.Name != "FileSystem")
            ThrowTerminatingError(ErrorRecords.NotAFile(Path, provider.Name));
        if (System.IO.Path.GetExtension(_file).ToUpperInvariant() is ".YAML" or ".YML")
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(
                $"Snapshots are written as JSON, and '{Path}' would be read as YAML; expected a name such as night.json.", Path));
        }

        var progress = new SynchronousProgress(read => ShowProgress($"Reading {read.Input}"));
        _input = new SnapshotInput(new ManifestReaderOptions(YamlBridge.Open) { Progress = progress }, WriteDiagnostic, Cancellation);
    }

    protected override void ProcessRecord() => Guard(() => _input!.AddObject(InputObject));

    protected override void EndProcessing() => Guard(() =>
    {
        var snapshot = _input!.Finish();
        var answer = SnapshotQuestion.Ask(snapshot.Evaluator, ParameterWords.Default);
        WriteDiagnostics(answer);
        if (answer.Value is not null)
            Write(snapshot);
        EndProgress();
    });

    private void Write(NetPolSnapshot snapshot)
    {
        if (SnapshotFile.NotWritable(snapshot.Cluster) is { } notWritable)
        {
            WriteError(ErrorRecords.NotExportable(notWritable));
            return;
        }

        var isThere = File.Exists(_file);
        if (isThere && !Force)
        {
            WriteError(ErrorRecords.FileExists(_file));
            return;
        }

        if (!ShouldProcess(_file, isThere ? $"Replace with {snapshot}" : $"Write {snapshot}"))
            return;
        ShowProgress($"Writing {_file}");
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(_file)!);
            var origin = snapshot.Cluster.Origin ?? new SnapshotOrigin(DateTimeOffset.UtcNow, null, snapshot.Cluster.KubernetesVersion);
            WholeFile.Write(_file, file => SnapshotFile.Write(snapshot.Cluster, origin, file, Cancellation), Force);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorRecords.Unwritable(_file, e, snapshot));
            return;
        }

        // As Get-Item gives it, so that it binds to what takes files by PSPath.
        if (PassThru)
            WriteObject(InvokeProvider.Item.Get([_file], force: true, literalPath: true), enumerateCollection: true);
    }
}
