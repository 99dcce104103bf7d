using NetPolTools.Cni;
using NetPolTools.Cni.Catalogue;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Cni;

/// <summary>What is concluded where the input tells only a part, and what plugins do with single features.</summary>
public sealed class VerdictTests
{
    private const string Flannel = """
        apiVersion: v1
        kind: Node
        metadata: {name: node-1, annotations: {flannel.alpha.coreos.com/backend-type: vxlan} }
        """;

    [Fact]
    public void Flannel_seen_from_its_nodes_alone_is_unknown_since_an_engine_may_run_beside_it() =>
        Assert.Equal(Enforcement.Unknown, Judge(Flannel).Enforced);

    [Fact]
    public void Flannel_beside_pods_of_kube_system_none_of_which_is_an_engine_does_not_enforce() =>
        Assert.Equal(Enforcement.No, Judge(Flannel, Given.Pod("kube-system/coredns")).Enforced);

    [Fact]
    public void DaemonSets_of_users_do_not_show_those_of_the_system() =>
        Assert.Equal(Enforcement.Unknown, Judge(Flannel, Given.Workload("DaemonSet", "shop/logs")).Enforced);

    [Fact]
    public void A_reason_that_several_plugins_write_is_not_taken_for_kubenet_on_OpenShift()
    {
        const string Node = "{apiVersion: v1, kind: Node, metadata: {name: a, labels: { LABELS } }, spec: {podCIDR: 10.0.0.0/24}, status: {conditions: "
            + "[{type: NetworkUnavailable, status: 'False', reason: RouteCreated}] } }";
        Assert.Equal(Enforcement.No, Judge(Node.Replace("LABELS", "a: b", StringComparison.Ordinal), Given.Pod("kube-system/coredns")).Enforced);
        Assert.Equal(Enforcement.Unknown,
            Judge(Node.Replace("LABELS", "node.openshift.io/os_id: rhcos", StringComparison.Ordinal), Given.Pod("kube-system/coredns")).Enforced);
    }

    [Fact]
    public void An_engine_in_a_manifest_without_status_enforces()
    {
        var verdict = Judge("""
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: cilium, namespace: kube-system}
            spec: {template: {spec: {containers: [{name: cilium-agent, image: "quay.io/cilium/cilium:v1.16.1"}]}}}
            """);
        Assert.Equal((Enforcement.Yes, null), (verdict.Enforced, verdict.Plugins[0].Ready));
        Assert.Contains("does not show ConfigMap cilium-config", Assert.Single(verdict.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_status_without_a_count_of_ready_pods_means_that_none_is()
    {
        var verdict = Judge("""
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: cilium, namespace: kube-system}
            spec: {template: {spec: {containers: [{name: cilium-agent, image: "quay.io/cilium/cilium:v1.16.1"}]}}}
            status: {desiredNumberScheduled: 2}
            """);
        Assert.Equal(Enforcement.No, verdict.Enforced);
    }

    [Fact]
    public void An_engine_that_is_not_ready_decides_nothing_while_nobody_knows_who_connects_the_pods() => Assert.Equal(Enforcement.Unknown, Judge("""
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: kube-network-policies, namespace: kube-system}
        spec: {template: {spec: {containers: [{name: kube-network-policies, image: "registry.k8s.io/networking/kube-network-policies:v0.9.0"}]}}}
        status: {desiredNumberScheduled: 2, numberReady: 0}
        """).Enforced);

    [Fact]
    public void Pods_tell_the_readiness_that_a_DaemonSet_without_status_does_not()
    {
        const string Agent = "ownerReferences: [{kind: DaemonSet, name: calico-node, controller: true}]";
        var verdict = Judge(
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: calico-node, namespace: kube-system}
            spec: {template: {spec: {containers: [{name: calico-node, image: "calico/node:v3.28.1"}]}}}
            """,
            Pod("a", "True"),
            Pod("b", "False"));
        Assert.Equal((Enforcement.Partly, 1, 2), (verdict.Enforced, verdict.Plugins[0].Ready, verdict.Plugins[0].Desired));

        static string Pod(string name, string ready) => $$"""
            apiVersion: v1
            kind: Pod
            metadata: {name: {{name}}, namespace: kube-system, {{Agent}} }
            spec: {containers: [{name: calico-node, image: "calico/node:v3.28.1"}]}
            status: {phase: Running, conditions: [{type: Ready, status: "{{ready}}"}]}
            """;
    }

    [Fact]
    public void Nodes_without_an_agent_enforce_nothing()
    {
        var verdict = Judge(
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: calico-node, namespace: kube-system}
            spec: {template: {spec: {containers: [{name: calico-node, image: "calico/node:v3.28.1"}]}}}
            status: {desiredNumberScheduled: 1, numberReady: 1}
            """,
            "{apiVersion: v1, kind: Node, metadata: {name: a}}",
            "{apiVersion: v1, kind: Node, metadata: {name: b}}");
        Assert.Equal(Enforcement.Partly, verdict.Enforced);
        Assert.Contains("1 of 2 nodes", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docker.io/calico/node:v3.28.1")]
    [InlineData("registry.example.com:5000/mirror/calico/node:v3.28.1")]
    [InlineData("calico/node:v3.28.1@sha256:0123")]
    public void An_image_is_the_same_from_every_registry(string image)
    {
        var verdict = Judge($$"""
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: calico-node, namespace: kube-system}
            spec: {template: {spec: {containers: [{name: calico-node, image: "{{image}}"}] } } }
            """);
        Assert.Equal("Calico 3.28.1", verdict.Names);
    }

    [Theory]
    [InlineData("cilium-old", PolicyFeature.EndPort, FeatureSupport.No)]
    [InlineData("cilium", PolicyFeature.EndPort, FeatureSupport.Yes)]
    [InlineData("cilium", PolicyFeature.Sctp, FeatureSupport.No)]
    [InlineData("cilium", PolicyFeature.Egress, FeatureSupport.Yes)]
    [InlineData("calico", PolicyFeature.IPv6, FeatureSupport.No)]
    [InlineData("calico-operator", PolicyFeature.IPv6, FeatureSupport.Yes)]
    [InlineData("weave", PolicyFeature.NamedPort, FeatureSupport.No)]
    [InlineData("romana", PolicyFeature.Egress, FeatureSupport.No)]
    [InlineData("romana", PolicyFeature.Ingress, FeatureSupport.Yes)]
    [InlineData("kube-router", PolicyFeature.Sctp, FeatureSupport.No)]
    [InlineData("kube-router", PolicyFeature.EndPort, FeatureSupport.Yes)]
    [InlineData("azure-npm", PolicyFeature.NamedPort, FeatureSupport.Partial)]
    [InlineData("nuage", PolicyFeature.EndPort, FeatureSupport.Unknown)]
    [InlineData("flannel", PolicyFeature.Ingress, FeatureSupport.No)]
    [InlineData("nothing-known", PolicyFeature.Ingress, FeatureSupport.Unknown)]
    public void A_feature_works_or_not_by_plugin_and_version(string file, PolicyFeature feature, FeatureSupport support) =>
        Assert.Equal(support, CniJudge.Judge(Cluster.OfPaths(Repository.Manifests("cni", file + ".yaml")).Snapshot).Supports(feature));

    [Theory]
    [InlineData("Flannel", Enforcement.No)]
    [InlineData("Calico", Enforcement.Yes)]
    [InlineData("kindnet", Enforcement.Unknown)]
    [InlineData("kind@0.23", Enforcement.No)]
    [InlineData("kind@0.24", Enforcement.Yes)]
    [InlineData("kindnet@v20240813-c6f155d6", Enforcement.Yes)]
    [InlineData("AWS VPC CNI", Enforcement.Unknown)]
    [InlineData("DOKS", Enforcement.Yes)]
    [InlineData("macvlan", Enforcement.No)]
    public void A_plugin_can_be_asked_about_without_a_cluster(string name, Enforcement enforced)
    {
        var (entry, version) = PluginCatalogue.Default.Parse(name);
        Assert.Equal(enforced, CniJudge.LookUp(entry, version).Enforced);
    }

    [Theory]
    [InlineData("Cilium", FeatureSupport.Unknown)]
    [InlineData("Cilium@1.15", FeatureSupport.No)]
    [InlineData("Cilium@1.17", FeatureSupport.Yes)]
    public void Whether_a_limit_holds_hangs_on_the_version(string name, FeatureSupport support)
    {
        var (entry, version) = PluginCatalogue.Default.Parse(name);
        Assert.Equal(support, CniJudge.LookUp(entry, version).Supports(PolicyFeature.EndPort));
    }

    [Fact]
    public void A_snapshot_keeps_nothing_of_ConfigMaps_variables_and_annotations_that_no_plugin_is_known_by()
    {
        var snapshot = Given.Cluster(
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: cilium-config, namespace: kube-system}, data: {enable-policy: default, password: hidden} }",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: mine, namespace: shop}, data: {enable-policy: default} }",
            "{apiVersion: v1, kind: Node, metadata: {name: a, annotations: {owner: hidden, k3s.io/node-args: '[\"server\"]'} } }",
            """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: weave-net, namespace: kube-system}
            spec:
              template:
                spec:
                  containers:
                  - name: weave
                    image: weaveworks/weave-kube:2.8.1
                    args: [--secret=hidden]
                    env: [{name: WEAVE_PASSWORD, value: hidden}, {value: "0", name: EXPECT_NPC}]
            """,
            "{apiVersion: v1, kind: Secret, metadata: {name: calico-config, namespace: kube-system}, data: {calico_backend: hidden} }").Snapshot;
        Assert.Equal(["cilium-config", "a", "weave-net"], snapshot.PluginTraces.Select(static trace => trace.Name));
        Assert.Equal(
            ["enable-policy", "k3s.io/node-args", "EXPECT_NPC"],
            snapshot.PluginTraces.SelectMany(
                static trace => trace.Values.Keys.Concat(trace.Containers.SelectMany(static c => c.Env.Keys.Concat(c.Arguments)))));
    }

    [Fact]
    public void Mistakes_in_what_says_nothing_about_traffic_are_none_of_ours()
    {
        var cluster = Given.Cluster(
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: cilium-config, namespace: kube-system}, data: [a] }",
            "{apiVersion: operator.tigera.io/v1, kind: Installation, metadata: {name: default}, spec: {cni: Calico} }",
            "{apiVersion: v1, kind: Node, metadata: {name: a, annotations: [b]}, spec: [c], status: {conditions: {d: e}, nodeInfo: f} }",
            "{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: cilium}, spec: {template: {spec: {containers: [{name: 1, image: [], env: {a: b}, "
                + "args: c}]}}}, status: [] }",
            "{apiVersion: config.openshift.io/v1, kind: Ingress, metadata: {name: cluster} }",
            "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: flannel}, rules: {a: b} }");
        Assert.Empty(cluster.Diagnostics);
    }

    [Fact]
    public void Snapshots_put_together_tell_what_each_told()
    {
        var builder = new ClusterSnapshotBuilder();
        builder.AddAll(Given.Cluster(Flannel).Snapshot);
        builder.AddAll(Given.Cluster(Given.Pod("kube-system/coredns")).Snapshot);
        Assert.Equal(Enforcement.No, CniJudge.Judge(builder.Build()).Enforced);
    }

    private static CniVerdict Judge(params string[] manifests) => CniJudge.Judge(Given.Cluster(manifests).Snapshot);
}
