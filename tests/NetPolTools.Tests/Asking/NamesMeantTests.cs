using NetPolTools.Asking;
using NetPolTools.Cni;
using NetPolTools.Listing;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Asking;

/// <summary>A name that matches nothing is answered with the names that may be meant.</summary>
public sealed class NamesMeantTests
{
    private static readonly ClusterEvaluator Shop = new(Given.Cluster(
        Given.Namespace("shop"),
        Given.Workload("Deployment", "shop/web", "app: web"),
        Given.Workload("StatefulSet", "shop/db", "app: db"),
        Given.Pod("ops/probe", "app: probe"),
        Given.Service("shop/database", "selector: {app: db}\n  ports: [{port: 3306}]"),
        "{apiVersion: v1, kind: Node, metadata: {name: n1}}").Snapshot);

    [Theory]
    [InlineData("shop/dbb", "Did you mean shop/db?")]
    [InlineData("DB", "Did you mean db?")]
    [InlineData("Shop/db", "Did you mean shop/db?")]
    [InlineData("ops/db", "Did you mean shop/db?")]
    [InlineData("shop", "Did you mean shop/*?")]
    [InlineData("Shop", "Did you mean shop/*?")]
    [InlineData("shpo/*", "Did you mean shop/*?")]
    [InlineData("deployment/wbe", "Did you mean deployment/web?")]
    [InlineData("deploy/wbe", "Did you mean deploy/web?")]
    [InlineData("database", "Did you mean svc/database?")]
    [InlineData("shop/database", "Did you mean shop/svc/database?")]
    [InlineData("svc/databse", "Did you mean svc/database?")]
    [InlineData("shop/svc/databse", "Did you mean shop/svc/database?")]
    [InlineData("database.shop.svc.cluster.local", "Did you mean shop/svc/database?")]
    [InlineData("n1", "Did you mean node/n1?")]
    [InlineData("app=wbe", "Did you mean app=web?")]
    [InlineData("www.google.com", "names of hosts are not looked up: expected an IP address")]
    [InlineData("https://10.0.0.1:443", "names of hosts are not looked up")]
    [InlineData("nothing-of-the-kind", "; expected a workload or pod as name")]
    public void An_end_that_is_not_there(string written, string expected)
    {
        var test = new TestQuestion([EndpointPattern.Parse("web")], [EndpointPattern.Parse(written)]).Ask(Shop, QuestionWords.Plain);
        Assert.Contains(expected, Assert.Single(test.Diagnostics).Diagnostic.Message, StringComparison.Ordinal);
        if (EndpointPattern.Parse(written).IsService)
            return;
        var reach = new ReachQuestion(new ConnectionQuery { To = [EndpointPattern.Parse(written)] }).Ask(Shop, QuestionWords.Plain);
        Assert.Contains(expected, Assert.Single(reach.Diagnostics).Diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_namespace_that_is_not_there()
    {
        var answer = new ReachQuestion(new ConnectionQuery { Namespaces = ["Shop"] }).Ask(Shop, QuestionWords.Plain);
        Assert.Equal("'Shop' matches no namespace of the input. Did you mean shop?", Assert.Single(answer.Diagnostics).Diagnostic.Message);
    }

    [Theory]
    [InlineData("web", "shop", true)]
    [InlineData("web", "ops", false)]
    [InlineData("web", "none", null)]
    [InlineData("web", null, null)]
    [InlineData("shop/web", "ops", true)]
    [InlineData("svc/web", "shop", true)]
    public void A_name_that_several_namespaces_have_is_that_of_the_context(string to, string? context, bool? expected)
    {
        var cluster = new ClusterEvaluator(Given.Cluster(
            Given.Pod("test/client"), Given.Pod("shop/web", "app: web"), Given.Pod("ops/web", "app: web"),
            Given.Service("shop/web", "selector: {app: web}\nports: [{port: 80}]"),
            Given.Service("ops/web", "selector: {app: web}\nports: [{port: 80}]"),
            Given.Namespace("shop"), Given.Namespace("ops"), Given.Namespace("test"),
            Given.Policy("podSelector: {}", "ops/deny")).Snapshot);
        var question = new TestQuestion([EndpointPattern.Parse("client")], [EndpointPattern.Parse(to)]) { ContextNamespace = context };
        var answer = question.Ask(cluster, QuestionWords.Plain);
        Assert.Equal(expected, answer.Value?.IsAllowed);
        Assert.Equal(expected is not null && !to.StartsWith("shop/", StringComparison.Ordinal),
            answer.Value?.Notes.Any(static note => note.Contains("namespace of the context", StringComparison.Ordinal)) == true);
        if (expected is null)
            Assert.Equal(Diagnostics.DiagnosticId.AmbiguousName, Assert.Single(answer.Diagnostics).Diagnostic.Id);
    }

    [Theory]
    [InlineData("Flanel", "Did you mean Flannel?")]
    [InlineData("Flanel@0.25", "Did you mean Flannel?")]
    [InlineData("ovn", "OVN-Kubernetes")]
    [InlineData("Enforcin", "Did you mean Enforcing?")]
    [InlineData("windows", "nor one with a similar name; it knows ")]
    public void A_plugin_that_is_not_known(string written, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => CniChoice.Parse(written)).Message, StringComparison.Ordinal);
}
