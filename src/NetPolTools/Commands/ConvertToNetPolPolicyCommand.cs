using System.Management.Automation;
using NetPolTools.Authoring;
using NetPolTools.Authoring.Inference;
using NetPolTools.Diagnostics;
using NetPolTools.Input;
using NetPolTools.Objects;
using NetPolTools.Output;

namespace NetPolTools.Commands;

/// <summary>Makes the least NetworkPolicies that allow given connections or flows, and nothing else.</summary>
[Cmdlet(VerbsData.ConvertTo, "NetPolPolicy", DefaultParameterSetName = PathSet)]
[OutputType(typeof(NetworkPolicy))]
public sealed class ConvertToNetPolPolicyCommand : ContextCommand
{
    private NetPolSnapshot? _snapshot;
    private EndDirectory? _directory;
    private TrafficInput? _traffic;

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [Alias("Snapshot")]
    [SupportsWildcards]
    public PSObject[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public override string DefaultNamespace { get; set; } = "default";

    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    public override string? KubernetesVersion { get; set; }

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    [Parameter]
    public DenyDirection Direction { get; set; }

    protected override void BeginProcessing() => Guard(() =>
    {
        var input = NewInput();
        foreach (var given in Path)
            AddArgument(input, given);
        foreach (var path in LiteralPath)
            AddLiteralPath(input, path);
        if (ParameterSetName == ContextSet && !AddCluster(input, Context))
        {
            EndProgress();
            return;
        }

        if (ParameterSetName == ContextSet)
            TakeNamespaceOf(Context);
        _snapshot = input.Finish();
        if (_snapshot.Cluster.Pods.Count + _snapshot.Cluster.Workloads.Count == 0)
        {
            WriteError(ErrorRecords.EmptySnapshot(ParameterSetName));
            return;
        }

        _directory = new EndDirectory(_snapshot.Cluster);
        _traffic = new TrafficInput(_directory, DefaultNamespace, WriteDiagnostic, Cancellation);
    });

    protected override void ProcessRecord() => Guard(() =>
    {
        if (_traffic is null)
            return;
        _traffic.Add(InputObject);
        if (_traffic.RecordCount % 1000 == 0)
            ShowProgress($"Reading connections ({_traffic.RecordCount})");
    });

    protected override void EndProcessing() => Guard(() =>
    {
        if (_traffic is null)
            return;
        var traffic = _traffic.Finish();
        string[] unknown = [.. Namespace.Where(pattern => !_snapshot!.HasNamespace(pattern))];
        foreach (var pattern in unknown)
            WriteError(ErrorRecords.NoNamespace(pattern));
        if (Namespace.Length > 0 && unknown.Length == Namespace.Length)
            return;
        if (traffic.Count == 0)
        {
            // An input that failed to come would otherwise close everything.
            WriteDiagnostic(
                new Diagnostic(DiagnosticId.NoTraffic, DiagnosticSeverity.Warning, "The input holds no allowed connection, so no policies are made."), null);
            return;
        }

        ShowProgress("Making policies");
        var made = PolicyInference.Infer(
            _directory!,
            traffic,
            new InferenceOptions { Namespaces = Namespace.Length == 0 ? null : _snapshot!.NamespacesLike(Namespace), Direction = Direction },
            Cancellation);
        foreach (var diagnostic in made.Diagnostics)
            WriteDiagnostic(diagnostic, diagnostic.Object);
        WriteObject(made.Policies, enumerateCollection: true);
        EndProgress();
    });
}
