using System.Management.Automation;
using NetPolTools.Authoring.ClusterPolicies;
using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Objects;

namespace NetPolTools.Commands;

/// <summary>Makes one rule of a ClusterNetworkPolicy: what to do with traffic of any of the peers, on any of the ports.</summary>
[Cmdlet(VerbsCommon.New, "NetPolClusterRule")]
[OutputType(typeof(AdminRule))]
public sealed class NewNetPolClusterRuleCommand : NetPolCommand
{
    private readonly List<AdminPeer> _peers = [];

    [Parameter(Mandatory = true, Position = 0)]
    public ClusterPolicyAction Action { get; set; }

    [Parameter(ValueFromPipeline = true)]
    [OwnObjects(typeof(AdminPeer), "New-NetPolClusterPeer")]
    public AdminPeer[]? Peer { get; set; }

    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string[] Port { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    protected override void ProcessRecord() => _peers.AddRange(Peer ?? []);

    protected override void EndProcessing()
    {
        if (_peers.Count == 0)
            ThrowTerminatingError(ErrorRecords.InvalidArgument(
                "A rule of a ClusterNetworkPolicy names its peers. Every pod is New-NetPolClusterPeer -NamespaceSelector @{}.", null));
        var ports = Arguments.PolicyPorts(this, Port);
        if (Array.Find(ports, static port => port is { Port.Name: not null, Protocol: not null }) is { } named)
        {
            ThrowTerminatingError(ErrorRecords.InvalidArgument(
                $"'{NetworkPolicyPortText.Of(named)}': here a name stands for every container port of that name, whatever its protocol; leave "
                    + $"/{named.Protocol} away.", null));
        }

        var rule = new AdminRule
        {
            Name = Name,
            Action = Action.ToString(),
            Peers = _peers,
            Ports = ClusterPolicyPorts.Of(AdminPolicyKind.ClusterNetworkPolicy, ports),
        };
        ThrowIfRefused(AdminPolicyRules.Check(AdminPolicyKind.ClusterNetworkPolicy, rule), rule);
        WriteObject(rule);
    }
}
