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

    /// <summary>Who, of New-NetPolPeer; any of them will do. Everyone, in and out of the cluster, where it is left out.</summary>
    [Parameter(ValueFromPipeline = true)]
    [OwnObjects(typeof(NetworkPolicyPeer), "New-NetPolPeer")]
    public NetworkPolicyPeer[]? Peer { get; set; }

    /// <summary>
    /// Ports of the pods that are reached: 80, 8000-8100, a container port's name such as http, 53/UDP, or UDP for every port of it. TCP where no
    /// protocol is named. Every port where it is left out.
    /// </summary>
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
