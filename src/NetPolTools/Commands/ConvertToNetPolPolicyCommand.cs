using System.Management.Automation;
using NetPolTools.Authoring;
using NetPolTools.Authoring.Inference;
using NetPolTools.Completion;
using NetPolTools.Diagnostics;
using NetPolTools.Input;
using NetPolTools.Objects;
using NetPolTools.Output;

namespace NetPolTools.Commands;

/// <summary>Makes the least NetworkPolicies that allow given connections or flows, and nothing else.</summary>
[Cmdlet(VerbsData.ConvertTo, "NetPolPolicy", DefaultParameterSetName = SnapshotSet)]
[OutputType(typeof(NetworkPolicy))]
public sealed class ConvertToNetPolPolicyCommand : ContextCommand
{
    private const string SnapshotSet = "Snapshot";

    private NetPolSnapshot? _snapshot;
    private EndDirectory? _directory;
    private TrafficInput? _traffic;

    /// <summary>
    /// The workloads that the connections are of: paths of manifests with wildcards, or objects, text and snapshots as other cmdlets take them. Their
    /// policies do not count. A text of several lines is a manifest, not a path.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SnapshotSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public PSObject[] Snapshot { get; set; } = [];

    /// <summary>
    /// What to allow: connections from Get-NetPolReachability, or rows and objects with their properties; flow records of Hubble or Calico, as objects, lines
    /// of JSON, or files of such lines.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    /// <summary>The namespaces that get policies, with wildcards; those that the connections name, without system namespaces, where left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    /// <summary>The directions that are closed but for the connections.</summary>
    [Parameter]
    public DenyDirection Direction { get; set; }

    private protected override string[] NamespacesAsked => Namespace;

    protected override void BeginProcessing() => Guard(() =>
    {
        var input = NewInput();
        foreach (var given in Snapshot)
            AddArgument(input, given);
        if (ParameterSetName == ContextSet && !AddCluster(input, Context))
        {
            EndProgress();
            return;
        }

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
