using NetPolTools.Cni;
using NetPolTools.Cni.Catalogue;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Cni;

/// <summary>Clusters as each plugin's own manifests make them: the right plugin is recognised, by the right object, and it is known whether it
/// enforces.</summary>
public sealed class RecognitionTests
{
    [Theory]
    [InlineData("aks-calico", Enforcement.Yes, "Azure CNI + Calico (AKS) 3.26.3", "DaemonSet calico-system/calico-node")]
    [InlineData("antrea", Enforcement.Yes, "Antrea 2.1.0", "DaemonSet kube-system/antrea-agent")]
    [InlineData("antrea-policy-only", Enforcement.Yes, "Antrea 2.1.0 + AWS VPC CNI 1.12.6", "DaemonSet kube-system/antrea-agent")]
    [InlineData("aws", Enforcement.No, "AWS VPC CNI 1.18.5-eksbuild.1", "DaemonSet kube-system/aws-node")]
    [InlineData("aws-switch-not-shown", Enforcement.Unknown, "AWS VPC CNI 1.18.5-eksbuild.1", "DaemonSet kube-system/aws-node")]
    [InlineData("aws-with-calico", Enforcement.Yes, "Calico (operator) 3.28.1 + AWS VPC CNI 1.18.5-eksbuild.1", "DaemonSet calico-system/calico-node")]
    [InlineData("aws-with-cilium", Enforcement.Yes, "Cilium 1.16.1 + AWS VPC CNI 1.18.5-eksbuild.1", "DaemonSet kube-system/cilium")]
    [InlineData("aws-with-one-switch", Enforcement.No, "AWS VPC CNI 1.18.5-eksbuild.1", "DaemonSet kube-system/aws-node")]
    [InlineData("aws-with-policies", Enforcement.Yes, "AWS VPC CNI 1.18.5-eksbuild.1", "DaemonSet kube-system/aws-node")]
    [InlineData("aws-with-two-engines", Enforcement.Yes, "Calico (operator) 3.28.1 + AWS VPC CNI 1.18.5-eksbuild.1", "DaemonSet calico-system/calico-node")]
    [InlineData("azure-cilium", Enforcement.Yes, "Azure CNI powered by Cilium 1.14.15", "DaemonSet kube-system/cilium")]
    [InlineData("azure-cni", Enforcement.No, "Azure CNI", "DaemonSet kube-system/azure-cns")]
    [InlineData("azure-npm", Enforcement.Yes, "Azure CNI + Azure NPM 1.5.5", "DaemonSet kube-system/azure-npm")]
    [InlineData("calico", Enforcement.Yes, "Calico 3.28.1", "DaemonSet kube-system/calico-node")]
    [InlineData("calico-not-ready", Enforcement.No, "Calico 3.28.1", "DaemonSet kube-system/calico-node")]
    [InlineData("calico-operator", Enforcement.Yes, "Calico (operator) 3.28.1", "DaemonSet calico-system/calico-node")]
    [InlineData("calico-partly-ready", Enforcement.Partly, "Calico 3.28.1", "DaemonSet kube-system/calico-node")]
    [InlineData("calico-pods-only", Enforcement.Yes, "Calico 3.28.1", "DaemonSet kube-system/calico-node")]
    [InlineData("calico-policy-only", Enforcement.Yes, "Calico (policy only) 3.28.1", "DaemonSet kube-system/calico-node")]
    [InlineData("canal", Enforcement.Yes, "Canal 3.28.1", "DaemonSet kube-system/canal")]
    [InlineData("cilium", Enforcement.Yes, "Cilium 1.16.1", "DaemonSet kube-system/cilium")]
    [InlineData("cilium-never", Enforcement.No, "Cilium 1.16.1", "DaemonSet kube-system/cilium")]
    [InlineData("cilium-no-kubernetes-policies", Enforcement.No, "Cilium 1.16.1", "DaemonSet kube-system/cilium")]
    [InlineData("cilium-old", Enforcement.Yes, "Cilium 1.15.6", "DaemonSet kube-system/cilium")]
    [InlineData("contiv", Enforcement.Yes, "Contiv 1.2.0", "DaemonSet kube-system/contiv-netplugin")]
    [InlineData("doks", Enforcement.Yes, "Cilium 1.14.13", "DaemonSet kube-system/cilium")]
    [InlineData("eks-auto-mode", Enforcement.Yes, "EKS Auto Mode", "Node i-0123")]
    [InlineData("eks-auto-mode-off", Enforcement.No, "EKS Auto Mode", "Node i-0123")]
    [InlineData("flannel", Enforcement.No, "Flannel 0.25.6", "DaemonSet kube-flannel/kube-flannel-ds")]
    [InlineData("flannel-with-kube-network-policies", Enforcement.Yes, "Flannel 0.25.6 + kube-network-policies 0.9.0",
        "DaemonSet kube-flannel/kube-flannel-ds")]
    [InlineData("flannel-with-leftover-calico", Enforcement.No, "Flannel 0.25.6", "DaemonSet kube-flannel/kube-flannel-ds")]
    [InlineData("gke", Enforcement.No, "GKE", "Node gke-pool-1")]
    [InlineData("gke-calico", Enforcement.Yes, "Calico (GKE) 3.26.3-gke.6 + GKE", "DaemonSet kube-system/calico-node")]
    [InlineData("gke-calico-without-ready-label", Enforcement.No, "Calico (GKE) 3.26.3-gke.6 + GKE", "DaemonSet kube-system/calico-node")]
    [InlineData("gke-dataplane-v2", Enforcement.Yes, "GKE Dataplane V2 1.14.11-gke.1", "DaemonSet kube-system/anetd")]
    [InlineData("k3s", Enforcement.Yes, "k3s 1.30.4+k3s1", "Node server-1")]
    [InlineData("k3s-agents-only", Enforcement.Unknown, "k3s 1.30.4+k3s1", "Node agent-1")]
    [InlineData("k3s-with-cilium", Enforcement.Yes, "Cilium 1.16.1 + k3s 1.30.4+k3s1", "DaemonSet kube-system/cilium")]
    [InlineData("k3s-without-policies", Enforcement.No, "k3s 1.30.4+k3s1", "Node server-1")]
    [InlineData("kind-0.23", Enforcement.No, "kindnet 20240513-cd2ac642", "DaemonSet kube-system/kindnet")]
    [InlineData("kind-0.24", Enforcement.Yes, "kindnet 20240813-c6f155d6", "DaemonSet kube-system/kindnet")]
    [InlineData("kind-with-canal", Enforcement.Yes, "Canal 3.17.1 + kindnet 20200725-4d6bea59", "DaemonSet kube-system/canal")]
    [InlineData("kindnet-built-locally", Enforcement.Yes, "kindnet", "DaemonSet kube-system/kindnet")]
    [InlineData("kindnet-standalone", Enforcement.Yes, "kindnet (standalone) 1.2.0", "DaemonSet kube-system/kindnet")]
    [InlineData("kube-network-policies", Enforcement.Yes, "kube-network-policies 0.9.0", "DaemonSet kube-system/kube-network-policies")]
    [InlineData("kube-ovn", Enforcement.Yes, "Kube-OVN 1.13.0", "DaemonSet kube-system/kube-ovn-cni")]
    [InlineData("kube-ovn-without-policies", Enforcement.No, "Kube-OVN 1.13.0", "DaemonSet kube-system/kube-ovn-cni")]
    [InlineData("kube-router", Enforcement.Yes, "kube-router 2.2.1", "DaemonSet kube-system/kube-router")]
    [InlineData("kube-router-firewall-on-flannel", Enforcement.Yes, "Flannel 0.25.6 + kube-router 2.2.1", "DaemonSet kube-system/kube-router")]
    [InlineData("kube-router-without-firewall", Enforcement.No, "kube-router 2.2.1", "DaemonSet kube-system/kube-router")]
    [InlineData("kubenet", Enforcement.No, "kubenet", "Node aks-1")]
    [InlineData("lke", Enforcement.Yes, "Calico 3.28.1", "DaemonSet kube-system/calico-node")]
    [InlineData("microk8s-ha", Enforcement.Yes, "Calico 3.23.5", "DaemonSet kube-system/calico-node")]
    [InlineData("microk8s-nodes-only", Enforcement.Unknown, "MicroK8s", "Node knode1")]
    [InlineData("microk8s-single", Enforcement.No, "MicroK8s", "Node knode1")]
    [InlineData("minikube", Enforcement.No, "minikube", "Node minikube")]
    [InlineData("minikube-calico", Enforcement.Yes, "Calico 3.28.1", "DaemonSet kube-system/calico-node")]
    [InlineData("minikube-multi-node", Enforcement.No, "kindnet 20230511-dc714da8", "DaemonSet kube-system/kindnet")]
    [InlineData("multus", Enforcement.Unknown, "Multus", "DaemonSet kube-system/kube-multus-ds")]
    [InlineData("nuage", Enforcement.Yes, "Nuage", "DaemonSet kube-system/nuage-vrs-ds")]
    [InlineData("oke", Enforcement.No, "OKE VCN-native", "DaemonSet kube-system/vcn-native-ip-cni")]
    [InlineData("oke-flannel", Enforcement.No, "Flannel 0.25.6", "DaemonSet kube-system/kube-flannel-ds")]
    [InlineData("openshift-ovn", Enforcement.Yes, "OVN-Kubernetes + Multus", "Network cluster")]
    [InlineData("openshift-sdn", Enforcement.Yes, "OpenShift SDN", "Network cluster")]
    [InlineData("openshift-sdn-multitenant", Enforcement.No, "OpenShift SDN", "DaemonSet openshift-sdn/sdn")]
    [InlineData("ovn-kubernetes", Enforcement.Yes, "OVN-Kubernetes", "DaemonSet ovn-kubernetes/ovnkube-node")]
    [InlineData("rke2-canal", Enforcement.Yes, "Canal (RKE2) 3.28.1-build20240806", "DaemonSet kube-system/rke2-canal")]
    [InlineData("rke2-flannel", Enforcement.No, "Flannel 0.25.6", "DaemonSet kube-system/rke2-flannel")]
    [InlineData("romana", Enforcement.Yes, "Romana 2.0.2", "DaemonSet kube-system/romana-agent")]
    [InlineData("spiderpool", Enforcement.No, "Spiderpool 0.9.4", "DaemonSet spiderpool/spiderpool-agent")]
    [InlineData("sriov", Enforcement.Unknown, "SR-IOV", "DaemonSet sriov-network-operator/sriov-network-config-daemon")]
    [InlineData("talos", Enforcement.No, "Flannel 0.25.3", "DaemonSet kube-system/kube-flannel")]
    [InlineData("talos-with-policies", Enforcement.Yes, "Flannel 0.27.4 + kube-network-policies 0.9.0", "DaemonSet kube-system/kube-flannel")]
    [InlineData("terway", Enforcement.Yes, "Terway 1.10.4", "DaemonSet kube-system/terway-eniip")]
    [InlineData("terway-off", Enforcement.No, "Terway 1.10.4", "DaemonSet kube-system/terway-eniip")]
    [InlineData("tungsten", Enforcement.Yes, "Tungsten Fabric", "DaemonSet tf/vrouter1-vrouter-daemonset")]
    [InlineData("weave", Enforcement.Yes, "Weave Net 2.8.1", "DaemonSet kube-system/weave-net")]
    [InlineData("weave-without-npc", Enforcement.No, "Weave Net 2.8.1", "DaemonSet kube-system/weave-net")]
    public void A_plugin_is_recognised_by_what_it_leaves_in_the_API(string file, Enforcement enforced, string plugins, string evidence)
    {
        var verdict = Judge(file);
        Assert.Equal((enforced, plugins), (verdict.Enforced, verdict.Names));
        Assert.Contains(verdict.Evidence, piece => !piece.IsHint && piece.Object.ToString() == evidence);
        Assert.All(verdict.Evidence, static piece => Assert.True(piece.Location.IsKnown));
    }

    [Fact]
    public void Every_cluster_of_the_samples_is_tested()
    {
        var tested = typeof(RecognitionTests).GetMethod(nameof(A_plugin_is_recognised_by_what_it_leaves_in_the_API))!
            .GetCustomAttributesData()
            .Where(static data => data.AttributeType == typeof(InlineDataAttribute))
            .Select(static data => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!)[0].Value!);
        var others = (string[])["calico-crds-only", "nothing-known"];
        Assert.Equal(
            Directory.GetFiles(Repository.Manifests("cni")).Select(static path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal),
            tested.Concat(others).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void CustomResourceDefinitions_alone_prove_nothing()
    {
        var verdict = Judge("calico-crds-only");
        Assert.Equal((Enforcement.Unknown, false), (verdict.Enforced, verdict.IsRecognised));
        Assert.Equal(["Calico", "Cilium"], verdict.OtherHints.Select(static hint => hint.Plugin));
    }

    [Fact]
    public void A_cluster_that_shows_nothing_of_its_network_is_unknown_and_never_a_no() => Assert.Equal(Enforcement.Unknown, Judge("nothing-known").Enforced);

    [Fact]
    public void CRDs_left_behind_by_Calico_are_told_beside_Flannel()
    {
        var verdict = Judge("flannel-with-leftover-calico");
        Assert.Contains("prove nothing", Assert.Single(verdict.Warnings), StringComparison.Ordinal);
        Assert.All(verdict.OtherHints, static hint => Assert.Equal("Calico", hint.Plugin));
    }

    [Theory]
    [InlineData("flannel-with-kube-network-policies", "Flannel", "kube-network-policies")]
    [InlineData("aws-with-cilium", "AWS VPC CNI", "Cilium")]
    [InlineData("aws-with-calico", "AWS VPC CNI", "Calico (operator)")]
    [InlineData("azure-npm", "Azure CNI", "Azure NPM")]
    [InlineData("aks-calico", "Azure CNI", "Calico (AKS)")]
    [InlineData("antrea-policy-only", "AWS VPC CNI", "Antrea")]
    [InlineData("kube-router-firewall-on-flannel", "Flannel", "kube-router")]
    [InlineData("gke-calico", "GKE", "Calico (GKE)")]
    [InlineData("cilium", "Cilium", "Cilium")]
    public void Who_connects_and_who_enforces_are_told_apart(string file, string connects, string enforces)
    {
        var verdict = Judge(file);
        Assert.Equal(connects, Assert.Single(verdict.Connecting).Name);
        Assert.Equal(enforces, Assert.Single(verdict.Engines).Name);
    }

    [Theory]
    [InlineData("aws-with-two-engines", "enforce policies at the same time")]
    [InlineData("kind-with-canal", "may be left over")]
    public void Two_of_a_kind_are_warned_of(string file, string warning) =>
        Assert.Contains(warning, Assert.Single(Judge(file).Warnings), StringComparison.Ordinal);

    [Theory]
    [InlineData("calico-not-ready", "none of the 3 pods of DaemonSet kube-system/calico-node is ready", 0, 3)]
    [InlineData("calico-partly-ready", "ready on 2 of 3 nodes", 2, 3)]
    [InlineData("gke-calico-without-ready-label", "is to run on no node", 0, 0)]
    public void An_engine_enforces_where_its_agents_are_ready(string file, string because, int ready, int desired)
    {
        var engine = Judge(file).Plugins[0];
        Assert.Contains(because, engine.Because, StringComparison.Ordinal);
        Assert.Equal((ready, desired), (engine.Ready, engine.Desired));
    }

    [Theory]
    [InlineData("cilium-never", "enable-policy is never")]
    [InlineData("weave-without-npc", "EXPECT_NPC is 0")]
    [InlineData("k3s-without-policies", "--disable-network-policy")]
    [InlineData("aws", "--enable-network-policy=true")]
    [InlineData("aws-with-one-switch", "enable-network-policy-controller")]
    [InlineData("terway-off", "disable_network_policy")]
    [InlineData("kube-router-without-firewall", "--run-firewall=false")]
    [InlineData("kube-ovn-without-policies", "--enable-np=false")]
    public void A_switch_that_is_off_is_named(string file, string switched) => Assert.Contains(switched, Judge(file).Reason, StringComparison.Ordinal);

    private static CniVerdict Judge(string file)
    {
        var cluster = Cluster.OfPaths(Repository.Manifests("cni", file + ".yaml"));
        Assert.Empty(cluster.Diagnostics);
        return CniJudge.Judge(cluster.Snapshot);
    }
}
