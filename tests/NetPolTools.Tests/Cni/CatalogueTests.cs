using NetPolTools.Cni.Catalogue;

namespace NetPolTools.Tests.Cni;

/// <summary>The catalogue of network plugins holds to its schema. That it loads at all means that no field is misspelt and no fact without a source.</summary>
public sealed class CatalogueTests
{
    private static readonly string[] KnownKinds =
    [
        "Node", "DaemonSet", "Deployment", "ConfigMap", "ClusterRole", "CustomResourceDefinition", "Installation", "Network", "ClusterNetwork", "NodeClass",
    ];

    private static PluginCatalogue Catalogue => PluginCatalogue.Default;

    [Theory]
    [InlineData("Calico")]
    [InlineData("Calico (operator)")]
    [InlineData("Calico (policy only)")]
    [InlineData("Canal")]
    [InlineData("Cilium")]
    [InlineData("Flannel")]
    [InlineData("kube-network-policies")]
    [InlineData("kindnet")]
    [InlineData("kubenet")]
    [InlineData("Weave Net")]
    [InlineData("kube-router")]
    [InlineData("k3s")]
    [InlineData("RKE2")]
    [InlineData("Antrea")]
    [InlineData("OVN-Kubernetes")]
    [InlineData("OpenShift SDN")]
    [InlineData("Kube-OVN")]
    [InlineData("AWS VPC CNI")]
    [InlineData("EKS Auto Mode")]
    [InlineData("Azure CNI")]
    [InlineData("Azure NPM")]
    [InlineData("AKS Calico")]
    [InlineData("AKS Cilium")]
    [InlineData("GKE Dataplane V2")]
    [InlineData("GKE Calico")]
    [InlineData("Multus")]
    [InlineData("Terway")]
    [InlineData("Romana")]
    [InlineData("Contiv")]
    [InlineData("Nuage")]
    [InlineData("Tungsten")]
    [InlineData("Spiderpool")]
    [InlineData("SR-IOV")]
    [InlineData("macvlan")]
    [InlineData("OKE")]
    [InlineData("DOKS")]
    [InlineData("LKE")]
    [InlineData("Talos")]
    [InlineData("MicroK8s")]
    [InlineData("minikube")]
    public void A_plugin_that_people_look_for_is_in_it(string name) => Assert.NotNull(Catalogue.Find(name));

    [Theory]
    [InlineData("Calico", Enforcement.Yes, true)]
    [InlineData("Cilium", Enforcement.Yes, true)]
    [InlineData("Flannel", Enforcement.No, false)]
    [InlineData("Kubenet", Enforcement.No, false)]
    public void The_table_of_the_documentation_comes_out(string name, Enforcement enforces, bool hasOwnPolicies)
    {
        var entry = Catalogue.Find(name)!;
        Assert.Equal((enforces, hasOwnPolicies), (entry.Enforces, entry.PolicyKinds.Count > 0));
    }

    [Fact]
    public void Every_fact_names_its_source() => Assert.All(Catalogue.Entries, static entry =>
        Assert.All(FactsOf(entry), fact => Assert.False(string.IsNullOrWhiteSpace(fact.Source), entry.Id)));

    [Fact]
    public void What_was_only_inferred_or_passed_on_is_marked() =>
        Assert.Contains(Catalogue.Entries.SelectMany(FactsOf), static fact => !fact.IsVerified);

    [Fact]
    public void Every_plugin_but_those_that_leave_nothing_behind_can_be_recognised() => Assert.All(
        Catalogue.Entries.Where(static entry => entry.Id != "plain"),
        static entry => Assert.True(entry.Signs.Any(static sign => !sign.Sign.IsHint), entry.Id));

    [Fact]
    public void Every_sign_is_about_a_kind_that_is_read() => Assert.All(Catalogue.Entries, static entry =>
        Assert.All(SignsOf(entry), sign => Assert.Contains(sign.Kind, KnownKinds)));

    [Fact]
    public void A_CustomResourceDefinition_is_never_more_than_a_hint() => Assert.All(Catalogue.Entries, static entry =>
        Assert.All(entry.Signs.Where(static sign => sign.Sign.Kind == "CustomResourceDefinition"), sign => Assert.True(sign.Sign.IsHint, entry.Id)));

    [Fact]
    public void Only_workloads_are_asked_for_their_containers() => Assert.All(Catalogue.Entries, static entry =>
        Assert.All(SignsOf(entry).Where(static sign => sign.AsksForContainer), sign => Assert.Contains(sign.Kind, (string[])["DaemonSet", "Deployment"])));

    [Fact]
    public void Limits_end_after_they_begin_and_say_less_than_yes() => Assert.All(Catalogue.Entries.SelectMany(static entry => entry.Limits), static limit =>
    {
        Assert.NotEqual(FeatureSupport.Yes, limit.Support);
        if (limit is { From: not null, Until: not null })
            Assert.True(limit.From.CompareTo(limit.Until) < 0, limit.Text);
    });

    [Fact]
    public void A_plugin_that_does_not_enforce_says_what_to_do() => Assert.All(
        Catalogue.Entries.Where(static entry => entry.Enforces == Enforcement.No),
        static entry => Assert.False(string.IsNullOrEmpty(entry.Advice), entry.Id));

    [Theory]
    [InlineData("cilium", "Cilium", null)]
    [InlineData("Cilium@1.15", "Cilium", "1.15")]
    [InlineData("weave net 2.8.1", "Weave Net", "2.8.1")]
    [InlineData("k3d", "k3s", null)]
    public void A_plugin_is_named_in_any_case_and_with_a_version(string text, string name, string? version)
    {
        var (entry, found) = Catalogue.Parse(text);
        Assert.Equal((name, version), (entry.Name, found?.Text));
    }

    [Theory]
    [InlineData("Flanel", "Flannel")]
    [InlineData("Cilium@latest", "no version")]
    public void An_unknown_plugin_or_version_is_refused_with_what_there_is(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Catalogue.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("v1.15.6", "1.16", -1)]
    [InlineData("1.16", "1.16.0", 0)]
    [InlineData("v20240813-c6f155d6", "20240513", 1)]
    [InlineData("v1.30.4+k3s1", "1.30.10", -1)]
    public void Versions_compare_by_their_numbers(string a, string b, int order) =>
        Assert.Equal(order, Math.Sign(PluginVersion.Parse(a)!.CompareTo(PluginVersion.Parse(b))));

    [Theory]
    [InlineData("quay.io/cilium/cilium:v1.16.1@sha256:abc", "1.16.1")]
    [InlineData("localhost:5000/calico/node", null)]
    [InlineData("calico/node:latest", null)]
    public void The_version_of_an_image_is_its_tag(string image, string? version) => Assert.Equal(version, PluginVersion.OfImage(image)?.Text);

    private static IEnumerable<PluginFact> FactsOf(CatalogueEntry entry) =>
    [
        entry.Fact, .. entry.Signs.Select(static sign => sign.Fact), .. entry.Rules.Select(static rule => rule.Fact),
            .. entry.Limits.Select(static limit => limit.Fact),
    ];

    private static IEnumerable<PluginSign> SignsOf(CatalogueEntry entry) => entry.Signs.Select(static sign => sign.Sign)
        .Concat(entry.EnforcesOnlyWhen
            .Concat(entry.Rules.SelectMany(static rule => rule.When))
            .Concat(entry.Limits.SelectMany(static limit => limit.When.Concat(limit.Unless)))
            .Select(static clause => clause.Sign)
            .OfType<PluginSign>());
}
