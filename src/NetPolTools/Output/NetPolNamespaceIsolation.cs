using NetPolTools.Isolation;

namespace NetPolTools.Output;

/// <summary>How many workloads of a namespace policies isolate, and whether a new pod in it would be isolated.</summary>
public sealed class NetPolNamespaceIsolation
{
    internal NetPolNamespaceIsolation(NamespaceIsolation isolation)
    {
        Namespace = isolation.Namespace;
        Workloads = isolation.Workloads;
        HostNetworkWorkloads = isolation.HostNetworkWorkloads;
        IngressIsolated = isolation.IngressIsolated;
        EgressIsolated = isolation.EgressIsolated;
        IngressDefaults = NetPolList.Names(isolation.IngressDefaultNames);
        EgressDefaults = NetPolList.Names(isolation.EgressDefaultNames);
        Summary = isolation.Summary;
    }

    public string Namespace { get; }

    /// <summary>All of them, those that use hostNetwork too.</summary>
    public int Workloads { get; }

    /// <summary>Those that no policy can isolate.</summary>
    public int HostNetworkWorkloads { get; }

    /// <summary>Workloads of which every pod is isolated for ingress.</summary>
    public int IngressIsolated { get; }

    /// <summary>Workloads of which every pod is isolated for egress.</summary>
    public int EgressIsolated { get; }

    /// <summary>Whether a new pod, whatever its labels, would be isolated for ingress.</summary>
    public bool IngressDefaultDeny => IngressDefaults.Length > 0;

    /// <summary>The policies that see to it: they select every pod of the namespace.</summary>
    public NetPolList<string> IngressDefaults { get; }

    /// <summary>Whether a new pod, whatever its labels, would be isolated for egress.</summary>
    public bool EgressDefaultDeny => EgressDefaults.Length > 0;

    /// <inheritdoc cref="IngressDefaults"/>
    public NetPolList<string> EgressDefaults { get; }

    /// <summary>wide open, default deny, 3 of 4 isolated for ingress and so on.</summary>
    public string Summary { get; }

    /// <summary>Kinds of policies in the input that may decide traffic too and are not evaluated: <c>CiliumNetworkPolicy (cilium.io/v2)</c>.</summary>
    public NetPolList<string> NotEvaluated { get; internal init; } = NetPolList.Empty;

    /// <summary><c>shop: ingress default deny</c>.</summary>
    public override string ToString() => $"{Namespace}: {Summary}";
}
