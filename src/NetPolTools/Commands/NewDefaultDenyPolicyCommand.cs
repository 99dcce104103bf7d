using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Authoring;
using NetPolTools.Authoring.Denying;
using NetPolTools.Completion;
using NetPolTools.Input;
using NetPolTools.Objects;
using NetPolTools.Output;
using NetPolTools.Snapshot;

namespace NetPolTools.Commands;

/// <summary>Makes the policies that close namespaces, with the exceptions that people need: DNS, the own namespace, ingress controllers and others.</summary>
[Cmdlet(VerbsCommon.New, "DefaultDenyPolicy", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(NetworkPolicy), typeof(NetPolChange))]
public sealed class NewDefaultDenyPolicyCommand : ContextCommand
{
    private const string InputObjectSet = "InputObject";

    private readonly List<string> _piped = [];
    private SnapshotInput? _input;
    private bool _hasInput;
    private bool _isText;

    /// <summary>
    /// The namespaces to close: names, or wildcards over those of the input, which never pick system namespaces. Without it, every namespace piped in,
    /// or of the cluster, but system namespaces.
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    /// <summary>
    /// Names of namespaces, Namespace objects, objects with a property Namespace such as those of Get-NetPolIsolation; or the cluster: a snapshot,
    /// objects as kubectl and ConvertFrom-Json give them, or files from Get-ChildItem. From a cluster, the places of DNS, API server, ingress controllers
    /// and Prometheus are read. With Context, names alone.
    /// </summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [Parameter(ValueFromPipeline = true, ParameterSetName = ContextSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    /// <summary>What to close.</summary>
    [Parameter]
    public DenyDirection Direction { get; set; }

    /// <summary>The pods to close: 'app=web,tier in (api,db)' or @{ app = 'web' }; every pod where it is left out.</summary>
    [Parameter]
    [LabelSelectorTransformation]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(PodLabelCompleter))]
    [PSDefaultValue(Help = "@{}")]
    public LabelSelector PodSelector { get; set; } = LabelSelector.Everything;

    /// <summary>The name of the policy that closes, and what the names of the others begin with.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [PSDefaultValue(Help = "default-deny, default-deny-ingress or default-deny-egress")]
    public string? Name { get; set; }

    /// <summary>One policy per namespace instead of one for each exception.</summary>
    [Parameter]
    public SwitchParameter SinglePolicy { get; set; }

    /// <summary>Let pods ask the cluster's DNS, over UDP and TCP.</summary>
    [Parameter]
    public SwitchParameter AllowDns { get; set; }

    /// <summary>Who answers DNS queries; where it is left out, what the input shows, and KubeDns where it shows nothing.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public DnsProvider[] DnsProvider { get; set; } = [];

    /// <summary>Further resolvers, as addresses or CIDR blocks, on port 53.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] DnsAddress { get; set; } = [];

    /// <summary>Let the pods of the namespace talk among themselves.</summary>
    [Parameter]
    public SwitchParameter AllowSameNamespace { get; set; }

    /// <summary>Let the ingress controller in: the one that the input shows, or else ingress-nginx.</summary>
    [Parameter]
    public SwitchParameter AllowIngressController { get; set; }

    /// <summary>The namespace that the ingress controller runs in.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? IngressControllerNamespace { get; set; }

    /// <summary>The labels of its pods.</summary>
    [Parameter]
    [LabelSelectorTransformation]
    [ArgumentCompleter(typeof(PodLabelCompleter))]
    public LabelSelector? IngressControllerSelector { get; set; }

    /// <summary>The ports of the pods it comes to; where they are left out, those that the Ingresses of the input lead to, or else every port.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] IngressControllerPort { get; set; } = [];

    /// <summary>Let pods reach the API server.</summary>
    [Parameter]
    public SwitchParameter AllowApiServer { get; set; }

    /// <summary>Its addresses or CIDR blocks; where they are left out, those of default/kubernetes in the input.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ApiServerAddress { get; set; } = [];

    /// <summary>The ports of those addresses; 443 and 6443 where they are left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public int[] ApiServerPort { get; set; } = [];

    /// <summary>Let Prometheus in: the one that the input shows, or else that of the namespace monitoring.</summary>
    [Parameter]
    public SwitchParameter AllowMonitoring { get; set; }

    /// <summary>The namespace that Prometheus runs in.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? MonitoringNamespace { get; set; }

    /// <summary>The labels of its pods.</summary>
    [Parameter]
    [LabelSelectorTransformation]
    [ArgumentCompleter(typeof(PodLabelCompleter))]
    public LabelSelector? MonitoringSelector { get; set; }

    /// <summary>The ports of the pods it comes to; every port where they are left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] MonitoringPort { get; set; } = [];

    /// <summary>Give what the policies would open and close in the cluster, instead of the policies.</summary>
    [Parameter]
    public SwitchParameter Simulate { get; set; }

    private protected override string[] NamespacesAsked => Namespace;

    protected override void BeginProcessing() => _input = NewInput();

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

        if (ParameterSetName == ContextSet)
            ThrowTerminatingError(ErrorRecords.InvalidArgument("-Context is the cluster; with it, only names of namespaces are piped in.", InputObject));

        // Behind the first line of a manifest, any line is one more.
        _isText = InputObject.BaseObject is string text && !text.Contains('\n');
        _hasInput = true;
        _input!.AddObject(InputObject);
    });

    protected override void EndProcessing() => Guard(() =>
    {
        var options = Options();
        if (ParameterSetName == ContextSet && !AddCluster())
        {
            EndProgress();
            return;
        }

        var snapshot = _hasInput ? Finish(_input!) : new NetPolSnapshot(new ClusterSnapshotBuilder().Build());
        if (Simulate)
            ShowProgress("Evaluating");
        var question = new DenyQuestion(options) { Patterns = Namespace, Listed = _piped, Simulate = Simulate };
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
    private bool AddCluster()
    {
        // Names that failed to come would otherwise close everything.
        if (MyInvocation.ExpectingInput && Namespace.Length + _piped.Count == 0)
        {
            WriteError(ErrorRecords.NoNamespacePiped());
            return false;
        }

        _hasInput = true;
        return AddCluster(_input!, Context);
    }

    private DefaultDenyOptions Options() => new()
    {
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
