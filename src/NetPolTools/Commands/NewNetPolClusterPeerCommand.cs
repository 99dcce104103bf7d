using System.Management.Automation;
using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Objects;

namespace NetPolTools.Commands;

/// <summary>Makes one peer of a rule of a ClusterNetworkPolicy: namespaces, pods, addresses, nodes or domain names.</summary>
[Cmdlet(VerbsCommon.New, "NetPolClusterPeer", DefaultParameterSetName = PodsSet)]
[OutputType(typeof(AdminPeer))]
public sealed class NewNetPolClusterPeerCommand : NewPeerCommand
{
    private const string NetworksSet = "Networks";
    private const string NodesSet = "Nodes";
    private const string DomainNamesSet = "DomainNames";

    [Parameter(Mandatory = true, ParameterSetName = NetworksSet)]
    [ValidateNotNullOrEmpty]
    public string[] Cidr { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = NodesSet)]
    [LabelSelectorTransformation]
    [ValidateNotNull]
    public LabelSelector NodeSelector { get; set; } = LabelSelector.Everything;

    [Parameter(Mandatory = true, ParameterSetName = DomainNamesSet)]
    [ValidateNotNullOrEmpty]
    public string[] DomainName { get; set; } = [];

    protected override void EndProcessing()
    {
        var peer = ParameterSetName switch
        {
            NetworksSet => new AdminPeer { Networks = Cidr },
            NodesSet => new AdminPeer { Nodes = NodeSelector },
            DomainNamesSet => new AdminPeer { DomainNames = DomainName },
            _ => ClusterSelectors.Peer(ClusterSelectors.Pods(this, Namespace, NamespaceSelector, PodSelector)),
        };
        ThrowIfRefused(AdminPolicyRules.Check(AdminPolicyKind.ClusterNetworkPolicy, peer), peer);
        WriteObject(peer);
    }
}
