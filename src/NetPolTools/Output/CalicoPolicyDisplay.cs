using NetPolTools.Dialects.Calico;
using NetPolTools.Objects;

namespace NetPolTools.Output;

/// <summary>What the format file's cells show of policies of Calico.</summary>
public static class CalicoPolicyDisplay
{
    /// <summary>The endpoints that a policy is about: all of them where it says nothing.</summary>
    public static string Selector(CalicoPolicy policy) => string.IsNullOrEmpty(policy.Selector) ? "all()" : policy.Selector;

    /// <summary>How many rules there are for ingress: none is not the same as a direction that the policy is not about.</summary>
    public static string IngressCount(CalicoPolicy policy) => Count(policy, PolicyDirection.Ingress);

    /// <summary>Likewise for egress.</summary>
    public static string EgressCount(CalicoPolicy policy) => Count(policy, PolicyDirection.Egress);

    private static string Count(CalicoPolicy policy, PolicyDirection direction) => (policy.AppliesTo(direction), policy.Rules(direction).Count) switch
    {
        (false, _) => "",
        (true, 1) => "1 rule",
        (true, var count) => $"{count} rules",
    };
}
