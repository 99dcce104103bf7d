using NetPolTools.Kubectl;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary>What the plugin says of Calico's policies where the input shows Calico, shows no plugin, and shows another one.</summary>
public sealed class CalicoTests
{
    private const string Assumed = "The input shows no network plugin, and has policies of Calico: the answer is that of a cluster with Calico.";

    private const string Flannel = "{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: kube-flannel-ds, namespace: kube-flannel}, spec: {template: "
        + "{metadata: {labels: {app: flannel}}, spec: {containers: [{name: kube-flannel, image: 'docker.io/flannel/flannel:v0.25.6'}]}}}}";

    private const string Cilium = "{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: cilium, namespace: kube-system, labels: {k8s-app: cilium}}, "
        + "spec: {template: {metadata: {labels: {k8s-app: cilium}}, spec: {containers: [{name: cilium-agent, image: 'quay.io/cilium/cilium:v1.16.5'}]}}}}";

    private const string Node = "{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: calico-node, namespace: kube-system, labels: {k8s-app: calico-node}}, "
        + "spec: {template: {metadata: {labels: {k8s-app: calico-node}}, spec: {containers: [{name: calico-node, image: 'docker.io/calico/node:v3.32.1'}]}}}}";

    private const string DenyDb = "{apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: {name: db}, "
        + "spec: {selector: app == 'db', types: [Ingress]}}";

    private static readonly string[] Pods = [Given.Pod("shop/web", "app: web"), Given.Pod("shop/db", "app: db")];

    [Theory]
    [InlineData("test", "--from", "shop/web", "--to", "shop/db")]
    [InlineData("reach", "--from", "shop/web", "--to", "shop/db")]
    public void Without_a_sign_of_a_plugin_they_are_evaluated_with_a_word(params string[] question)
    {
        var run = Netpol.Run(Given.Documents([.. Pods, DenyDb]), [question[0], "-", .. question[1..]]);
        Assert.Contains(Assumed, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("All", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_Calico_shows_they_are_evaluated_without_a_word()
    {
        var run = Test(Node, DenyDb);
        Assert.Equal(ExitCode.NotReachable, run.ExitCode);
        Assert.DoesNotContain("shows no network plugin", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_another_plugin_shows_they_are_left_out_and_that_is_said()
    {
        var run = Test(Cilium, DenyDb);
        Assert.Equal(ExitCode.Answered, run.ExitCode);
        Assert.Contains("1 object of Calico is left out of the answer: Cilium", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_that_enforces_nothing_enforces_them_neither() => Assert.Equal(ExitCode.Answered, Test(Flannel, DenyDb).ExitCode);

    [Fact]
    public void A_plugin_that_is_named_counts_more_than_what_the_input_shows()
    {
        var run = Netpol.Run(Given.Documents([.. Pods, Cilium, DenyDb]), "test", "-", "--from", "shop/web", "--to", "shop/db", "--cni", "calico");
        Assert.Equal(ExitCode.NotReachable, run.ExitCode);
    }

    [Fact]
    public void A_simulated_default_deny_may_count_staged_policies()
    {
        var staged = DenyDb.Replace("kind: Global", "kind: StagedGlobal", StringComparison.Ordinal);
        var input = Given.Documents([.. Pods, staged]);
        var without = Netpol.Run(input, "deny", "shop", "-f", "-", "--simulate", "--direction", "ingress");
        var with = Netpol.Run(input, "deny", "shop", "-f", "-", "--simulate", "--direction", "ingress", "--staged");
        const string Closed = @"Closed +shop/web\[Pod\] +shop/db\[Pod\]";
        Assert.Matches(Closed, without.Output);
        Assert.DoesNotMatch(Closed, with.Output);
    }

    private static Netpol Test(params string[] more) =>
        Netpol.Run(Given.Documents([.. Pods, .. more]), "test", "-", "--from", "shop/web", "--to", "shop/db");
}
