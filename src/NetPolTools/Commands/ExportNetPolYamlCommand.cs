using System.Management.Automation;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects;
using NetPolTools.Input;
using NetPolTools.Objects;
using NetPolTools.Output;
using NetPolTools.Policies;
using NetPolTools.Reading;
using NetPolTools.Validation;
using NetPolTools.Writing;

namespace NetPolTools.Commands;

/// <summary>Writes policies, and whatever else kubectl gives, as YAML or JSON for kubectl apply: to the pipeline or to files.</summary>
[Cmdlet(VerbsData.Export, "NetPolYaml", DefaultParameterSetName = TextSet, SupportsShouldProcess = true)]
[OutputType(typeof(string), typeof(FileInfo))]
public sealed class ExportNetPolYamlCommand : NetPolCommand
{
    private const string TextSet = "Text";
    private const string PathSet = "Path";

    private PipelineInput? _input;
    private ManifestFiles? _files;
    private ManifestText _form = YamlBridge.Text;
    private bool _hasErrors;

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [Alias("LiteralPath", "FilePath", "LP")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = TextSet)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = PathSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    [Parameter]
    public SwitchParameter AsJson { get; set; }

    [Parameter]
    public SwitchParameter Full { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KubernetesVersion { get; set; }

    [Parameter(ParameterSetName = PathSet)]
    public SwitchParameter Force { get; set; }

    [Parameter(ParameterSetName = PathSet)]
    public SwitchParameter NoClobber { get; set; }

    [Parameter(ParameterSetName = PathSet)]
    public SwitchParameter PassThru { get; set; }

    protected override void BeginProcessing()
    {
        if (Force && NoClobber)
            ThrowTerminatingError(ErrorRecords.InvalidArgument("-Force and -NoClobber say the opposite of each other; give one of them.", null));
        if (AsJson || ".json".Equals(System.IO.Path.GetExtension(Path), StringComparison.OrdinalIgnoreCase))
            _form = ManifestText.Json;
        if (Path is not null)
            _files = new ManifestFiles(ResolvedPath(Path), _form, Force, this, OnWritten);
        var binder = new WholeObjectBinder(Write, WriteReadingDiagnostic, AllDialects.Kinds, Arguments.Version(this, KubernetesVersion));
        var options = new ManifestReaderOptions(YamlBridge.Open) { OnPassedOver = WriteVerbose, Progress = new SynchronousProgress(OnReading) };
        _input = new PipelineInput(binder, TakeOwn, WriteReadingDiagnostic, options, Cancellation)
        {
            IsWrittenBack = true,
            IsThere = IsThere,
        };
    }

    protected override void ProcessRecord() => Guard(() => _input!.AddObject(InputObject));

    protected override void EndProcessing() => Guard(() =>
    {
        _input!.EndText();
        _files?.Finish(isWhole: !_hasErrors);
        EndProgress();
    });

    private string ResolvedPath(string path)
    {
        var resolved = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        if (provider.Name != "FileSystem")
            ThrowTerminatingError(ErrorRecords.NotAFile(path, provider.Name));

        // What is typed at the end says whether a folder is meant.
        return path[^1] is '/' or '\\' && !resolved.EndsWith(System.IO.Path.DirectorySeparatorChar) ? resolved + System.IO.Path.DirectorySeparatorChar
            : resolved;
    }

    private bool TakeOwn(object input)
    {
        switch (input)
        {
            case NetworkPolicy policy:
                Write(policy);
                return true;
            case NetPolSnapshot snapshot:
                foreach (var policy in snapshot.NetworkPolicies)
                    Write(policy);
                foreach (var other in snapshot.Cluster.PolicyObjects)
                    Write(other);
                return true;
            case PolicyObject policy:
                Write(policy);
                return true;
            case NetPolObject { Source: PolicyObject policy }:
                Write(policy);
                return true;
            case NetPolObject other:
                _hasErrors = true;
                WriteError(ErrorRecords.NotExportable(other.Source));
                return true;
            default:
                return false;
        }
    }

    /// <summary>Checked again: a snapshot may hold what an older API server took.</summary>
    private void Write(NetworkPolicy policy)
    {
        var errors = NetworkPolicyRules.Check(policy);
        _hasErrors |= errors.Count > 0;
        foreach (var error in errors)
            WriteError(ErrorRecords.Refused(error, policy));
        if (errors.Count == 0)
            Write(NetworkPolicyManifest.Of(policy), policy.Reference, policy);
    }

    private void Write(PolicyObject policy)
    {
        var errors = (policy as IDialectObject)?.Dialect.Check(policy) ?? [];
        foreach (var error in errors)
            WriteError(ErrorRecords.Refused(error, policy));
        var manifest = PolicyManifests.Of(policy);
        if (errors.Count == 0 && manifest is null)
            WriteError(ErrorRecords.NotExportable(policy));
        if (errors.Count == 0 && manifest is not null)
            Write(manifest, policy.Reference, policy);
        else
            _hasErrors = true;
    }

    private void Write(WholeObject found) => Write(found.Manifest, found.Reference, _input!.Current ?? found.Location.File);

    private void Write(ManifestMap manifest, ObjectReference reference, object? source)
    {
        var written = CanonicalManifest.Of(manifest, Full);
        if (_files is null)
            WriteObject(_form.Of(written));
        else
            _files.Add(reference, written, source);
    }

    private void WriteReadingDiagnostic(Diagnostic diagnostic)
    {
        _hasErrors |= diagnostic.Severity == DiagnosticSeverity.Error;
        WriteDiagnostic(diagnostic, _input?.Current ?? diagnostic.Location.File);
    }

    /// <summary>As Get-Item gives it, so that it binds to what takes files by PSPath.</summary>
    private void OnWritten(string file)
    {
        if (PassThru)
            WriteObject(InvokeProvider.Item.Get([file], force: true, literalPath: true), enumerateCollection: true);
    }

    private void OnReading(ReadingProgress progress) => ShowProgress($"Reading {progress.Input}");
}
