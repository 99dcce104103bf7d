using NetPolTools.Diagnostics;
using NetPolTools.Live;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Live;

public sealed class ClusterWatchTests
{
    private const string Pods = "/api/v1/pods";
    private const string Policies = "/apis/networking.k8s.io/v1/networkpolicies";

    [UnixFact]
    public void The_first_state_is_the_cluster_as_it_is_read()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        using var watched = new Watched(kubectl);
        var (_, read) = kubectl.Read();
        Assert.Equal(read.Objects().Select(static found => found.Reference), watched.Next().Objects().Select(static found => found.Reference));
        Assert.Empty(watched.Told);
    }

    [UnixFact]
    public void What_comes_changes_and_goes_is_in_the_next_state()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        using var watched = new Watched(kubectl);
        var policy = watched.Next().NetworkPolicies[0];

        kubectl.Happen(FakeKubectl.Changes(Pods), "ADDED", Pod("new", "one", 8));
        Assert.Contains(watched.Next().Pods, static pod => pod.Name == "new");

        kubectl.Happen(FakeKubectl.Changes(Pods), "MODIFIED", Pod("new", "other", 9));
        Assert.Equal("other", Assert.Single(watched.Next().Pods, static pod => pod.Name == "new").Metadata.Labels.TryGet("app", out var app) ? app : null);

        kubectl.Happen(FakeKubectl.Changes(Policies), "DELETED", Policy(policy.Namespace, policy.Name, 10));
        var last = watched.Next();
        Assert.DoesNotContain(last.NetworkPolicies, found => found.Reference == policy.Reference);
        Assert.Contains(last.Pods, static pod => pod.Name == "new");
    }

    [UnixFact]
    public void Changes_in_a_row_make_one_state()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        using var watched = new Watched(kubectl);
        var before = watched.Next().Pods.Count;
        for (var i = 0; i < 50; i++)
            kubectl.Happen(FakeKubectl.Changes(Pods), "ADDED", Pod($"new-{i}", "x", 8 + i));
        Assert.Equal(before + 50, watched.Next().Pods.Count);
    }

    [UnixFact]
    public void A_broken_policy_takes_no_part_and_is_told_of()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        using var watched = new Watched(kubectl);
        var policy = watched.Next().NetworkPolicies[0];
        kubectl.Happen(FakeKubectl.Changes(Policies), "MODIFIED", Policy(policy.Namespace, policy.Name, 8, """{"podSelector":{},"ingress":[{"ports":[{"port":70000}]}]}"""));
        Assert.DoesNotContain(watched.Next().NetworkPolicies, found => found.Reference == policy.Reference);
        Assert.Equal((policy.Reference, DiagnosticSeverity.Error), (watched.Told.Single().Object, watched.Told.Single().Severity));
    }

    [UnixFact]
    public void Where_the_server_ends_the_connection_it_goes_on_from_there()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Answer(FakeKubectl.Changes(Pods), Event("ADDED", Pod("first", "x", 8)) + Event("BOOKMARK", """{"kind":"Pod","apiVersion":"v1","metadata":{"resourceVersion":"12"}}"""));
        using var watched = new Watched(kubectl);
        watched.Next();
        Assert.Contains(watched.Next().Pods, static pod => pod.Name == "first");
        kubectl.Happen(FakeKubectl.Changes(Pods, since: 12), "ADDED", Pod("second", "x", 13));
        Assert.Contains(watched.Next().Pods, static pod => pod.Name == "second");
        Assert.Empty(watched.Told);
        Assert.Single(kubectl.Calls, static call => call.Contains($"get --raw {Pods}?limit", StringComparison.Ordinal));
    }

    [UnixFact]
    public void A_connection_that_is_lost_is_told_of_and_made_again()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Run(FakeKubectl.Changes(Pods), $$"""echo '{{Event("ADDED", Pod("first", "x", 8)).TrimEnd()}}'; echo 'error: unexpected EOF' >&2; exit 1""");
        using var watched = new Watched(kubectl);
        watched.Next();
        Assert.Contains(watched.Next().Pods, static pod => pod.Name == "first");
        kubectl.Happen(FakeKubectl.Changes(Pods, since: 8), "ADDED", Pod("second", "x", 9));
        Assert.Contains(watched.Next().Pods, static pod => pod.Name == "second");
        Assert.Equal(
            [
                "context prod: warning: The connection is lost and will be tried again. kubectl says: error: unexpected EOF",
                "context prod: warning: The connection is back.",
            ],
            watched.Told.Select(static told => told.ToString()));
        Assert.All(watched.Told, static told => Assert.Equal(DiagnosticId.ConnectionLost, told.Id));
    }

    [UnixFact]
    public void Where_the_server_no_longer_keeps_the_changes_it_lists_again()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        File.WriteAllText(Path.Combine(kubectl.Folder, "later"), Listed("later", 20));
        kubectl.Run(Pods, """if [ -f "$here/again" ]; then cp "$here/later" "$here/$name.json"; fi; touch "$here/again" """);
        kubectl.Answer(
            FakeKubectl.Changes(Pods),
            Event("ERROR", """{"kind":"Status","status":"Failure","message":"too old resource version","reason":"Expired","code":410}"""));
        using var watched = new Watched(kubectl);
        var before = watched.Next();
        var state = watched.Next();
        Assert.Equal("later", Assert.Single(state.Pods).Name);
        Assert.Equal(before.NetworkPolicies.Count, state.NetworkPolicies.Count);
        kubectl.Happen(FakeKubectl.Changes(Pods, since: 20), "ADDED", Pod("last", "x", 21));
        Assert.Equal(["later", "last"], watched.Next().Pods.Select(static pod => pod.Name));
        Assert.Empty(watched.Told);
    }

    [UnixFact]
    public void A_kind_that_may_be_listed_and_not_watched_stays_as_it_was_with_a_warning()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Forbid(FakeKubectl.Changes("/api/v1/nodes"), "nodes");
        using var watched = new Watched(kubectl);
        watched.Next();
        kubectl.Happen(FakeKubectl.Changes(Pods), "ADDED", Pod("new", "x", 8));
        watched.Next();
        var warning = Assert.Single(watched.Told);
        Assert.Equal((DiagnosticId.ForbiddenKind, DiagnosticSeverity.Warning), (warning.Id, warning.Severity));
        Assert.Contains("You may not watch nodes", warning.Message, StringComparison.Ordinal);
    }

    [UnixFact]
    public void Without_the_right_to_watch_policies_it_ends_with_an_error()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Forbid(FakeKubectl.Changes(Policies), "networkpolicies.networking.k8s.io");
        using var watched = new Watched(kubectl);
        watched.Next();
        Assert.False(watched.MoveNext());
        Assert.Equal((DiagnosticId.ForbiddenKind, DiagnosticSeverity.Error), (watched.Told.Single().Id, watched.Told.Single().Severity));
    }

    [UnixFact]
    public void A_cluster_that_cannot_be_read_gives_no_state()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Fail("/apis", "error: context \"prod\" does not exist\n");
        using var watched = new Watched(kubectl);
        Assert.False(watched.MoveNext());
        Assert.Equal(DiagnosticId.ClusterNotRead, watched.Told.Single().Id);
    }

    [UnixFact]
    public void The_path_of_the_servers_URL_stands_before_what_is_watched()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.ServeAt("https://rancher.example.org/k8s/clusters/c-1");
        using var watched = new Watched(kubectl);
        watched.Next();
        kubectl.Happen(FakeKubectl.Changes(Pods), "ADDED", Pod("new", "x", 8));
        Assert.Contains(watched.Next().Pods, static pod => pod.Name == "new");
    }

    [UnixTheory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"kind":"Status","apiVersion":"v1","status":"Failure"}""")]
    [InlineData("""{"kind":"PodList","apiVersion":"v1","items":[]}""")]
    [InlineData("""{"type":"ADDED","object":{"kind":"Node","apiVersion":"v1","metadata":{"name":"n"}}}""")]
    [InlineData("""{"type":"ADDED"}""")]
    public void Changes_that_are_something_else_are_a_lost_connection(string nonsense)
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Run(FakeKubectl.Changes(Pods), $$"""if [ ! -f "$here/told" ]; then touch "$here/told"; echo '{{nonsense}}'; exec sleep 600; fi""");
        using var watched = new Watched(kubectl);
        watched.Next();
        kubectl.Happen(FakeKubectl.Changes(Pods), "ADDED", Pod("new", "x", 8));
        Assert.Contains(watched.Next().Pods, static pod => pod.Name == "new");
        Assert.Equal(
            "context prod: warning: The connection is lost and will be tried again. What came as changes of pods is something else.",
                watched.Told[0].ToString());
    }

    [UnixFact]
    public void Where_changes_do_not_come_through_it_lists_again()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        File.WriteAllText(Path.Combine(kubectl.Folder, "later"), Listed("later", 20));
        kubectl.Run(Pods, """if [ -f "$here/again" ]; then cp "$here/later" "$here/$name.json"; fi; touch "$here/again" """);
        kubectl.Answer(FakeKubectl.Changes(Pods), "");
        using var watched = new Watched(kubectl);
        watched.Next();
        Assert.Equal("later", Assert.Single(watched.Next().Pods).Name);
    }

    [UnixFact]
    public void When_it_ends_no_kubectl_is_left_running()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        using (var watched = new Watched(kubectl, kubectl.Process))
        {
            watched.Next();
            kubectl.Happen(FakeKubectl.Changes(Pods), "ADDED", Pod("new", "x", 8));
            watched.Next();
            Assert.NotEmpty(kubectl.Running());
        }

        Assert.Empty(kubectl.Running());
    }

    private static string Pod(string name, string app, int version) =>
        $$"""{"kind":"Pod","apiVersion":"v1","metadata":{"name":"{{name}}","namespace":"shop","resourceVersion":"{{version}}","labels":{"app":"{{app}}"} },"spec":{"containers":[]} }""";

    private static string Policy(string ns, string name, int version, string spec = """{"podSelector":{} }""") =>
        $$"""{"kind":"NetworkPolicy","apiVersion":"networking.k8s.io/v1","metadata":{"name":"{{name}}","namespace":"{{ns}}","resourceVersion":"{{version}}"},"spec":{{spec}}}""";

    private static string Event(string type, string json) => $$"""{"type":"{{type}}","object":{{json}}}""" + "\n";

    private static string Listed(string pod, int version) =>
        $$"""{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"{{version}}"},"items":[{{Pod(pod, "x", version)}}]}""";

    /// <summary>A cluster that is watched, without waiting long.</summary>
    private sealed class Watched : IDisposable
    {
        private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(1));
        private readonly IEnumerator<ClusterSnapshot> _states;

        public Watched(FakeKubectl kubectl, KubectlProgram? program = null)
        {
            var watch = new ClusterWatch(new ClusterReading(kubectl.Reader(program: program), ClusterKinds.Reachability))
            {
                Quiet = TimeSpan.FromMilliseconds(300),
                FirstPause = TimeSpan.FromMilliseconds(100),
            };
            _states = watch.States(Told.Add, static _ => { }, _patience.Token).GetEnumerator();
        }

        public List<Diagnostic> Told { get; } = [];

        public bool MoveNext() => _states.MoveNext();

        public ClusterSnapshot Next()
        {
            Assert.True(_states.MoveNext(), string.Join('\n', Told));
            return _states.Current;
        }

        public void Dispose()
        {
            _states.Dispose();
            _patience.Dispose();
        }
    }
}
