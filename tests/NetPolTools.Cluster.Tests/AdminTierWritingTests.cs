using NetPolTools.Authoring.Denying;
using NetPolTools.Cluster.Tests.Support;
using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;
using NetPolTools.Writing;
using NetPolTools.Yaml;
using Given = NetPolTools.Tests.Support.Cluster;

namespace NetPolTools.Cluster.Tests;

/// <summary>Policies of the admin tiers that are written for a cluster are taken by it, and come back the same.</summary>
[Collection(LiveClusterTests.Name)]
public sealed class AdminTierWritingTests : IClassFixture<AdminTierDefinitions>
{
    public static TheoryData<string> Kinds => [.. AdminPolicyKind.All.Select(static kind => kind.Name)];

    [ClusterTheory]
    [MemberData(nameof(Kinds))]
    public void Policies_that_were_written_come_back_from_the_server_the_same(string name)
    {
        var kind = AdminPolicyKind.All.Single(kind => kind.Name == name);
        var count = kind.Name == AdminPolicyKind.BaselineAdminNetworkPolicy.Name ? 1 : 25;
        var prefix = $"netpol-test-{Guid.NewGuid():N}"[..20];
        var policies = Always.Samples(RandomAdminPolicyGenerator.Policy(kind, "policy"), count, name)
            .Select((policy, i) => count == 1 ? policy : policy with { Metadata = policy.Metadata with { Name = $"{prefix}-{i:D2}" } })
            .ToArray();
        Assert.All(policies, static policy => Assert.Empty(AdminPolicyRules.Check(policy)));
        // Not stored: what some of them deny of all pods would be denied in the tests of the other way to the cluster, which run at the same time.
        var answer = Kubectl.RunWithInput(string.Join('\n', policies.Select(Yaml)), "create", "--dry-run=server", "-f", "-", "-o", "yaml").Output;
        var read = Given.Of(answer);
        Assert.Empty(read.Errors);
        var taken = read.Snapshot.PolicyObjects.Cast<AdminPolicy>().ToDictionary(static policy => policy.Name);
        Assert.All(policies, policy => Assert.Equal(Yaml(Defaulted(policy)), Yaml(taken[policy.Name])));
        Assert.Equal(policies.Length, taken.Count);
    }

    [ClusterTheory]
    [InlineData(DenyPolicyKind.ClusterNetworkPolicy)]
    [InlineData(DenyPolicyKind.BaselineAdminNetworkPolicy)]
    public void A_default_deny_of_the_whole_cluster_with_every_exception_is_accepted(DenyPolicyKind kind)
    {
        var deny = new ClusterDefaultDeny(
            new DefaultDenyOptions
            {
                As = kind,
                AllowDns = true,
                DnsProviders = [DnsProvider.KubeDns, DnsProvider.NodeLocal, DnsProvider.OpenShift],
                DnsAddresses = ["192.0.2.53", "2001:db8::/64"],
                IngressController = new AllowedClient(),
                Monitoring = new AllowedClient(),
                AllowApiServer = true,
                ApiServerAddresses = ["192.0.2.1"],
            },
            new ClusterSnapshotBuilder().Build());
        var policy = deny.ForAll();
        Assert.NotNull(policy);
        var accepted = Kubectl.RunWithInput(Yaml(policy), "apply", "--dry-run=server", "-f", "-", "-o", "name").Output;
        Assert.Equal($"{kind.ToString().ToLowerInvariant()}.policy.networking.k8s.io/{policy.Name}", accepted.Trim());
    }

    private static string Yaml(AdminPolicy policy) => YamlManifestWriter.Write(CanonicalManifest.Of(AdminPolicyManifest.Of(policy)));

    /// <summary>The server fills in the protocol of v1alpha1's ports, and nothing else.</summary>
    private static AdminPolicy Defaulted(AdminPolicy policy) => policy with { Ingress = Defaulted(policy.Ingress), Egress = Defaulted(policy.Egress) };

    private static AdminRule[]? Defaulted(IReadOnlyList<AdminRule>? rules) => rules?.Select(static rule => rule with
    {
        Ports = rule.Ports?.Select(static port => port with
        {
            PortNumber = port.PortNumber is { } number ? number with { Protocol = number.Protocol ?? "TCP" } : null,
            PortRange = port.PortRange is { } range ? range with { Protocol = range.Protocol ?? "TCP" } : null,
        }).ToArray(),
    }).ToArray();
}
