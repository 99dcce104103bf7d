using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Cni;
using NetPolTools.Completion;
using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Output;
using NetPolTools.Sets;

namespace NetPolTools.Commands;

/// <summary>Tells whether one end may reach another, for audits.</summary>
[Cmdlet(VerbsDiagnostic.Test, "NetPolReachability", DefaultParameterSetName = PathSet)]
[OutputType(typeof(bool))]
public sealed class TestNetPolReachabilityCommand : InputCommand
{
    private EndpointPattern? _from;
    private EndpointPattern? _to;
    private PortSet _ports = PortSet.All;
    private CniChoice _cni = CniChoice.Detected;

    /// <summary>
    /// The source: one workload or pod as name, namespace/name or kind/name; a whole namespace as name/*; a label selector; an IP address or a CIDR block.
    /// </summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EndpointCompleter))]
    public string From { get; set; } = "";

    /// <summary>The destination; as From, or a Service as svc/name or namespace/svc/name: any pod behind it, on its target ports.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DestinationCompleter))]
    public string To { get; set; } = "";

    /// <summary>Names in From and To that name no namespace, and label selectors, mean what is in these; wildcards are welcome.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    /// <summary>Ports of the destination pod, numbers 1-65535 or ranges such as 8000-8100; by default any port.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Port { get; set; } = [];

    /// <summary>Protocols; by default any.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public Protocol[] Protocol { get; set; } = [];

    /// <summary>An ipBlock does not match pods inside it, as with Cilium's defaults; most other plugins let it.</summary>
    [Parameter]
    public SwitchParameter IPBlockIgnoresPods { get; set; }

    /// <summary>
    /// Answers for a cluster with this network plugin, such as Flannel or Cilium@1.15, or for one that does all that policies say: Enforcing. Without it,
    /// for the plugin that the input shows.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CniCompleter))]
    public string? Cni { get; set; }

    private protected override string[] NamespacesAsked => Namespace;

    private protected override void Prepare()
    {
        _from = Arguments.Source(this, From).In(Namespace);
        _to = Arguments.Pattern(this, To).In(Namespace);
        _ports = Arguments.Ports(this, Protocol, Port);
        _cni = Arguments.Cni(this, Cni);
    }

    private protected override void Answer(NetPolSnapshot snapshot)
    {
        // An audit must not pass because of a misspelt name.
        var notThere = NoNamespaces(Namespace, snapshot);
        foreach (var error in notThere)
            WriteError(error);
        if (notThere.Length > 0)
            return;

        var evaluation = snapshot.On(_cni, IPBlockIgnoresPods);
        foreach (var diagnostic in evaluation.Diagnostics)
            WriteDiagnostic(diagnostic, null);
        var map = snapshot.Map(evaluation, Cancellation);
        var answer = ReachabilityQuestion.Ask(map, _from!, _to!, _ports, out var problems);
        foreach (var (name, problem) in problems)
            WriteDiagnostic(problem, name.ToString());
        if (answer is null)
            return;

        // Explaining costs more than the answer: only for those who look.
        if (answer.Because is not null)
            WriteVerbose(answer.Because);
        else if (MyInvocation.BoundParameters.TryGetValue("Verbose", out var verbose) && verbose is SwitchParameter { IsPresent: true })
            WriteVerbose(new Explainer(map).Explain(answer.Example.Source, answer.Example.Destination, _ports).ToString());
        WriteObject(answer.IsAllowed);
    }
}
