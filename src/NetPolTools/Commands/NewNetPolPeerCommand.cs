using System.Management.Automation;
using NetPolTools.Objects;
using NetPolTools.Validation;

namespace NetPolTools.Commands;

/// <summary>Makes one peer of a rule: pods, namespaces, both at once, or addresses.</summary>
[Cmdlet(VerbsCommon.New, "NetPolPeer", DefaultParameterSetName = PodsSet)]
[OutputType(typeof(NetworkPolicyPeer))]
public sealed class NewNetPolPeerCommand : NewPeerCommand
{
    private const string AddressesSet = "Addresses";

    [Parameter(Mandatory = true, ParameterSetName = AddressesSet)]
    [ValidateNotNullOrEmpty]
    public string Cidr { get; set; } = "";

    [Parameter(ParameterSetName = AddressesSet)]
    [ValidateNotNullOrEmpty]
    public string[] Except { get; set; } = [];

    protected override void EndProcessing()
    {
        var peer = ParameterSetName == AddressesSet
            ? new NetworkPolicyPeer { IPBlock = new IPBlock(Cidr, Except) }
            : new NetworkPolicyPeer
            {
                PodSelector = PodSelector,
                NamespaceSelector = Namespaces(),
            };
        ThrowIfRefused(NetworkPolicyRules.Check(peer), peer);
        WriteObject(peer);
    }
}
