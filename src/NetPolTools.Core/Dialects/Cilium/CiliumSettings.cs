using System.Collections.Immutable;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Snapshot;

namespace NetPolTools.Dialects.Cilium;

/// <summary>
/// The settings of Cilium that change answers: those of the ConfigMap cilium-config, and where it says nothing the defaults of Cilium.
/// </summary>
public sealed record CiliumSettings
{
    public const string ConfigMap = "cilium-config";

    private const string SystemNamespace = "kube-system";

    /// <summary>The keys that are looked at, with their defaults.</summary>
    public static ImmutableArray<(string Key, string Default)> Keys { get; } =
    [
        ("enable-policy", "default"),
        ("policy-cidr-match-mode", ""),
        ("enable-host-firewall", "false"),
        ("allow-localhost", "auto"),
        ("labels", ""),
        ("cluster-name", "default"),
        ("policy-default-local-cluster", "true"),
        ("enable-node-selector-labels", "false"),
        ("enable-extended-ip-protocols", "false"),
        ("enable-l7-proxy", "true"),
        ("enable-icmp-rules", "true"),
    ];

    private CiliumLabelFilter _filter = CiliumLabelFilter.Default;

    /// <summary><c>always</c>: pods are denied what no rule allows, be there any rule or not.</summary>
    public bool AlwaysEnforces { get; init; }

    /// <summary>Whether blocks of addresses mean nodes too, but for 0.0.0.0/0 and ::/0 (cilium/cilium issue 47827).</summary>
    public bool CidrsMatchNodes { get; init; }

    /// <summary>Whether blocks of addresses mean pods too.</summary>
    public bool CidrsMatchPods { get; init; }

    /// <summary>Whether policies with a nodeSelector are enforced.</summary>
    public bool HostFirewall { get; init; }

    /// <summary>Whether a pod's own node reaches it unless something denies it.</summary>
    public bool AllowsOwnNode { get; init; } = true;

    public string ClusterName { get; init; } = "default";

    /// <summary>Whether selectors of peers mean pods of this cluster alone.</summary>
    public bool MeansOwnCluster { get; init; } = true;

    /// <summary>Whether peers may be nodes by their labels.</summary>
    public bool NodeSelectorLabels { get; init; }

    /// <summary>Whether rules may name protocols beside TCP, UDP and SCTP.</summary>
    public bool ExtendedProtocols { get; init; }

    public bool L7Proxy { get; init; } = true;

    public bool IcmpRules { get; init; } = true;

    /// <summary>The ConfigMap they are from; null where the input has none.</summary>
    public PluginTrace? Origin { get; init; }

    /// <summary>Every setting with its value, in words.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>Whether identities have a label of a pod with this key.</summary>
    public bool Keeps(string key) => !key.StartsWith(CiliumKey.Own, StringComparison.Ordinal) && _filter.Keeps(key);

    /// <summary>Whether identities have a label of their pod's namespace with this key.</summary>
    public bool KeepsOfNamespace(string key) => _filter.Keeps(CiliumKey.NamespaceLabels + key);

    /// <param name="snapshot">The input.</param>
    /// <param name="report">Told of settings that cannot be understood.</param>
    public static CiliumSettings Of(ClusterSnapshot snapshot, Action<Diagnostic> report)
    {
        var found = snapshot.PluginTraces.LastOrDefault(static trace => trace is { Kind: "ConfigMap", Name: ConfigMap, Metadata.Namespace: SystemNamespace })
            ?? snapshot.PluginTraces.LastOrDefault(static trace => trace is { Kind: "ConfigMap", Name: ConfigMap });
        var values = Keys.ToDictionary(static key => key.Key, key => found?.Values.GetValueOrDefault(key.Key) ?? key.Default);
        var modes = values["policy-cidr-match-mode"].Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        var filter = CiliumLabelFilter.Of(values["labels"], out var wrong);
        foreach (var pattern in wrong)
        {
            report(new Diagnostic(
                DiagnosticId.InvalidValue, DiagnosticSeverity.Warning, $"labels of {ConfigMap} has '{pattern}', which is no pattern; it is left out.")
            {
                Location = found?.Location ?? default,
                Object = found?.Reference,
            });
        }

        return new CiliumSettings
        {
            AlwaysEnforces = values["enable-policy"] == "always",
            CidrsMatchNodes = modes.Contains("nodes"),
            CidrsMatchPods = modes.Contains("pods"),
            HostFirewall = IsOn("enable-host-firewall"),
            AllowsOwnNode = values["allow-localhost"] != "policy",
            ClusterName = values["cluster-name"],
            MeansOwnCluster = IsOn("policy-default-local-cluster"),
            NodeSelectorLabels = IsOn("enable-node-selector-labels"),
            ExtendedProtocols = IsOn("enable-extended-ip-protocols"),
            L7Proxy = IsOn("enable-l7-proxy"),
            IcmpRules = IsOn("enable-icmp-rules"),
            Origin = found,
            Texts = [.. Keys.Select(key => $"{key.Key}={values[key.Key]}{(found?.Values.ContainsKey(key.Key) == true ? "" : " (default)")}")],
            _filter = filter,
        };

        bool IsOn(string key) => values[key] == "true";
    }
}
