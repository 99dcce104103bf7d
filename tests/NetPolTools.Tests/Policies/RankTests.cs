using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Tests.Policies;

/// <summary>In which order policies are asked.</summary>
public sealed class RankTests
{
    /// <summary>felix/calc/policy_sorter.go TierLess.</summary>
    [Fact]
    public void Tiers_go_by_order_then_by_name_and_missing_ones_come_behind_those_without_an_order()
    {
        PolicyTier[] sorted =
        [
            new("tier b", -5),
            new("tier a", 0.5),
            new("tier b", 0.5),
            new("tier a", double.PositiveInfinity),
            new("tier z", double.PositiveInfinity),
            new("tier a", double.PositiveInfinity) { IsMissing = true },
        ];
        Assert.Equal(sorted, sorted.Reverse().Order());
    }

    /// <summary>felix/calc/policy_sorter.go PolKVLess: a slash behind the name, so that "a-b" comes before "a".</summary>
    [Fact]
    public void On_Calico_since_332_ties_go_by_name_then_namespace_then_kind()
    {
        var layout = EngineLayout.Calico;
        string?[] sorted =
        [
            layout.TieBreaker("NetworkPolicy", "default", "z", "a-b"),
            layout.TieBreaker("GlobalNetworkPolicy", "default", null, "a"),
            layout.TieBreaker("KubernetesNetworkPolicy", "knp.default", "x", "a"),
            layout.TieBreaker("NetworkPolicy", "default", "x", "a"),
            layout.TieBreaker("NetworkPolicy", "default", "y", "a"),
            layout.TieBreaker("GlobalNetworkPolicy", "default", null, "b"),
        ];
        Assert.Equal(sorted, sorted.Reverse().Order(StringComparer.Ordinal));
    }

    /// <summary>Up to 3.31 a policy's key has the namespace first, and the tier before the name.</summary>
    [Fact]
    public void On_Calico_before_332_ties_go_by_the_stored_name()
    {
        var layout = EngineLayout.CalicoBefore332;
        string?[] sorted =
        [
            layout.TieBreaker("NetworkPolicy", "default", "apps", "z"),
            layout.TieBreaker("KubernetesNetworkPolicy", "knp.default", "apps", "a"),
            layout.TieBreaker("GlobalNetworkPolicy", "default", null, "b"),
            layout.TieBreaker("NetworkPolicy", "default", "web", "a"),
        ];
        Assert.Equal(sorted, sorted.Reverse().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Where_the_API_leaves_ties_open_nothing_breaks_them()
    {
        Assert.Null(EngineLayout.Kubernetes.TieBreaker("NetworkPolicy", "default", "apps", "z"));
        var policy = new NetworkPolicy(new ObjectMetadata { Name = "z", Namespace = "apps" });
        Assert.Equal(EngineLayout.Kubernetes.NetworkPolicies, EngineLayout.Kubernetes.RankOf(policy));
    }
}
