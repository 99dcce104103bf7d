using System.Text.Json.Nodes;
using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Live;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Live;

public sealed class KubectlReaderTests
{
    private static readonly string[] OnlyReading = ["get", "--raw"];

    [UnixFact]
    public void A_live_cluster_answers_as_its_manifests_do()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        var (hasAnswer, snapshot) = kubectl.Read(program: kubectl.Process);
        Assert.True(hasAnswer);
        Assert.Empty(snapshot.Diagnostics);
        Assert.Equal(Lines(Cluster.OfPaths(Repository.Manifests("three-tier.json")).Snapshot), Lines(snapshot));
    }

    [UnixFact]
    public void Only_what_the_question_needs_is_asked_for_and_never_a_Secret()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Read();
        Assert.All(kubectl.Calls, static call => Assert.Equal(OnlyReading, call.Split(' ')[..2]));
        Assert.All(kubectl.Calls, static call => Assert.EndsWith(" --context=prod", call, StringComparison.Ordinal));
        Assert.DoesNotContain(kubectl.Calls, static call => call.Contains("secret", StringComparison.OrdinalIgnoreCase));
        Assert.Single(kubectl.Calls, static call => call.Contains("/api/v1/pods?", StringComparison.Ordinal));
        Assert.DoesNotContain(kubectl.Calls, static call => call.Contains("gateway", StringComparison.Ordinal));
    }

    [UnixFact]
    public void Context_and_kubeconfig_reach_kubectl_and_a_dot_stands_for_its_current_context()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        Assert.Equal(ReadOutcome.Read, kubectl.Reader("my cluster", "/tmp/my config", kubectl.Process).Get("/apis", Drain, CancellationToken.None));
        Assert.Equal(ReadOutcome.Read, kubectl.Reader(ClusterConnection.CurrentContext, program: kubectl.Process).Get("/apis", Drain, CancellationToken.None));
        Assert.Equal(["get --raw /apis --context=my cluster --kubeconfig=/tmp/my config", "get --raw /apis"], kubectl.Calls);
        Assert.EndsWith(" --context=my cluster --kubeconfig=/tmp/my config", kubectl.Lookups[0], StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_long_list_comes_in_chunks()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Answer("/api/v1/pods", FakeKubectl.List("Pod", "v1", [Pod("a"), Pod("b")], next: "x/y="));
        kubectl.Answer("/api/v1/pods&continue=x%2Fy%3D", FakeKubectl.List("Pod", "v1", [Pod("c")], next: "z"));
        kubectl.Answer("/api/v1/pods&continue=z", FakeKubectl.List("Pod", "v1", [Pod("d")]));
        var (_, snapshot) = kubectl.Read();
        Assert.Equal(["a", "b", "c", "d"], snapshot.Pods.Select(static pod => pod.Name));
    }

    [UnixFact]
    public void A_list_that_says_that_more_follows_behind_its_items_comes_in_chunks_too()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Answer("/api/v1/pods", """{"apiVersion":"v1","items":[{"metadata":{"name":"a","namespace":"shop"}}],"kind":"PodList","metadata":{"continue":"n"}}""");
        kubectl.Answer("/api/v1/pods&continue=n", FakeKubectl.List("Pod", "v1", [Pod("b")]));
        var (_, snapshot) = kubectl.Read();
        Assert.Equal(["a", "b"], snapshot.Pods.Select(static pod => pod.Name));
    }

    [UnixFact]
    public void A_list_that_the_server_gives_up_between_chunks_is_read_again_in_one_piece()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Run("/api/v1/pods", """case "$3" in *limit*) cp "$here/chunk" "$here/$name.json";; *) cp "$here/whole" "$here/$name.json";; esac""");
        File.WriteAllText(Path.Combine(kubectl.Folder, "chunk"), FakeKubectl.List("Pod", "v1", [Pod("a"), Pod("b")], next: "x"));
        File.WriteAllText(Path.Combine(kubectl.Folder, "whole"), FakeKubectl.List("Pod", "v1", [Pod("b"), Pod("c")]));
        kubectl.Fail("/api/v1/pods&continue=x",
            "Error from server (Expired): The provided continue parameter is too old to display a consistent list result.\n");
        var (hasAnswer, snapshot) = kubectl.Read();
        Assert.True(hasAnswer);
        Assert.Equal(["b", "c"], snapshot.Pods.Select(static pod => pod.Name));
    }

    [UnixFact]
    public void A_kind_is_read_in_the_version_that_the_server_has()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Answer("/apis/batch/v1beta1/cronjobs", FakeKubectl.List("CronJob", "batch/v1beta1", [Pod("nightly")]));
        var (_, snapshot) = kubectl.Read();
        Assert.Contains(snapshot.Workloads, static workload => workload is { Kind: "CronJob", Name: "nightly" });
    }

    [UnixFact]
    public void Kinds_that_the_server_does_not_have_are_passed_over_without_a_word()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Remove("/apis/networking.k8s.io/v1/ingresses");
        var (hasAnswer, snapshot) = kubectl.Read();
        Assert.True(hasAnswer);
        Assert.Empty(snapshot.Diagnostics);
    }

    [UnixFact]
    public void Endpoints_are_read_where_there_are_no_EndpointSlices()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Remove("/apis/discovery.k8s.io/v1/endpointslices");
        var endpoints = JsonNode.Parse("""{"metadata":{"name":"legacy","namespace":"shop"},"subsets":[{"addresses":[{"ip":"192.0.2.1"}],"ports":[{"port":80}]}]}""")!;
        kubectl.Answer("/api/v1/endpoints", FakeKubectl.List("Endpoints", "v1", [endpoints]));
        var (_, snapshot) = kubectl.Read();
        Assert.Equal("legacy", Assert.Single(snapshot.ServiceEndpoints).Name);
    }

    [UnixFact]
    public void A_kind_that_the_user_may_not_list_is_named_in_a_warning_with_what_the_answer_lacks()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Forbid("/api/v1/nodes", "nodes");
        var (hasAnswer, snapshot) = kubectl.Read();
        Assert.True(hasAnswer);
        var warning = Assert.Single(snapshot.Diagnostics);
        Assert.Equal((DiagnosticId.ForbiddenKind, DiagnosticSeverity.Warning), (warning.Id, warning.Severity));
        Assert.Contains("You may not list nodes", warning.Message, StringComparison.Ordinal);
        Assert.Contains("addresses of nodes", warning.Message, StringComparison.Ordinal);
        Assert.Contains("User \"jane\" cannot list", warning.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void A_kind_that_is_refused_and_not_there_is_not_there()
    {
        // The server looks for rights before it looks whether the kind exists.
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Forbid("/apis/networking.k8s.io/v1/ingresses", "ingresses");
        kubectl.Answer("/apis/networking.k8s.io/v1", """{"kind":"APIResourceList","resources":[{"name":"networkpolicies"}]}""");
        var (hasAnswer, snapshot) = kubectl.Read();
        Assert.True(hasAnswer);
        Assert.Empty(snapshot.Diagnostics);
    }

    [UnixFact]
    public void Kinds_that_are_lacked_for_the_same_are_named_together()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Forbid("/apis/batch/v1/jobs", "jobs.batch");
        kubectl.Forbid("/apis/apps/v1/statefulsets", "statefulsets.apps");
        var (_, snapshot) = kubectl.Read();
        Assert.Contains("You may not list statefulsets.apps, jobs.batch, so", Assert.Single(snapshot.Diagnostics).Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Settings_of_network_plugins_are_asked_for_by_name()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Answer("/api/v1/configmaps?fieldSelector=metadata.name%3Dcilium-config", FakeKubectl.List(
            "ConfigMap", "v1", [JsonNode.Parse("""{"metadata":{"name":"cilium-config","namespace":"cilium"},"data":{"enable-policy":"never"} }""")!]));
        var (_, snapshot) = kubectl.Read(kinds: ClusterKinds.All);
        var trace = Assert.Single(snapshot.PluginTraces, static trace => trace.Kind == "ConfigMap");
        Assert.Equal(("cilium-config", "never"), (trace.Name, trace.Values["enable-policy"]));
        Assert.All(kubectl.Calls.Where(static call => call.Contains("configmaps", StringComparison.Ordinal)), static call =>
            Assert.Contains("?fieldSelector=metadata.name%3D", call, StringComparison.Ordinal));
        Assert.DoesNotContain(kubectl.Calls, static call => call.Contains("customresourcedefinitions", StringComparison.Ordinal));
    }

    [UnixFact]
    public void Without_the_right_to_list_pods_there_is_an_error_and_no_answer()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Forbid("/api/v1/pods", "pods");
        kubectl.Forbid("/api/v1/nodes", "nodes");
        var (hasAnswer, snapshot) = kubectl.Read();
        Assert.False(hasAnswer);
        Assert.False(snapshot.HoldsAnything);
        var error = Assert.Single(snapshot.Diagnostics);
        Assert.Equal((DiagnosticId.ForbiddenKind, DiagnosticSeverity.Error), (error.Id, error.Severity));
        Assert.Contains("You may not list pods", error.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Without_the_right_to_list_namespaces_policies_by_their_names_still_answer()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Forbid("/api/v1/namespaces", "namespaces");
        kubectl.Answer("/apis/networking.k8s.io/v1/networkpolicies", Policies("""{"matchLabels":{"kubernetes.io/metadata.name":"front"}}"""));
        var (hasAnswer, snapshot) = kubectl.Read();
        Assert.True(hasAnswer);
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(snapshot.Diagnostics).Severity);
    }

    [UnixFact]
    public void Without_the_right_to_list_namespaces_a_policy_by_their_labels_is_an_error()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Forbid("/api/v1/namespaces", "namespaces");
        kubectl.Answer("/apis/networking.k8s.io/v1/networkpolicies", Policies("""{"matchExpressions":[{"key":"team","operator":"Exists"}]}"""));
        var (hasAnswer, snapshot) = kubectl.Read();
        Assert.False(hasAnswer);
        var error = Assert.Single(snapshot.Diagnostics);
        Assert.Equal(DiagnosticSeverity.Error, error.Severity);
        Assert.Contains("NetworkPolicy/shop/by-namespace", error.Message.Replace(" ", "/", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [UnixFact]
    public void Who_may_read_only_a_namespace_gets_an_answer_about_that_part_of_the_cluster()
    {
        using var kubectl = FakeKubectl.ServingOnly("shop");
        kubectl.Answer("/api/v1/services", FakeKubectl.List("Service", "v1", [Pod("elsewhere", "other")]));
        var (hasAnswer, snapshot) = kubectl.Read(namespaces: ["shop"]);
        Assert.True(hasAnswer);
        Assert.Equal(Lines(Cluster.OfPaths(Repository.Manifests("three-tier.json")).Snapshot), Lines(snapshot));
        Assert.DoesNotContain(snapshot.Services, static service => service.Name == "elsewhere");
        Assert.Contains(snapshot.Namespaces, static ns => ns.Name == "shop" && ns.Location.IsKnown);
        Assert.All(snapshot.Diagnostics, static told => Assert.Equal((DiagnosticId.ForbiddenKind, DiagnosticSeverity.Warning), (told.Id, told.Severity)));
        Assert.Single(snapshot.Diagnostics, static told =>
            told.Message.Contains(" only in shop, so the answer is about that part of the cluster alone", StringComparison.Ordinal));
    }

    [UnixFact]
    public void A_kind_that_only_helps_is_read_in_the_namespace_alone_and_the_rest_of_the_cluster_whole()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Answer("/api/v1/pods", FakeKubectl.List("Pod", "v1", [Pod("a"), Pod("b", "other")]));
        kubectl.Forbid("/api/v1/services", "services");
        kubectl.Answer("/api/v1/namespaces/shop/services", FakeKubectl.List("Service", "v1", [Pod("web")]));
        var (_, snapshot) = kubectl.Read(namespaces: ["shop"]);
        Assert.Equal(["a", "b"], snapshot.Pods.Select(static pod => pod.Name));
        Assert.Equal("web", Assert.Single(snapshot.Services).Name);
        Assert.StartsWith("You may list services only in shop, so the answer is without those of other namespaces.",
            Assert.Single(snapshot.Diagnostics).Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Who_may_not_read_the_namespace_either_gets_no_answer()
    {
        using var kubectl = FakeKubectl.ServingOnly("shop");
        kubectl.Forbid("/api/v1/namespaces/other/pods", "pods");
        var (hasAnswer, snapshot) = kubectl.Read(namespaces: ["shop", "other"]);
        Assert.False(hasAnswer);
        Assert.Contains(snapshot.Diagnostics, static told =>
            told.Severity == DiagnosticSeverity.Error && told.Message.StartsWith("You may not list pods", StringComparison.Ordinal));
    }

    [UnixFact]
    public void A_server_that_does_not_answer_is_one_error_in_kubectls_words()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Fail("/apis", """
            E1120 14:00:00.000000    1234 memcache.go:265] "Unhandled Error" err="couldn't get current server API group list"
            The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?

            """);
        var (hasAnswer, snapshot) = kubectl.Read();
        Assert.False(hasAnswer);
        var error = Assert.Single(snapshot.Diagnostics);
        Assert.Equal(DiagnosticId.ClusterNotRead, error.Id);
        Assert.Equal(
            "context prod: error: kubectl says: The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?",
                error.ToString());
        Assert.Single(kubectl.Calls);
    }

    [UnixFact]
    public void A_connection_that_drops_in_the_middle_of_a_list_is_one_error_and_no_answer()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Run("/api/v1/pods", """head -c 300 "$here/$name.json"; echo 'error: unexpected EOF' >&2; exit 1""");
        var (hasAnswer, snapshot) = kubectl.Read();
        Assert.False(hasAnswer);
        Assert.Equal("kubectl says: error: unexpected EOF", Assert.Single(snapshot.Diagnostics).Message);
    }

    [UnixFact]
    public void What_is_no_API_server_is_said_to_be_none()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Answer("/apis", "<html>Please log in</html>");
        var (hasAnswer, snapshot) = kubectl.Read();
        Assert.False(hasAnswer);
        Assert.Contains("no API server", Assert.Single(snapshot.Diagnostics).Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Without_kubectl_the_error_says_so_and_what_to_do()
    {
        var builder = new ClusterSnapshotBuilder();
        var reader = new KubectlReader(new ClusterConnection("prod"), new KubectlProgram("/nowhere/kubectl"));
        Assert.False(new ClusterReading(reader, ClusterKinds.Reachability).ReadInto(builder, static _ => { }, CancellationToken.None));
        Assert.Equal(DiagnosticId.KubectlNotFound, Assert.Single(builder.Build().Diagnostics).Id);
    }

    [UnixFact]
    public void A_cluster_that_takes_longer_than_it_may_is_an_error_that_says_so()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Run("/api/v1/pods", "sleep 600");
        var (hasAnswer, snapshot) = kubectl.Read(TimeSpan.FromSeconds(1));
        Assert.False(hasAnswer);
        var error = Assert.Single(snapshot.Diagnostics);
        Assert.Equal(DiagnosticId.ClusterTimeout, error.Id);
        Assert.Contains("within 1 s, the time limit", error.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Cancelling_ends_kubectl_and_what_it_started()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        using var cancelling = new CancellationTokenSource();
        kubectl.Run("/api/v1/pods", """sleep 600 & echo $! > "$here/started"; wait""");
        var builder = new ClusterSnapshotBuilder();
        var started = Path.Combine(kubectl.Folder, "started");
        Assert.Throws<OperationCanceledException>(() => new ClusterReading(kubectl.Reader(program: kubectl.Process), ClusterKinds.Reachability).ReadInto(
            builder,
            _ =>
            {
                if (File.Exists(started) && File.ReadAllText(started).EndsWith('\n'))
                    cancelling.Cancel();
            },
            cancelling.Token));
        Assert.False(IsRunning(File.ReadAllText(started).Trim()));
        Assert.False(builder.Build().HoldsAnything);
    }

    private static string[] Lines(ClusterSnapshot snapshot) =>
        [.. new ConnectionLister(ReachabilityMap.Compile(snapshot, new ReachabilityOptions()), new ConnectionQuery()).List()
            .Select(static line => line.ToString()!)];

    private static JsonNode Pod(string name, string ns = "shop") =>
        JsonNode.Parse($$"""{"metadata":{"name":"{{name}}","namespace":"{{ns}}"},"spec":{} }""")!;

    private static string Policies(string namespaceSelector) => FakeKubectl.List(
        "NetworkPolicy",
        "networking.k8s.io/v1",
        [JsonNode.Parse($$"""{"metadata":{"name":"by-namespace","namespace":"shop"},"spec":{"podSelector":{},"ingress":[{"from":[{"namespaceSelector": {{namespaceSelector}} }]}]} }""")!]);

    /// <summary>A process that has ended and that nobody has asked for its exit code yet is a zombie, which runs nothing.</summary>
    private static void Drain(Stream stream) => stream.CopyTo(Stream.Null);

    private static bool IsRunning(string id)
    {
        var stat = $"/proc/{id}/stat";
        try
        {
            return File.ReadAllText(stat).Split(") ")[^1][0] is not ('Z' or 'X');
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return false;
        }
    }
}
