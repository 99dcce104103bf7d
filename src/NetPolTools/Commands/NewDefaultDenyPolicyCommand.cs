using System.Collections;
using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Authoring;
using NetPolTools.Authoring.Denying;
using NetPolTools.Completion;
using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Input;
using NetPolTools.Objects;
using NetPolTools.Output;
using NetPolTools.Snapshot;

namespace NetPolTools.Commands;

/// <summary>Makes the policies that close namespaces, with the exceptions that people need: DNS, the own namespace, ingress controllers and others.</summary>
[Cmdlet(VerbsCommon.New, "DefaultDenyPolicy", DefaultParameterSetName = InputObjectSet)]
[Alias("New-NetPolDefaultDeny")]
[OutputType(typeof(NetworkPolicy), typeof(AdminPolicy), typeof(NetPolChange))]
public sealed class NewDefaultDenyPolicyCommand : ContextCommand
{
    private readonly List<string> _piped = [];
    private DefaultDenyOptions _options = new();
    private SnapshotInput? _input;
    private bool _hasInput;
    private bool _isText;

    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public override string[] Namespace { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public PSObject[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [Parameter(ValueFromPipeline = true, ParameterSetName = PathSet)]
    [Parameter(ValueFromPipeline = true, ParameterSetName = LiteralPathSet)]
    [Parameter(ValueFromPipeline = true, ParameterSetName = ContextSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    [Parameter]
    public DenyPolicyKind As { get; set; }

    [Parameter]
    [ValidateRange(0, DefaultDenyOptions.LastPriority)]
    public int Priority { get; set; } = DefaultDenyOptions.LastPriority;

    [Parameter]
    public DenyDirection Direction { get; set; }

    [Parameter]
    [LabelSelectorTransformation]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(PodLabelCompleter))]
    [PSDefaultValue(Help = "@{}")]
    public LabelSelector PodSelector { get; set; } = LabelSelector.Everything;

    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "default-deny, default-deny-ingress or default-deny-egress")]
    public string? Name { get; set; }

    [Parameter]
    public SwitchParameter SinglePolicy { get; set; }

    [Parameter]
    public SwitchParameter AllowDns { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public DnsProvider[] DnsProvider { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] DnsAddress { get; set; } = [];

    [Parameter]
    public SwitchParameter AllowSameNamespace { get; set; }

    [Parameter]
    public SwitchParameter AllowIngressController { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? IngressControllerNamespace { get; set; }

    [Parameter]
    [LabelSelectorTransformation]
    [ArgumentCompleter(typeof(PodLabelCompleter))]
    public LabelSelector? IngressControllerSelector { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] IngressControllerPort { get; set; } = [];

    [Parameter]
    public SwitchParameter AllowApiServer { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ApiServerAddress { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public int[] ApiServerPort { get; set; } = [];

    [Parameter]
    public SwitchParameter AllowMonitoring { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? MonitoringNamespace { get; set; }

    [Parameter]
    [LabelSelectorTransformation]
    [ArgumentCompleter(typeof(PodLabelCompleter))]
    public LabelSelector? MonitoringSelector { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] MonitoringPort { get; set; } = [];

    [Parameter]
    public SwitchParameter Simulate { get; set; }

    [Parameter]
    public SwitchParameter IPBlockIgnoresPods { get; set; }

    [Parameter]
    public SwitchParameter IncludeStaged { get; set; }

    [Parameter]
    [ValidateNotNull]
    public Hashtable? CiliumSetting { get; set; }

    protected override void BeginProcessing()
    {
        if (!Simulate && (IPBlockIgnoresPods || IncludeStaged || CiliumSetting is not null))
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(
                "-IncludeStaged, -CiliumSetting and -IPBlockIgnoresPods are about what -Simulate tells; the policies do not depend on them.", null));
        }

        if (MyInvocation.BoundParameters.ContainsKey(nameof(Priority)) && As != DenyPolicyKind.ClusterNetworkPolicy)
            ThrowTerminatingError(
                ErrorRecords.InvalidArgument($"A {As} has no priority; -Priority goes with -As {DenyPolicyKind.ClusterNetworkPolicy}.", Priority));
        _options = Options();
        if (_options.WithoutEffect().FirstOrDefault() is { } nothing)
            ThrowTerminatingError(ErrorRecords.InvalidArgument(nothing, null));
        _input = NewInput();
    }

    protected override void ProcessRecord() => Guard(() =>
    {
        if (InputObject is null)
            return;
        if (!_isText && InputObject.BaseObject is "")
            return;
        if (!_isText && NamespaceNames.In(InputObject) is { } name)
        {
            _piped.Add(name);
            return;
        }

        if (ParameterSetName != InputObjectSet)
            ThrowTerminatingError(
                ErrorRecords.InvalidArgument($"-{ParameterSetName} is the cluster; with it, only names of namespaces are piped in.", InputObject));

        // Behind the first line of a manifest, any line is one more.
        _isText = InputObject.BaseObject is string text && !text.Contains('\n');
        _hasInput = true;
        _input!.AddObject(InputObject);
    });

    protected override void EndProcessing() => Guard(() =>
    {
        if (As != DenyPolicyKind.NetworkPolicy && MyInvocation.ExpectingInput && !_hasInput && Namespace.Length + _piped.Count == 0)
        {
            // What failed to come would otherwise close the whole cluster.
            WriteError(ErrorRecords.NoNamespacePiped());
            return;
        }

        if (ParameterSetName != InputObjectSet && !AddGiven())
        {
            EndProgress();
            return;
        }

        var snapshot = _hasInput ? Finish(_input!) : new NetPolSnapshot(new ClusterSnapshotBuilder().Build());
        if (Simulate)
            ShowProgress("Evaluating");
        var question = new DenyQuestion(_options)
        {
            Patterns = Namespace,
            Listed = _piped,
            Simulate = Simulate,
            Assumptions = Assumptions.None with
            {
                IncludesStaged = IncludeStaged,
                IPBlockIgnoresPods = IPBlockIgnoresPods,
                Cilium = Arguments.Cilium(this, CiliumSetting),
            },
        };
        if (Simulate)
            WriteSettings(snapshot, question.Assumptions);
        var answer = question.Ask(snapshot.Evaluator, ParameterWords.Default, Cancellation);
        WriteDiagnostics(answer);
        if (answer.Value is { Difference: { } difference })
        {
            foreach (var change in difference.List(Cancellation))
                WriteObject(new NetPolChange(change) { NotEvaluated = snapshot.NotEvaluatedPolicies });
        }
        else if (answer.Value is { } made)
        {
            WriteObject(made.Policies, enumerateCollection: true);
        }

        EndProgress();
    });

    /// <returns>Whether there are policies to be made of it; where not, the error is told.</returns>
    private bool AddGiven()
    {
        // Names that failed to come would otherwise close everything.
        if (MyInvocation.ExpectingInput && Namespace.Length + _piped.Count == 0)
        {
            WriteError(ErrorRecords.NoNamespacePiped());
            return false;
        }

        _hasInput = true;
        foreach (var given in Path)
            AddArgument(_input!, given);
        foreach (var path in LiteralPath)
            AddLiteralPath(_input!, path);
        return ParameterSetName != ContextSet || AddCluster(_input!, Context);
    }

    private DefaultDenyOptions Options() => new()
    {
        As = As,
        Priority = Priority,
        Direction = Direction,
        PodSelector = PodSelector,
        Name = Name,
        SinglePolicy = SinglePolicy,
        AllowDns = AllowDns || DnsProvider.Length > 0 || DnsAddress.Length > 0,
        DnsProviders = DnsProvider,
        DnsAddresses = DnsAddress,
        AllowSameNamespace = AllowSameNamespace,
        IngressController = Client(AllowIngressController, IngressControllerNamespace, IngressControllerSelector, IngressControllerPort),
        Monitoring = Client(AllowMonitoring, MonitoringNamespace, MonitoringSelector, MonitoringPort),
        AllowApiServer = AllowApiServer || ApiServerAddress.Length > 0 || ApiServerPort.Length > 0,
        ApiServerAddresses = ApiServerAddress,
        ApiServerPorts = ApiServerPort,
    };

    /// <summary>To say where a client is means to let it in.</summary>
    private AllowedClient? Client(bool isAllowed, string? ns, LabelSelector? pods, string[] ports) =>
        isAllowed || ns is not null || pods is not null || ports.Length > 0
            ? new AllowedClient { Namespace = ns, Pods = pods, Ports = Arguments.PolicyPorts(this, ports) }
            : null;
}
