using FsCheck.Fluent;
using NetPolTools.Authoring.Inference;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Authoring;

/// <summary>Which selectors are chosen to mean just some pods of a namespace.</summary>
public sealed class SelectorTests
{
    [Fact]
    public void One_usual_label_that_no_other_pod_has_is_enough() =>
        Assert.Equal("app=web", Peer("web", Pod("web", "app: web, tier: front, team: red"), Pod("api", "app: api, tier: back, team: blue")));

    [Fact]
    public void The_recommended_name_goes_before_other_labels() =>
        Assert.Equal("app.kubernetes.io/name=web", Peer("web", Pod("web", "app: web, app.kubernetes.io/name: web"), Pod("api", "app: api")));

    [Fact]
    public void More_labels_are_named_where_one_does_not_do() => Assert.Equal(
        "app=web,tier=front",
        Peer("web", Pod("web", "app: web, tier: front"), Pod("canary", "app: web, tier: test"), Pod("other", "app: other, tier: front")));

    [Fact]
    public void Who_has_all_the_same_labels_and_one_more_is_left_out_by_it() =>
        Assert.Equal("app=web,!canary", Peer("web", Pod("web", "app: web"), Pod("canary", "app: web, canary: yes-it-is"), Pod("other", "")));

    [Fact]
    public void Several_workloads_are_named_at_once() =>
        Assert.Equal("app in (api,web)", Peer("web api", Pod("web", "app: web"), Pod("api", "app: api"), Pod("db", "app: db")));

    [Fact]
    public void A_label_that_several_workloads_share_and_no_other_has_names_them_all() =>
        Assert.Equal("tier=back",
            Peer("api worker", Pod("api", "app: api, tier: back"), Pod("worker", "app: worker, tier: back"), Pod("web", "app: web, tier: front")));

    [Fact]
    public void Labels_that_controllers_make_per_pod_are_never_named()
    {
        const string Made = "pod-template-hash: a1, controller-revision-hash: b2, statefulset.kubernetes.io/pod-name: web-0, apps.kubernetes.io/pod-index: "
            + "\"0\", "
            + "job-name: j, controller-uid: u, batch.kubernetes.io/job-name: j";
        Assert.Equal("team=red", Peer("web", Pod("web", $"team: red, {Made}"), Pod("api", "team: blue")));
    }

    [Fact]
    public void Pods_without_labels_are_told_from_others_by_what_these_have() =>
        Assert.Equal("!app", Peer("bare", Pod("bare", ""), Pod("web", "app: web"), Pod("api", "app: api")));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Chosen_selectors_select_just_the_pods_meant(int wanted) =>
        Always.Holds(Gen.Choose(2, 9)
            .SelectMany(count => Gen.ArrayOf(RandomClusterGenerator.Labels(["app", "tier", "odd"], ["a", "b", ""]), count)), 500, labels =>
        {
            var distinct = labels.Distinct().ToArray();
            var pods = distinct.Select((set, i) => (KubernetesObject)new Pod(new ObjectMetadata { Name = $"pod-{i}", Namespace = "default", Labels = set }));
            var cluster = new RandomCluster([.. pods, new Pod(new ObjectMetadata { Name = "to", Namespace = "other" })]);
            var meant = Enumerable.Range(0, distinct.Length).Where(i => (i * 7) % 3 < wanted).ToArray();
            var made = Infer(cluster.Snapshot, [.. meant.Select(static i => ($"default/pod-{i}", "other/to"))], ["other"]);
            var selectors = made.SelectMany(static policy => policy.Ingress ?? []).SelectMany(static rule => rule.Peers!)
                .Select(static peer => peer.PodSelector!);
            for (var i = 0; i < distinct.Length; i++)
                Assert.Equal(meant.Contains(i) ? 1 : 0, selectors.Count(selector => selector.Matches(distinct[i])));
        });

    private static string Pod(string name, string labels) => Given.Pod(name, labels);

    /// <summary>The one selector that means these pods to a pod of another namespace.</summary>
    private static string Peer(string names, params string[] pods)
    {
        var cluster = Given.Cluster([.. pods, Given.Pod("other/to", "app: to")]);
        var made = Infer(cluster.Snapshot, [.. names.Split(' ').Select(static name => ($"default/{name}", "other/to"))], ["other"]);
        var rule = Assert.Single(made.SelectMany(static policy => policy.Ingress ?? []));
        var peer = Assert.Single(rule.Peers!);
        Assert.Equal("kubernetes.io/metadata.name=default", peer.NamespaceSelector!.ToString());
        return peer.PodSelector!.ToString();
    }

    private static IReadOnlyList<NetworkPolicy> Infer(Snapshot.ClusterSnapshot snapshot, (string From, string To)[] pairs, string[] namespaces)
    {
        var directory = new EndDirectory(snapshot);
        var traffic = pairs.Select(pair => new Traffic(Find(pair.From), Find(pair.To), PortSet.Of(Protocol.TCP, 80)));
        return PolicyInference.Infer(directory, traffic, new InferenceOptions { Namespaces = namespaces }).Policies;

        TrafficEnd Find(string name) => directory.Find(ConnectionEnd.InCluster(name.Split('/')[0], name.Split('/')[1], "Pod"))!;
    }
}
