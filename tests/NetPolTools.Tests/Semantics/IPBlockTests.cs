using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Tests.Support;
using NetPolTools.Validation;

namespace NetPolTools.Tests.Semantics;

/// <summary>Which addresses an ipBlock stands for, and whether those of pods are among them.</summary>
public class IPBlockTests
{
    /// <summary>Takes blocks in forms that later versions refuse.</summary>
    private static readonly KubernetesVersion Before = new(1, 35);

    [Fact]
    public void An_ipBlock_means_the_addresses_of_its_cidr_and_no_others()
    {
        var cluster = From("{cidr: 10.1.0.0/16}");
        Assert.Equal("All", cluster.Ports("10.1.0.0", "subject"));
        Assert.Equal("All", cluster.Ports("10.1.255.255", "subject"));
        Assert.Equal("None", cluster.Ports("10.0.255.255", "subject"));
        Assert.Equal("None", cluster.Ports("10.2.0.0", "subject"));
    }

    [Fact]
    public void Every_except_is_taken_out()
    {
        var cluster = From("{cidr: 10.0.0.0/24, except: [10.0.0.10/32, 10.0.0.128/25]}");
        Assert.Equal("All", cluster.Ports("10.0.0.9", "subject"));
        Assert.Equal("None", cluster.Ports("10.0.0.10", "subject"));
        Assert.Equal("All", cluster.Ports("10.0.0.127", "subject"));
        Assert.Equal("None", cluster.Ports("10.0.0.128", "subject"));
        Assert.Equal("None", cluster.Ports("10.0.0.255", "subject"));
    }

    [Fact]
    public void What_one_block_excepts_another_may_allow()
    {
        var cluster = Given.Cluster(Given.Pod("subject"), Given.Policy("""
            ingress:
            - from:
              - ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}
              - ipBlock: {cidr: 10.1.1.0/24}
            """));
        Assert.Equal("All", cluster.Ports("10.1.1.1", "subject"));
        Assert.Equal("None", cluster.Ports("10.1.2.1", "subject"));
    }

    [Fact]
    public void An_IPv6_block_means_IPv6_addresses()
    {
        var cluster = From("{cidr: '2001:db8::/32', except: ['2001:db8:1::/48']}");
        Assert.Equal("All", cluster.Ports("2001:db8::1", "subject"));
        Assert.Equal("None", cluster.Ports("2001:db8:1::1", "subject"));
        Assert.Equal("None", cluster.Ports("2001:db9::1", "subject"));
        Assert.Equal("None", cluster.Ports("192.0.2.1", "subject"));
    }

    [Fact]
    public void All_of_IPv4_says_nothing_about_IPv6()
    {
        var cluster = From("{cidr: 0.0.0.0/0}");
        Assert.Equal("All", cluster.Ports("255.255.255.255", "subject"));
        Assert.Equal("None", cluster.Ports("::1", "subject"));
    }

    [Fact]
    public void An_IPv4_mapped_IPv6_block_means_the_IPv4_addresses()
    {
        var cluster = From("{cidr: '::ffff:10.0.0.0/104'}", Before);
        Assert.Equal("All", cluster.Ports("10.255.0.1", "subject"));
        Assert.Equal("None", cluster.Ports("11.0.0.1", "subject"));
    }

    [Fact]
    public void Host_bits_are_masked()
    {
        var cluster = From("{cidr: 10.1.2.3/16}", Before);
        Assert.Equal("All", cluster.Ports("10.1.0.0", "subject"));
        Assert.Equal("None", cluster.Ports("10.2.0.0", "subject"));
    }

    [Fact]
    public void Leading_zeros_mean_nothing()
    {
        var cluster = From("{cidr: 010.0.0.0/08}", Before);
        Assert.Equal("All", cluster.Ports("10.1.0.0", "subject"));
        Assert.Equal("None", cluster.Ports("8.1.0.0", "subject"));
    }

    [Fact]
    public void An_ipBlock_matches_pods_inside_it_unless_told_otherwise()
    {
        var manifests = PodsAndBlock("{cidr: 10.0.0.0/24}");
        Assert.Equal("All", Cluster.Of(manifests).Ports("inside", "subject"));
        Assert.Equal("None", Cluster.Of(manifests).Ports("beyond", "subject"));
        Assert.Equal("None", Cluster.Of(manifests, new ReachabilityOptions { IPBlockMatchesPods = false }).Ports("inside", "subject"));
    }

    [Fact]
    public void An_answer_that_hangs_on_an_ipBlock_matching_pods_says_so_either_way()
    {
        var manifests = PodsAndBlock("{cidr: 10.0.0.0/24}");
        Assert.Contains("otherwise None", Note(Cluster.Of(manifests), "inside"), StringComparison.Ordinal);
        var other = new ReachabilityOptions { IPBlockMatchesPods = false };
        Assert.Contains("otherwise All", Note(Cluster.Of(manifests, other), "inside"), StringComparison.Ordinal);
        Assert.Empty(Note(Cluster.Of(manifests), "beyond"));
    }

    [Fact]
    public void An_except_matches_pods_inside_it() =>
        Assert.Equal("None", Cluster.Of(PodsAndBlock("{cidr: 10.0.0.0/8, except: [10.0.0.0/24]}")).Ports("inside", "subject"));

    [Fact]
    public void A_pod_without_an_address_is_in_no_ipBlock() =>
        Assert.Equal("None", Cluster.Of(PodsAndBlock("{cidr: 0.0.0.0/0}")).Ports("pending", "subject"));

    [Fact]
    public void A_pod_of_two_families_is_found_by_either_address() =>
        Assert.Equal("All", Cluster.Of(PodsAndBlock("{cidr: '2001:db8::/64'}")).Ports("dual", "subject"));

    private static Cluster From(string block, KubernetesVersion? version = null) =>
        Cluster.Of(Given.Documents(Given.Pod("subject"), Given.Policy($"ingress: [{{from: [{{ipBlock: {block}}}]}}]")), version: version);

    private static string PodsAndBlock(string block) => Given.Documents(
        Given.Pod("subject", "app: subject"),
        Given.Pod("inside", status: "podIP: 10.0.0.7"),
        Given.Pod("beyond", status: "podIP: 10.0.1.7"),
        Given.Pod("pending", status: "phase: Pending"),
        Given.Pod("dual", status: "podIP: 10.9.0.1, podIPs: [{ip: 10.9.0.1}, {ip: '2001:db8::7'}]"),
        Given.Policy($"podSelector: {{matchLabels: {{app: subject}}}}\ningress: [{{from: [{{ipBlock: {block}}}]}}]"));

    private static string Note(Cluster cluster, string source) => string.Concat(
        cluster.List(new() { IncludeDenied = true })
            .Single(connection => connection.Source.Name == source && connection.Destination.Name == "subject")
            .Notes);

    [Theory]
    [InlineData("", "0.0.0.0/0", true)]
    [InlineData("podIP: 10.0.0.1", "0.0.0.0/0", false)]
    [InlineData("", null, false)]
    public void Where_ipBlocks_meet_pods_without_a_known_address_a_warning_says_so(string status, string? cidr, bool isWarned)
    {
        var peers = cidr is null ? "" : $"from: [{{ipBlock: {{cidr: {cidr}}}}}]";
        var cluster = Given.Cluster(Given.Pod("pod", status: status), Given.Policy($"podSelector: {{}}\ningress: [{{{peers}}}]"));
        Assert.Equal(isWarned,
            new ConnectionLister(cluster.Map, new ConnectionQuery()).Diagnostics.Any(static told => told.Id == DiagnosticId.UnknownPodAddress));
    }
}
