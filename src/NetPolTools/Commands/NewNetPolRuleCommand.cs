using System.Management.Automation;
using NetPolTools.Objects;
using NetPolTools.Validation;

namespace NetPolTools.Commands;

/// <summary>Makes one rule of a policy: any of the peers, on any of the ports.</summary>
[Cmdlet(VerbsCommon.New, "NetPolRule")]
[OutputType(typeof(NetworkPolicyRule))]
public sealed class NewNetPolRuleCommand : NetPolCommand
{
    private readonly List<NetworkPolicyPeer> _peers = [];

    [Parameter(ValueFromPipeline = true)]
    [OwnObjects(typeof(NetworkPolicyPeer), "New-NetPolPeer")]
    public NetworkPolicyPeer[]? Peer { get; set; }

    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string[] Port { get; set; } = [];

    protected override void ProcessRecord() => _peers.AddRange(Peer ?? []);

    protected override void EndProcessing()
    {
        // No peers means every peer: an empty pipeline must not open a door to everyone.
        if (_peers.Count == 0 && (MyInvocation.ExpectingInput || MyInvocation.BoundParameters.ContainsKey(nameof(Peer))))
            ThrowTerminatingError(ErrorRecords.InvalidArgument("No peer came in. To let everyone through, leave -Peer and the pipeline away.", null));
        var ports = Arguments.PolicyPorts(this, Port);
        foreach (var port in ports)
            ThrowIfRefused(NetworkPolicyRules.Check(port), NetworkPolicyPortText.Of(port));
        WriteObject(new NetworkPolicyRule { Peers = _peers.Count > 0 ? _peers : null, Ports = ports.Length > 0 ? ports : null });
    }
}
