using NetPolTools.Dialects.Cilium;
using NetPolTools.Objects;

namespace NetPolTools.Output;

/// <summary>What the format file's cells show of policies of Cilium.</summary>
public static class CiliumPolicyDisplay
{
    /// <summary>The endpoints or nodes that its rules are about.</summary>
    public static string Subjects(CiliumPolicy policy) => string.Join("; ", policy.Rules()
        .Select(static rule => rule.Rule.NodeSelector is { } nodes ? $"nodes {nodes}" : $"{rule.Rule.EndpointSelector}").Distinct());

    /// <summary>How many entries there are for ingress, those that deny among them: none is not the same as a direction that the policy is not about.</summary>
    public static string IngressCount(CiliumPolicy policy) => Count(policy, PolicyDirection.Ingress);

    /// <summary>Likewise for egress.</summary>
    public static string EgressCount(CiliumPolicy policy) => Count(policy, PolicyDirection.Egress);

    private static string Count(CiliumPolicy policy, PolicyDirection direction) => policy.Rules()
        .Sum(rule => rule.Rule.Entries(direction, denies: false).Count + rule.Rule.Entries(direction, denies: true).Count) switch
    {
        0 => "",
        1 => "1 entry",
        var count => $"{count} entries",
    };
}
