using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Linting;
using NetPolTools.Linting.Rules;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Linting;

/// <summary>What is looked up once for many blocks is what each of them would find pod by pod, policy by policy and rule by rule.</summary>
public sealed class ReopenedBlocksProperties
{
    private static readonly PortSet Dns = PortSet.Of(Protocol.UDP, 53).Union(PortSet.Of(Protocol.TCP, 53));

    private static Gen<RandomCluster> WithAdministrators =>
        from cluster in CrowdedClusterGenerator.Clusters.Generator
        from first in RandomAdminPolicyGenerator.Policy(AdminPolicyKind.AdminNetworkPolicy, "first")
        from second in RandomAdminPolicyGenerator.Policy(AdminPolicyKind.AdminNetworkPolicy, "second")
        select new RandomCluster([.. cluster.Objects, first with { Priority = 3 }, second with { Priority = 7 }]);

    [Fact]
    public void Each_block_finds_what_it_finds_one_by_one()
    {
        var reopened = 0;
        Always.Holds(CrowdedClusterGenerator.Clusters, 60, cluster => reopened += AssertSame(cluster));
        Assert.True(reopened > 0, "No example reopened anything.");
    }

    [Fact]
    public void The_same_under_policies_of_administrators()
    {
        var reopened = 0;
        Always.Holds(WithAdministrators, 60, cluster => reopened += AssertSame(cluster));
        Assert.True(reopened > 0, "No example reopened anything.");
    }

    /// <returns>How many blocks are reopened.</returns>
    private static int AssertSame(RandomCluster cluster)
    {
        var map = ReachabilityMap.Compile(cluster.Snapshot);
        var context = new LintContext(cluster.Snapshot, LintCompleteness.None, () => map, static () => null);
        var expected = context.Peers().Select(peer => OneByOne(context, peer)).OfType<string>().ToArray();
        Assert.Equal(expected, new NP022ExceptReopened().Check(context).Select(Text));
        return expected.Length;
    }

    private static string Text(LintFinding finding) => $"{finding.Object} {finding.FieldPath}: {finding.Message}";

    private static string? OneByOne(LintContext context, PeerSite site)
    {
        if (site.Peer.IPBlock is not { Except.Count: > 0 } block)
            return null;
        var ports = Ports(context, site.Rule).Except(Dns);
        foreach (var pod in context.Subjects(site.Rule.Policy))
        {
            if ((site.Rule.Direction == PolicyDirection.Ingress ? context.Map.IngressOf(pod) : context.Map.EgressOf(pod)) is not { } policies)
                continue;
            foreach (var except in block.Except)
            {
                var range = Parse(except);
                if (!context.Endpoints.IndexesOfAddresses(range).All(end => policies.PortsFor(end).Overlaps(ports)))
                    continue;
                foreach (var policy in policies.Policies)
                {
                    foreach (var rule in RuleSite.Of(policy).Where(rule => rule.Direction == site.Rule.Direction && Ports(context, rule).Overlaps(ports)))
                    {
                        if (Path(rule, range) is not { } path)
                            continue;
                        var where = policy == site.Rule.Policy ? path : $"{policy.Reference} {path}";
                        return $"{site.Rule.Policy.Reference} {site.Path}: {where} allows {except} to {context.Endpoints[pod].Owner} all the same, "
                            + "which the block leaves out.";
                    }
                }
            }
        }

        return null;
    }

    private static string? Path(RuleSite rule, AddressRange range)
    {
        if (rule.NamesNoPeer)
            return rule.Path;
        foreach (var peer in rule.Peers())
        {
            if (peer.Peer.IPBlock is { } block && Parse(block.Cidr).Contains(range) && !block.Except.Any(except => Parse(except).Overlaps(range)))
                return peer.Path;
        }

        return null;
    }

    private static PortSet Ports(LintContext context, RuleSite rule) => RulePorts.Numbers(rule.Rule, context.Map.Traffic, new PortSetPool());

    private static AddressRange Parse(string cidr) => AddressRange.TryParseCidr(cidr, out var range, out _, out _) ? range : throw new ArgumentException(cidr);
}
