using System.Text.Json.Nodes;
using NetPolTools.Live;
using NetPolTools.Objects;
using NetPolTools.Tests.CommandLine;
using NetPolTools.Tests.Live;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Linting;

/// <summary>Of a cluster, lint reads whom the API server calls and whom Prometheus asks; no other question needs them.</summary>
public sealed class LintLiveTests
{
    private const string Webhooks = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
    private const string Monitors = "/apis/monitoring.coreos.com/v1/servicemonitors";

    [UnixFact]
    public void A_webhook_that_policies_keep_the_API_server_from_is_found_on_a_cluster()
    {
        using var kubectl = Serving();
        var run = Netpol.RunWithKubectl(kubectl.Program, "lint", "--context", "prod", "--include-rule", "NP044", "-o", "json");
        var finding = run.Json.GetProperty("findings").EnumerateArray().Single();
        Assert.Equal("NP044", finding.GetProperty("rule").GetString());
        Assert.Contains(kubectl.Calls, static call => call.Contains("servicemonitors", StringComparison.Ordinal));
    }

    [UnixFact]
    public void Who_may_not_list_them_is_told_what_is_not_checked()
    {
        using var kubectl = Serving();
        kubectl.Forbid(Webhooks, "validatingwebhookconfigurations");
        var run = Netpol.RunWithKubectl(kubectl.Program, "lint", "--context", "prod", "--include-rule", "NP044");
        Assert.Contains("Whether policies keep the API server from them is not checked", run.Errors, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Other_questions_do_not_ask_for_them()
    {
        using var kubectl = Serving();
        kubectl.Read(kinds: ClusterKinds.All);
        Assert.DoesNotContain(
            kubectl.Calls, static call => call.Contains("webhook", StringComparison.Ordinal) || call.Contains("monitor", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_kind_is_known_by_its_path()
    {
        string[] types =
        [
            ApiServerCallback.ValidatingWebhooks, ApiServerCallback.MutatingWebhooks, ApiServerCallback.ApiService, ScrapeMonitor.OfServices,
            ScrapeMonitor.OfPods,
        ];
        Assert.All(ClusterKinds.Callers.Zip(types), static pair => Assert.True(pair.First.Covers($"{pair.First.Group}/v1", pair.Second), pair.Second));
    }

    private static FakeKubectl Serving()
    {
        var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Answer("/apis", """
            {"kind":"APIGroupList","apiVersion":"v1","groups":[
              {"name":"apps","versions":[{"groupVersion":"apps/v1","version":"v1"}]},
              {"name":"batch","versions":[{"groupVersion":"batch/v1","version":"v1"}]},
              {"name":"discovery.k8s.io","versions":[{"groupVersion":"discovery.k8s.io/v1","version":"v1"}]},
              {"name":"admissionregistration.k8s.io","versions":[{"groupVersion":"admissionregistration.k8s.io/v1","version":"v1"}]},
              {"name":"monitoring.coreos.com","versions":[{"groupVersion":"monitoring.coreos.com/v1","version":"v1"}]},
              {"name":"networking.k8s.io","versions":[{"groupVersion":"networking.k8s.io/v1","version":"v1"}]}]}
            """);
        kubectl.Answer("/api/v1/services", FakeKubectl.List("Service", "v1", [JsonNode.Parse("""
            {"metadata":{"name":"db","namespace":"shop"},"spec":{"clusterIP":"10.96.0.7","selector":{"app":"db"},"ports":[{"port":443,"targetPort":8443}]}}
            """)!]));
        kubectl.Answer(Webhooks, FakeKubectl.List("ValidatingWebhookConfiguration", "admissionregistration.k8s.io/v1", [JsonNode.Parse("""
            {"metadata":{"name":"hook"},"webhooks":[{"name":"a.b.c","clientConfig":{"service":{"namespace":"shop","name":"db","port":443}}}]}
            """)!]));
        kubectl.Answer(Monitors, FakeKubectl.List("ServiceMonitor", "monitoring.coreos.com/v1", []));
        return kubectl;
    }
}
