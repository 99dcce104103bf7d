using NetPolTools.Diagnostics;
using NetPolTools.Dialects.Cilium;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Dialects.Cilium;

/// <summary>Which settings of Cilium an answer goes by, and where each is from.</summary>
public sealed class CiliumSettingsTests
{
    private const string Node = "{apiVersion: v1, kind: Node, metadata: {name: n1, labels: {role: edge}}}";

    private const string HostPolicy =
        "{apiVersion: cilium.io/v2, kind: CiliumClusterwideNetworkPolicy, metadata: {name: p}, "
            + "spec: {nodeSelector: {matchLabels: {role: edge}}, ingress: [{fromEntities: [cluster]}]}}";

    private const string PolicyFromNodes =
        "{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: p}, "
            + "spec: {endpointSelector: {}, ingress: [{fromNodes: [{matchLabels: {role: edge}}]}]}}";

    [Fact]
    public void Without_a_ConfigMap_the_defaults_count() =>
        Assert.All(Of().All, static setting => Assert.Equal(CiliumSettingOrigin.Default, setting.Origin));

    [Fact]
    public void Each_setting_tells_where_it_is_from()
    {
        var settings = Of(GivenCiliumSettings.Parse(["allow-localhost=policy"]), ConfigMap("enable-policy: always"));
        Assert.Contains("enable-policy=always (ConfigMap cilium-config)", settings.All.Select(static setting => setting.ToString()));
        Assert.Contains("allow-localhost=policy (given)", settings.All.Select(static setting => setting.ToString()));
        Assert.Contains("enable-l7-proxy=true (default)", settings.All.Select(static setting => setting.ToString()));
        Assert.True(settings.AlwaysEnforces);
        Assert.False(settings.AllowsOwnNode);
    }

    [Fact]
    public void What_a_question_gives_counts_before_the_ConfigMap() =>
        Assert.False(Of(GivenCiliumSettings.Parse(["enable-policy=default"]), ConfigMap("enable-policy: always")).AlwaysEnforces);

    [Theory]
    [InlineData("nodes", true, false)]
    [InlineData("pods", false, true)]
    [InlineData("nodes,pods", true, true)]
    public void Blocks_mean_what_the_mode_says(string mode, bool nodes, bool pods)
    {
        var settings = Of(GivenCiliumSettings.Parse([$"policy-cidr-match-mode={mode}"]));
        Assert.Equal((nodes, pods), (settings.CidrsMatchNodes, settings.CidrsMatchPods));
    }

    [Theory]
    [InlineData("enable-policy", "'enable-policy' is no setting of Cilium; expected key=value, such as enable-policy=always.")]
    [InlineData("enable-polcy=always", "'enable-polcy' is no setting of Cilium that changes answers. Did you mean enable-policy?")]
    [InlineData("enable-policy=no", "'no' is no value of enable-policy; expected default or always or never.")]
    [InlineData("enable-host-firewall=yes", "'yes' is no value of enable-host-firewall; expected true or false.")]
    [InlineData("policy-cidr-match-mode=all", "'all' is no value of policy-cidr-match-mode; expected nodes and pods, with a comma between them, or nothing.")]
    public void A_setting_that_means_nothing_is_refused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => GivenCiliumSettings.Parse([text])).Message);

    [Fact]
    public void A_setting_that_is_given_twice_is_refused() => Assert.Equal(
        "enable-policy is given twice; expected one value.",
        Assert.Throws<FormatException>(static () => GivenCiliumSettings.Parse(["enable-policy=always", "enable-policy=never"])).Message);

    [Fact]
    public void A_value_that_Cilium_does_not_take_is_a_warning_and_the_default_counts()
    {
        var problems = new List<Diagnostic>();
        var settings = CiliumSettings.Of(Given.Cluster(ConfigMap("enable-policy: sometimes")).Snapshot, problems.Add);
        Assert.False(settings.AlwaysEnforces);
        var problem = Assert.Single(problems);
        Assert.Equal(
            "enable-policy of cilium-config is 'sometimes'; expected default or always or never. The answer goes by the default, 'default'.", problem.Message);
        Assert.Equal(DiagnosticSeverity.Warning, problem.Severity);
    }

    [Fact]
    public void Policies_of_nodes_in_the_input_are_taken_to_be_enforced_where_nothing_tells()
    {
        Assert.True(Of(GivenCiliumSettings.None, Node, HostPolicy).HostFirewall);
        Assert.True(Of(GivenCiliumSettings.None, Node, PolicyFromNodes).NodeSelectorLabels);
    }

    [Fact]
    public void That_is_a_warning_which_names_the_policy()
    {
        var problems = new List<Diagnostic>();
        CiliumSettings.Of(Given.Cluster(Node, HostPolicy).Snapshot, problems.Add);
        Assert.Equal(("CiliumClusterwideNetworkPolicy p", DiagnosticId.CniUnknown), (Assert.Single(problems).Object!.ToString(), problems[0].Id));
    }

    [Fact]
    public void A_ConfigMap_that_says_nothing_of_it_means_the_default() =>
        Assert.False(Of(GivenCiliumSettings.None, Node, HostPolicy, ConfigMap("enable-policy: default")).HostFirewall);

    [Fact]
    public void Without_a_node_that_is_selected_the_default_counts()
    {
        Assert.False(Of(GivenCiliumSettings.None, HostPolicy).HostFirewall);
        Assert.False(Of(GivenCiliumSettings.None, PolicyFromNodes).NodeSelectorLabels);
        Assert.False(Of(GivenCiliumSettings.Parse(["enable-host-firewall=false"]), Node, HostPolicy).HostFirewall);
    }

    private static string ConfigMap(string data) =>
        $"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: cilium-config, namespace: kube-system}}, data: {{{data}}}}}";

    private static CiliumSettings Of() => Of(GivenCiliumSettings.None);

    private static CiliumSettings Of(GivenCiliumSettings given, params string[] manifests) =>
        CiliumSettings.Of(given.ApplyTo(Given.Cluster([Given.Pod("web"), .. manifests]).Snapshot), static _ => { });
}
