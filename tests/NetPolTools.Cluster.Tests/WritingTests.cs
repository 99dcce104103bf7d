using NetPolTools.Authoring;
using NetPolTools.Authoring.Denying;
using NetPolTools.Cluster.Tests.Support;
using NetPolTools.Objects;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;
using NetPolTools.Validation;
using NetPolTools.Writing;
using NetPolTools.Yaml;
using Given = NetPolTools.Tests.Support.Cluster;

namespace NetPolTools.Cluster.Tests;

/// <summary>What is written for a cluster is taken by it, and means the same there.</summary>
[Collection(LiveClusterTests.Name)]
public sealed class WritingTests(LiveCluster live)
{
    [ClusterFact]
    public void Policies_that_were_written_come_back_from_the_server_the_same()
    {
        using var own = new TestNamespace();
        var policies = Always.Samples(
            RandomPolicyGenerator.Policy("policy", [own.Name]), 200, nameof(Policies_that_were_written_come_back_from_the_server_the_same))
            .Where(policy => live.Version < KubernetesVersion.StrictCidrs || CidrForms.Check(policy).Count == 0)
            .Select((policy, i) => Known(policy) with { Metadata = policy.Metadata with { Name = $"policy-{i:D2}" } })
            .ToArray();
        Kubectl.RunWithInput(Yaml(policies), "create", "-f", "-");
        var cluster = Given.Of(own.Read());
        Assert.Empty(cluster.Errors);
        var stored = cluster.Snapshot.NetworkPolicies.ToDictionary(static policy => policy.Name);
        Assert.All(policies, policy => Assert.Equal(Shown(policy), Shown(stored[policy.Name])));
        Assert.Equal(policies.Length, stored.Count);
    }

    [ClusterFact]
    public void Default_denies_with_every_exception_are_accepted()
    {
        using var own = new TestNamespace();
        var options = new DefaultDenyOptions
        {
            AllowDns = true,
            DnsProviders = [DnsProvider.KubeDns, DnsProvider.NodeLocal, DnsProvider.OpenShift],
            DnsAddresses = ["192.0.2.53", "2001:db8::/64"],
            AllowSameNamespace = true,
            IngressController = new AllowedClient(),
            Monitoring = new AllowedClient(),
            AllowApiServer = true,
            ApiServerAddresses = ["192.0.2.1"],
        };
        foreach (var direction in Enum.GetValues<DenyDirection>())
        {
            foreach (var single in new[] { false, true })
            {
                var deny = new DefaultDeny(options with { Direction = direction, SinglePolicy = single }, new ClusterSnapshotBuilder().Build());
                var policies = deny.For(own.Name);
                Assert.NotEmpty(policies);
                var accepted = Kubectl.RunWithInput(Yaml(policies), "apply", "--dry-run=server", "-f", "-", "-o", "name").Output;
                Assert.Equal(policies.Select(static policy => $"networkpolicy.networking.k8s.io/{policy.Name}"),
                    accepted.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            }
        }
    }

    private static string Yaml(IEnumerable<NetworkPolicy> policies) =>
        string.Join('\n', policies.Select(static policy => YamlManifestWriter.Write(CanonicalManifest.Of(NetworkPolicyManifest.Of(policy)))));

    private static string Shown(NetworkPolicy policy) => YamlManifestWriter.Write(NetworkPolicyManifest.Of(Defaulted(policy)));

    /// <summary>What this server knows of a policy.</summary>
    private NetworkPolicy Known(NetworkPolicy policy) => live.KnowsEndPort ? policy : EachRule(policy, static rule => rule with
    {
        Ports = rule.Ports?.Select(static port => port with { EndPort = null }).ToArray(),
    });

    /// <summary>As the server keeps it: defaults filled in, lists that hold nothing left out.</summary>
    private static NetworkPolicy Defaulted(NetworkPolicy policy)
    {
        string[] types = policy.Egress is { Count: > 0 } ? ["Ingress", "Egress"] : ["Ingress"];
        return EachRule(policy, static rule => new NetworkPolicyRule
        {
            Peers = rule.Peers is { Count: > 0 } ? rule.Peers : null,
            Ports = rule.Ports is { Count: > 0 } ports ? [.. ports.Select(static port => port with { Protocol = port.Protocol ?? "TCP" })] : null,
        }) with
        {
            PolicyTypes = policy.PolicyTypes is { Count: > 0 } ? policy.PolicyTypes : types,
        };
    }

    private static NetworkPolicy EachRule(NetworkPolicy policy, Func<NetworkPolicyRule, NetworkPolicyRule> change) => policy with
    {
        Ingress = policy.Ingress is { Count: > 0 } ingress ? [.. ingress.Select(change)] : null,
        Egress = policy.Egress is { Count: > 0 } egress ? [.. egress.Select(change)] : null,
    };
}
