using NetPolTools.Kubectl;
using NetPolTools.Listing;
using NetPolTools.Tests.CommandLine;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Listing;

/// <summary>Selectors of Calico as ends of questions.</summary>
public sealed class CalicoPodsTests
{
    private static readonly string[] Pods =
    [
        Given.Pod("shop/web", "app: web, tier: front"), Given.Pod("shop/api", "app: api", "serviceAccountName: api"), Given.Pod("data/db", "app: db"),
        Given.Pod("shop/agent", "app: web, tier: node", "hostNetwork: true"),
    ];

    [Theory]
    [InlineData("calico: app == 'web' && has(tier)", "shop/web")]
    [InlineData("calico:app in {\"web\", \"db\"}", "data/db,shop/web")]
    [InlineData("calico: projectcalico.org/namespace == 'shop'", "shop/api,shop/web")]
    [InlineData("calico: pcns.projectcalico.org/name == 'data'", "data/db")]
    [InlineData("calico: projectcalico.org/serviceaccount == 'api'", "shop/api")]
    [InlineData("calico: projectcalico.org/orchestrator == 'k8s' && !has(tier)", "data/db,shop/api")]
    [InlineData("calico: all()", "data/db,shop/api,shop/web")]
    [InlineData("calico:", "data/db,shop/api,shop/web")]
    public void They_pick_the_pods_that_a_policy_would_pick(string pattern, string expected)
    {
        var run = Netpol.ReachWithInput(Given.Documents(Pods), "-", "--by", "pod", "-o", "csv", "--from", pattern, "--to", "192.0.2.1");
        Assert.Equal(
            expected, string.Join(',', run.OutputLines.Skip(1).Select(static line => string.Join('/', line.Split(',').Take(2))).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void They_can_be_tested_and_compared()
    {
        using var folder = new ManifestFolder();
        var before = folder.Write("before.yaml", Given.Documents(Pods));
        var closed = Given.Policy("podSelector: {matchLabels: {app: db}}", "data/p");
        var after = folder.Write("after.yaml", Given.Documents([.. Pods, closed]));
        var run = Netpol.Run(null, "diff", before, after, "--from", "calico: app == 'web'", "--to", "calico: app == 'db'", "-o", "csv");
        Assert.StartsWith("Closed,shop,web,Pod,data,db,Pod,All,None", Assert.Single(run.OutputLines.Skip(1)), StringComparison.Ordinal);
        Assert.Equal(ExitCode.NotReachable, Netpol.Run(null, "test", after, "--from", "calico: app == 'web'", "--to", "calico: app == 'db'").ExitCode);
    }

    [Theory]
    [InlineData("calico: app = 'web'", "at character 13")]
    [InlineData("calico: app == 'web' &&", "at character 24")]
    [InlineData("calico: global()", "no namespace")]
    [InlineData("calico: pcns.team == 'a'", "pcns.team")]
    public void A_mistake_is_told_with_its_place(string pattern, string expected)
    {
        var message = Assert.Throws<FormatException>(() => EndpointPattern.Parse(pattern)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains(pattern, message, StringComparison.Ordinal);
    }
}
