using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Completion;
using NetPolTools.Input;
using NetPolTools.Listing;
using NetPolTools.Output;
using NetPolTools.Sets;

namespace NetPolTools.Commands;

/// <summary>Compares who can reach whom in two inputs: connections opened, closed and changed, and the policies responsible.</summary>
[Cmdlet(VerbsData.Compare, "NetPolReachability", DefaultParameterSetName = ReferenceSet)]
[OutputType(typeof(NetPolChange))]
public sealed class CompareNetPolReachabilityCommand : ReadingCommand
{
    private const string ReferenceSet = "Reference";

    private DifferenceQuestion _question = new(new ConnectionQuery());
    private SnapshotInput? _reference;
    private SnapshotInput? _difference;
    private bool _hasNoReference;

    /// <summary>
    /// What is: paths of manifests with wildcards, or objects, text and snapshots as other cmdlets take them. A text of several lines is a manifest,
    /// not a path.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ReferenceSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public PSObject[] Reference { get; set; } = [];

    /// <summary>What is, in a cluster: a context of the kubeconfig, or a dot for its current one. Difference is applied to it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ContextSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string ReferenceContext { get; set; } = "";

    /// <summary>What is to be; as Reference. From the pipeline, text is manifests by the line.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = ReferenceSet)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ContextSet)]
    [Alias("Path")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [SupportsWildcards]
    public PSObject?[]? Difference { get; set; }

    /// <summary>
    /// Only these sources: name, namespace/name or kind/name with wildcards; a label selector such as app=web; an IP address or a CIDR block.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public string[] From { get; set; } = [];

    /// <summary>Only these destinations; as From.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public string[] To { get; set; } = [];

    /// <summary>Only these ports of the destination pod count: numbers 1-65535, or ranges such as 8000-8100.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Port { get; set; } = [];

    /// <summary>Only these protocols count.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public Protocol[] Protocol { get; set; } = [];

    /// <summary>What an object stands for: a workload, a pod or a namespace.</summary>
    [Parameter]
    public GroupBy By { get; set; }

    /// <summary>Only connections of which at least one end is in these namespaces; wildcards are welcome.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    /// <summary>
    /// Difference is applied to Reference, as kubectl apply would, instead of standing in its place. That is also what happens to a cluster, unless this
    /// is false, and, with a warning, where Difference holds nothing but policies and Reference has the pods.
    /// </summary>
    [Parameter]
    public SwitchParameter Apply { get; set; }

    /// <summary>An ipBlock does not match pods inside it, as with Cilium's defaults; most other plugins let it.</summary>
    [Parameter]
    public SwitchParameter IPBlockIgnoresPods { get; set; }

    private protected override string[] NamespacesAsked => Namespace;

    protected override void BeginProcessing() => Guard(() =>
    {
        _question = new DifferenceQuestion(Arguments.Query(this, By, From, To, Port, Protocol, Namespace))
        {
            // Manifests rarely describe the whole cluster.
            Apply = MyInvocation.BoundParameters.ContainsKey(nameof(Apply)) ? Apply.IsPresent : ParameterSetName == ContextSet,
            Assumptions = Assumptions.None with { IPBlockIgnoresPods = IPBlockIgnoresPods },
        };
        _reference = NewInput();
        foreach (var given in Reference)
            AddArgument(_reference, given);
        if (ParameterSetName == ContextSet)
            _hasNoReference = !AddCluster(_reference, ReferenceContext);
        _difference = NewInput();
    });

    protected override void ProcessRecord() => Guard(() =>
    {
        foreach (var given in Difference ?? [])
        {
            if (MyInvocation.ExpectingInput)
                _difference!.AddObject(given);
            else
                AddArgument(_difference!, given);
        }
    });

    protected override void EndProcessing() => Guard(() =>
    {
        if (!_hasNoReference)
            Answer(Finish(_reference!), Finish(_difference!));
        EndProgress();
    });

    private void Answer(NetPolSnapshot reference, NetPolSnapshot difference)
    {
        ShowProgress("Evaluating");
        var words = new ParameterWords(ParameterSetName == ContextSet ? nameof(ReferenceContext) : nameof(Reference));
        var answer = _question.Ask(reference.Evaluator, difference.Evaluator, words, Cancellation);
        WriteDiagnostics(answer);
        if (answer.Value is not { } found)
            return;
        var notEvaluated = NetPolList.Names(reference.NotEvaluatedPolicies.Union(difference.NotEvaluatedPolicies));
        foreach (var end in found.Ends)
            WriteObject(new NetPolChange(end) { NotEvaluated = notEvaluated });
        foreach (var change in found.List(Cancellation))
            WriteObject(new NetPolChange(change) { NotEvaluated = notEvaluated });
    }
}
