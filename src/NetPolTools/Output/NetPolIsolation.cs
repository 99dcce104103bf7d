using NetPolTools.Isolation;

namespace NetPolTools.Output;

/// <summary>Which policies isolate a workload, or one of its pods where policies tell them apart, and how much they allow.</summary>
public sealed class NetPolIsolation
{
    internal NetPolIsolation(WorkloadIsolation isolation)
    {
        (Namespace, Workload, Kind) = NetPolConnection.Parts(isolation.End);
        Ingress = isolation.Ingress.State.ToString();
        IngressPolicies = NetPolList.Names(isolation.Ingress.PolicyNames);
        IngressFrom = new NetPolPeers(isolation.Ingress.Allowed);
        IngressPorts = new NetPolPorts(isolation.Ingress.Ports);
        Egress = isolation.Egress.State.ToString();
        EgressPolicies = NetPolList.Names(isolation.Egress.PolicyNames);
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
    public NetPolList<string> IngressPolicies { get; }

    /// <summary>Who may reach it. Reads as a few words: nothing, 3 workloads, addresses, everyone (on some ports), everything.</summary>
    public NetPolPeers IngressFrom { get; }

    /// <summary>The ports on which any of them may.</summary>
    public NetPolPorts IngressPorts { get; }

    /// <inheritdoc cref="Ingress"/>
    public string Egress { get; }

    /// <inheritdoc cref="IngressPolicies"/>
    public NetPolList<string> EgressPolicies { get; }

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
