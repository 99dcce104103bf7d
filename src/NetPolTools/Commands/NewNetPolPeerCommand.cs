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

    /// <summary>Pods: 'app=web,tier in (api,db)', @{ app = 'web' }, or @{} for every pod. Alone it means pods of the policy's own namespace.</summary>
    [Parameter(Position = 0, ParameterSetName = PodsSet)]
    [LabelSelectorTransformation]
    [ArgumentCompleter(typeof(PodLabelCompleter))]
    public LabelSelector? PodSelector { get; set; }

    /// <summary>Namespaces, by their labels; @{} for every namespace. Together with PodSelector it means pods that match, of namespaces that match.</summary>
    [Parameter(ParameterSetName = PodsSet)]
    [LabelSelectorTransformation]
    [ArgumentCompleter(typeof(NamespaceLabelCompleter))]
    public LabelSelector? NamespaceSelector { get; set; }

    /// <summary>Namespaces by name, in place of NamespaceSelector.</summary>
    [Parameter(ParameterSetName = PodsSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string[] Namespace { get; set; } = [];

    /// <summary>Addresses as a CIDR block: 10.0.0.0/8, 2001:db8::/32, and 0.0.0.0/0 for every IPv4 address.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AddressesSet)]
    [ValidateNotNullOrEmpty]
    public string Cidr { get; set; } = "";

    /// <summary>Blocks inside Cidr that are not meant.</summary>
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
