using NetPolTools.Diagnostics;
using NetPolTools.Dialects.Calico;
using NetPolTools.Tests.Corpus;

namespace NetPolTools.Tests.Dialects.Calico;

/// <summary>What is written of Calico's objects reads back as the same.</summary>
public sealed class CalicoManifestTests
{
    public static TheoryData<string> Cases => [.. CorpusFolder.Cases("calico").Concat(CorpusFolder.Cases("calico-kernel"))];

    [Theory]
    [InlineData("Tier", "order: 0.5, defaultAction: Pass")]
    [InlineData("Tier", "")]
    [InlineData("NetworkSet", "nets: [10.0.0.1, 10.0.0.1/8]")]
    [InlineData("GlobalNetworkSet", "")]
    [InlineData("HostEndpoint", "node: a, interfaceName: '*', expectedIPs: [10.0.0.1], profiles: [x], ports: [{name: ssh, protocol: 6, port: 22}]")]
    [InlineData("StagedNetworkPolicy", "stagedAction: Delete")]
    [InlineData("StagedNetworkPolicy", "stagedAction: Set, order: 1e3, ingress: [{action: Pass}]")]
    [InlineData("StagedGlobalNetworkPolicy", "applyOnForward: true, preDNAT: true, ingress: [{action: Deny, protocol: 4}], types: [Ingress]")]
    [InlineData("StagedKubernetesNetworkPolicy", "stagedAction: Delete")]
    [InlineData("StagedKubernetesNetworkPolicy", "podSelector: {matchLabels: {a: b}}, egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}], policyTypes: [Egress]")]
    [InlineData("NetworkPolicy", "")]
    [InlineData("NetworkPolicy", "ingress: [{action: Log, source: {services: {name: a}}, metadata: {annotations: {a: b}}}]")]
    [InlineData("NetworkPolicy", "egress: [{action: Allow, protocol: SCTP, notProtocol: 7, destination: {ports: ['1:2', 3, x-y], notPorts: ['4']}}]")]
    [InlineData("NetworkPolicy", "ingress: [{action: Allow, ipVersion: 6, source: {serviceAccounts: {}, notNets: ['fd00::/8']}, http: {methods: [GET]}}]")]
    [InlineData("GlobalNetworkPolicy", "namespaceSelector: has(x), ingress: [{action: Allow, protocol: ICMP, icmp: {type: 0}, notICMP: {type: 1, code: 2}}]")]
    public void Every_field_survives(string kind, string spec)
    {
        var read = CalicoInput.Of($"{{apiVersion: projectcalico.org/v3, kind: {kind}, metadata: {{name: n1}}, spec: {{{spec}}}}}");
        Assert.Empty(read.Errors);
        AssertSurvives(Assert.Single(read.Objects));
    }

    [Fact]
    public void The_storage_form_is_written_as_the_API_has_it_with_what_it_leaves_open()
    {
        var read = CalicoInput.Of("{apiVersion: crd.projectcalico.org/v1, kind: GlobalNetworkPolicy, metadata: {name: sec.a}, spec: {selector: all()}}");
        var stored = (CalicoPolicy)Assert.Single(read.Objects);
        var written = (CalicoPolicy)CalicoInput.WrittenAndRead(stored);
        Assert.Equal((false, "sec", "sec.a"), (written.IsStorageForm, written.TierName, written.Name));
        Assert.Equal(["Ingress", "Egress"], written.Types);
    }

    [CorpusTheory]
    [MemberData(nameof(Cases))]
    public void Every_object_of_the_corpus_is_read_and_written(string name)
    {
        var folder = Directory.Exists(CorpusFolder.PathOf("calico", name)) ? "calico" : "calico-kernel";
        foreach (var file in Directory.EnumerateFiles(CorpusFolder.PathOf(folder, name, "input"), "*.yaml"))
        {
            var read = CalicoInput.Of(File.ReadAllText(file));

            // Only Calico's kinds are registered here.
            Assert.DoesNotContain(read.Errors, static error => error.Id != DiagnosticId.UnknownApiVersion);
            Assert.All(read.Objects, AssertSurvives);
        }
    }

    private static void AssertSurvives(CalicoObject given)
    {
        var again = CalicoInput.WrittenAndRead(given);
        Assert.Equal(CalicoManifest.Of(given), CalicoManifest.Of(again));
        Assert.Equal(given.Reference, again.Reference);
        Assert.Equal(given.Metadata.Labels, again.Metadata.Labels);
        Assert.Empty(CalicoRules.CheckForAll(again));
    }
}
