using NetPolTools.Isolation;

namespace NetPolTools.Output;

/// <summary>Which policies isolate a workload, or one of its pods where policies tell them apart, and how much they allow.</summary>
public sealed class NetPolIsolation
{
    private readonly DirectionIsolation _ingress;
    private readonly DirectionIsolation _egress;

    internal NetPolIsolation(WorkloadIsolation isolation)
    {
        (_ingress, _egress) = (isolation.Ingress, isolation.Egress);
        (Namespace, Workload, Kind) = NetPolConnection.Parts(isolation.End);
        Ingress = isolation.Ingress.State.ToString();
        IngressFrom = new NetPolPeers(isolation.Ingress.Allowed);
        IngressPorts = new NetPolPorts(isolation.Ingress.Ports);
        Egress = isolation.Egress.State.ToString();
        EgressTo = new NetPolPeers(isolation.Egress.Allowed);
        EgressPorts = new NetPolPorts(isolation.Egress.Ports);
        IsHostNetwork = isolation.IsHostNetwork;
        Summary = isolation.Summary;
    }

    public string Namespace { get; }

    /// <summary>The workload's or pod's name.</summary>
    public string Workload { get; }

    /// <summary>Deployment, Pod and so on.</summary>
    public string Kind { get; }

    /// <summary>Open; Restricted where some traffic is denied; Isolated; or Denied where it is isolated and nothing is allowed.</summary>
    public string Ingress { get; }

    /// <summary>The names of the NetworkPolicies that isolate it; all are of its namespace. Policies of other kinds stand with their kind.</summary>
    public NetPolList<string> IngressPolicies => NetPolList.Names(_ingress.PolicyNames);

    /// <summary>Who may reach it. Reads as a few words: nothing, 3 workloads, addresses, everyone (on some ports), everything.</summary>
    public NetPolPeers IngressFrom { get; }

    /// <summary>The ports on which any of them may.</summary>
    public NetPolPorts IngressPorts { get; }

    /// <inheritdoc cref="Ingress"/>
    public string Egress { get; }

    /// <inheritdoc cref="IngressPolicies"/>
    public NetPolList<string> EgressPolicies => NetPolList.Names(_egress.PolicyNames);

    /// <summary>Whom it may reach; reads as the same words.</summary>
    public NetPolPeers EgressTo { get; }

    /// <inheritdoc cref="IngressPorts"/>
    public NetPolPorts EgressPorts { get; }

    /// <summary>It speaks with its node's address: no policy ever isolates it.</summary>
    public bool IsHostNetwork { get; }

    /// <summary>wide open, ingress isolated, locked down and so on.</summary>
    public string Summary { get; }

    /// <summary>Kinds of policies in the input that may decide traffic too and are not evaluated: <c>CiliumNetworkPolicy (cilium.io/v2)</c>.</summary>
    public NetPolList<string> NotEvaluated { get; internal init; } = NetPolList.Empty;

    /// <summary><c>shop/web: ingress isolated</c>.</summary>
    public override string ToString() => $"{Namespace}/{Workload}: {Summary}";
}
