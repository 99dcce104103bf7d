using NetPolTools.Cni;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Cni;

/// <summary>What depends on the version of Calico where nobody says which one it is.</summary>
public sealed class UnknownVersionTests
{
    private const string Deny = "ingress: [{action: Deny}]";
    private const string Allow = "ingress: [{action: Allow}]";

    [Theory]
    [InlineData("calico", Deny, true)]
    [InlineData("calico@3.31", Deny, false)]
    [InlineData("calico@3.32", Deny, false)]
    [InlineData("calico", Allow, false)]
    public void Policies_of_equal_order_whose_sequence_is_another_one_are_told(string plugin, string rules, bool isTold)
    {
        // By name "a-b" comes before "a" since 3.32, and behind it before.
        var told = Told(plugin, Policy("a", "order: 5, " + Allow), Policy("a-b", "order: 5, " + rules));
        Assert.Equal(isTold, told.Contains("asked GlobalNetworkPolicy a first", StringComparison.Ordinal));
    }

    [Fact]
    public void NetworkPolicies_have_the_order_1000()
    {
        var kubernetes = Given.Policy("podSelector: {}", "shop/z");
        Assert.Contains("NetworkPolicy shop/z", Told("calico", kubernetes, Policy("zz", "order: 1000, " + Deny)), StringComparison.Ordinal);
        Assert.Empty(Told("calico", kubernetes, Policy("zz", "order: 1001, " + Deny)));
    }

    [Fact]
    public void What_has_one_sequence_in_every_version_is_not_told() =>
        Assert.Empty(Told("calico", Policy("a", "order: 5, " + Deny), Policy("b", "order: 5, " + Deny)));

    private static string Told(string plugin, params string[] manifests) => string.Join(
        "\n", CniEvaluation.Of(Given.Cluster(manifests).Snapshot, CniChoice.Parse(plugin), ipBlockIgnoresPods: false).Diagnostics);

    private static string Policy(string name, string spec) =>
        $"{{apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: {{name: {name}}}, spec: {{selector: all(), {spec}}}}}";
}
