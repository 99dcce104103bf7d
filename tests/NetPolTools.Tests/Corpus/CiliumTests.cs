using System.Text.Json;
using NetPolTools.Cni;
using NetPolTools.Dialects.Cilium;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Corpus;

/// <summary>
/// CiliumNetworkPolicies, CiliumClusterwideNetworkPolicies, NetworkPolicies and ClusterNetworkPolicies under Cilium: its connectivity tests, the
/// examples of its
/// documentation, tables of its engine's tests and random clusters, answered by Cilium's own engine.
/// </summary>
public sealed class CiliumTests
{
    private const string Part = "cilium";

    private const string NeedsDns = "An address may be one that a name resolves to; without DNS the answer is undetermined, and we say so.";

    /// <summary>Where we answer otherwise, and why.</summary>
    private static readonly Dictionary<string, string> Differing = new()
    {
        ["trap-fqdn-pattern"] = NeedsDns,
    };

    public static TheoryData<string> Names => [.. CorpusFolder.Cases(Part).Where(static name => !Differing.ContainsKey(name))];

    public static TheoryData<string> NamesAnsweredOtherwise => [.. CorpusFolder.Cases(Part).Where(Differing.ContainsKey)];

    [CorpusTheory]
    [MemberData(nameof(Names))]
    public void Every_probe_is_answered_right(string name) => Assert.Empty(Differences(name));

    [CorpusTheory]
    [MemberData(nameof(NamesAnsweredOtherwise))]
    public void What_cannot_be_told_is_undetermined(string name)
    {
        var different = Differences(name);
        Assert.True(different.Count > 0, $"The answers agree now; there is no more need to say: {Differing[name]}");
        Assert.All(different, static line => Assert.Contains(": undetermined", line, StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> Differences(string name)
    {
        using var document = ProbedCases.Expected(Part, name);
        var snapshot = Cluster.OfPaths(CorpusFolder.PathOf(Part, name, "input")).Snapshot;
        var builder = new ClusterSnapshotBuilder();
        builder.AddAll(snapshot);
        builder.AddAll(Cluster.Of($$"""
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "cilium-config", "namespace": "kube-system"},
             "data": {{JsonSerializer.Serialize(Settings(document))}}}
            """).Snapshot);
        var configured = builder.Build();

        // What the input shows of Cilium counts where there are policies of its own to show it; the cases know nothing of versions.
        var hasOwn = configured.PolicyObjects.Any(static found => found is CiliumPolicy);
        var options = CniEvaluation.Of(configured, hasOwn ? CniChoice.Detected : CniChoice.Parse("Cilium@1.20"), ipBlockIgnoresPods: false).Options;
        return ProbedCases.Differences(document, configured, options with { NotEnforced = [] }, IsAsked);
    }

    private static bool IsAsked(string end) => !end.StartsWith("entity:", StringComparison.Ordinal) && !end.StartsWith("fqdn:", StringComparison.Ordinal);

    /// <summary>What a case says of the settings of Cilium, as the ConfigMap writes it.</summary>
    internal static Dictionary<string, string> Settings(JsonDocument document)
    {
        var values = new Dictionary<string, string> { ["enable-k8s-cluster-network-policy"] = "true" };
        if (document.RootElement.TryGetProperty("config", out var config))
        {
            foreach (var setting in config.EnumerateObject())
            {
                var (key, value) = setting.Name switch
                {
                    "policyEnforcementMode" => ("enable-policy", setting.Value.GetString()!),
                    "hostFirewall" => ("enable-host-firewall", setting.Value.GetRawText()),
                    "nodeSelectorLabels" => ("enable-node-selector-labels", setting.Value.GetRawText()),
                    "policyCIDRMatchMode" =>
                        ("policy-cidr-match-mode", string.Join(',', setting.Value.EnumerateArray().Select(static mode => mode.GetString()))),
                    "allowLocalhost" => ("allow-localhost", setting.Value.GetString()!),
                    _ => throw new InvalidOperationException($"{setting.Name} is no setting that is known."),
                };
                values[key] = value;
            }
        }

        return values;
    }
}
