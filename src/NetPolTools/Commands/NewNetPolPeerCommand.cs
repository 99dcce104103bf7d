using System.Management.Automation;
using NetPolTools.Authoring;
using NetPolTools.Completion;
using NetPolTools.Objects;
using NetPolTools.Validation;

namespace NetPolTools.Commands;

/// <summary>Makes one peer of a rule: pods, namespaces, both at once, or addresses.</summary>
[Cmdlet(VerbsCommon.New, "NetPolPeer", DefaultParameterSetName = PodsSet)]
[OutputType(typeof(NetworkPolicyPeer))]
public sealed class NewNetPolPeerCommand : NetPolCommand
{
    private const string PodsSet = "Pods";
    private const string AddressesSet = "Addresses";

    [Parameter(Position = 0, ParameterSetName = PodsSet)]
    [LabelSelectorTransformation]
    [ArgumentCompleter(typeof(PodLabelCompleter))]
    public LabelSelector? PodSelector { get; set; }

    [Parameter(ParameterSetName = PodsSet)]
    [LabelSelectorTransformation]
    [ArgumentCompleter(typeof(NamespaceLabelCompleter))]
    public LabelSelector? NamespaceSelector { get; set; }

    [Parameter(ParameterSetName = PodsSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = AddressesSet)]
    [ValidateNotNullOrEmpty]
    public string Cidr { get; set; } = "";

    [Parameter(ParameterSetName = AddressesSet)]
    [ValidateNotNullOrEmpty]
    public string[] Except { get; set; } = [];

    protected override void EndProcessing()
    {
        if (Namespace.Length > 0 && NamespaceSelector is not null)
            ThrowTerminatingError(ErrorRecords.InvalidArgument("-Namespace stands in place of -NamespaceSelector; give one of them.", Namespace));
        var peer = ParameterSetName == AddressesSet
            ? new NetworkPolicyPeer { IPBlock = new IPBlock(Cidr, Except) }
            : new NetworkPolicyPeer
            {
                PodSelector = PodSelector,
                NamespaceSelector = Namespace.Length > 0 ? NamespaceSelectors.Named(Namespace) : NamespaceSelector,
            };
        ThrowIfRefused(NetworkPolicyRules.Check(peer), peer);
        WriteObject(peer);
    }
}
