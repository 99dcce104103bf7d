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

    /// <summary>Whether a workload of it, or a pod to come, is not isolated in some direction.</summary>
    public bool IsOpen => IngressDefaults.Count == 0 || EgressDefaults.Count == 0;

    /// <summary><c>wide open</c>, <c>default deny</c>, <c>ingress default deny</c>, <c>3 of 4 isolated for ingress</c> and so on.</summary>
    public string Summary
    {
        get
        {
            if (IngressDefaults.Count > 0 && EgressDefaults.Count > 0)
                return "default deny";
            string[] parts = [.. Parts("ingress", IngressDefaults, IngressIsolated), .. Parts("egress", EgressDefaults, EgressIsolated)];
            return parts.Length == 0 ? "wide open" : string.Join(", ", parts);
        }
    }

    private IEnumerable<string> Parts(string direction, IReadOnlyList<NetworkPolicy> defaults, int isolated)
    {
        if (defaults.Count > 0)
            yield return $"{direction} default deny";
        else if (isolated > 0)
            yield return $"{isolated} of {Workloads} isolated for {direction}";
    }
}
