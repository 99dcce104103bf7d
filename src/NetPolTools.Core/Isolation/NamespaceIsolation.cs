using NetPolTools.Objects;

namespace NetPolTools.Isolation;

/// <summary>How many workloads of a namespace are isolated, and whether a new pod in it would be.</summary>
public sealed record NamespaceIsolation
{
    public required string Namespace { get; init; }

    /// <summary>All of them, those that use hostNetwork too.</summary>
    public required int Workloads { get; init; }

    /// <summary>Those that no policy can isolate.</summary>
    public required int HostNetworkWorkloads { get; init; }

    /// <summary>Workloads of which every pod is isolated for ingress.</summary>
    public required int IngressIsolated { get; init; }

    /// <summary>Workloads of which every pod is isolated for egress.</summary>
    public required int EgressIsolated { get; init; }

    /// <summary>The policies that select every pod of the namespace, also those to come, and isolate them for ingress.</summary>
    public required IReadOnlyList<NetworkPolicy> IngressDefaults { get; init; }

    /// <summary>The same for egress.</summary>
    public required IReadOnlyList<NetworkPolicy> EgressDefaults { get; init; }

    /// <summary>Policies of other kinds that deny a pod to come, whatever its labels, all ingress that no other rule allows.</summary>
    public IReadOnlyList<string> IngressTierDefaults { get; init; } = [];

    /// <summary>The same for egress.</summary>
    public IReadOnlyList<string> EgressTierDefaults { get; init; } = [];

    /// <summary>Policies that are asked before NetworkPolicies and allow a pod to come some ingress, or may: a default deny does not hold there.</summary>
    public IReadOnlyList<string> IngressExceptions { get; init; } = [];

    /// <summary>The same for egress.</summary>
    public IReadOnlyList<string> EgressExceptions { get; init; } = [];

    /// <summary>All policies that isolate pods to come for ingress; NetworkPolicies by their names alone.</summary>
    public IEnumerable<string> IngressDefaultNames => IngressDefaults.Select(static policy => policy.Name).Concat(IngressTierDefaults);

    /// <summary>The same for egress.</summary>
    public IEnumerable<string> EgressDefaultNames => EgressDefaults.Select(static policy => policy.Name).Concat(EgressTierDefaults);

    public bool IsIngressDefaultDeny => IngressDefaults.Count + IngressTierDefaults.Count > 0;

    public bool IsEgressDefaultDeny => EgressDefaults.Count + EgressTierDefaults.Count > 0;

    /// <summary>Whether a workload of it, or a pod to come, is not isolated in some direction.</summary>
    public bool IsOpen => !IsIngressDefaultDeny || !IsEgressDefaultDeny;

    /// <summary>
    /// <c>wide open</c>, <c>default deny</c>, <c>ingress default deny</c>, <c>3 of 4 isolated for ingress</c> and so on; behind a default deny, what lets
    /// traffic past it: <c>default deny, but ClusterNetworkPolicy monitoring allows some ingress</c>.
    /// </summary>
    public string Summary
    {
        get
        {
            string[] exceptions =
            [
                .. IsIngressDefaultDeny ? IngressExceptions.Select(static policy => $"{policy} allows some ingress") : [],
                .. IsEgressDefaultDeny ? EgressExceptions.Select(static policy => $"{policy} allows some egress") : [],
            ];
            return exceptions.Length == 0 ? Word : $"{Word}, but {string.Join(", ", exceptions)}";
        }
    }

    private string Word
    {
        get
        {
            if (IsIngressDefaultDeny && IsEgressDefaultDeny)
                return "default deny";
            string[] parts = [.. Parts("ingress", IsIngressDefaultDeny, IngressIsolated), .. Parts("egress", IsEgressDefaultDeny, EgressIsolated)];
            return parts.Length == 0 ? "wide open" : string.Join(", ", parts);
        }
    }

    private IEnumerable<string> Parts(string direction, bool isDefaultDeny, int isolated)
    {
        if (isDefaultDeny)
            yield return $"{direction} default deny";
        else if (isolated > 0)
            yield return $"{isolated} of {Workloads} isolated for {direction}";
    }
}
