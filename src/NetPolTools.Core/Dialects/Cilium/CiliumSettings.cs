using System.Collections.Immutable;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Dialects.Cilium;

/// <summary>
/// The settings of Cilium that change answers: those of the ConfigMap cilium-config, and where it says nothing the defaults of Cilium. Where there is no
/// ConfigMap, policies that select nodes of the input are taken to be enforced: who writes them means them.
/// </summary>
public sealed record CiliumSettings
{
    public const string ConfigMap = "cilium-config";

    internal const string SystemNamespace = "kube-system";

    private const string HostFirewallKey = "enable-host-firewall";
    private const string NodeSelectorLabelsKey = "enable-node-selector-labels";

    private CiliumLabelFilter _filter = CiliumLabelFilter.Default;

    /// <summary>The keys that are looked at.</summary>
    public static ImmutableArray<CiliumSettingKey> Keys { get; } =
    [
        new("enable-policy", "default", ["default", "always", "never"]),
        new("policy-cidr-match-mode", "", ["nodes", "pods"]) { IsList = true },
        OnOrOff(HostFirewallKey, "false"),
        new("allow-localhost", "auto", ["auto", "always", "policy"]),
        new("labels", "", []),
        new("cluster-name", "default", []),
        OnOrOff("policy-default-local-cluster", "true"),
        OnOrOff(NodeSelectorLabelsKey, "false"),
        OnOrOff("enable-extended-ip-protocols", "false"),
        OnOrOff("enable-l7-proxy", "true"),
        OnOrOff("enable-icmp-rules", "true"),
        OnOrOff("enable-k8s-networkpolicy", "true"),
        OnOrOff("enable-k8s-cluster-network-policy", "false"),
    ];

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

    /// <summary>The addresses of the API server; empty where the input does not tell them.</summary>
    public ImmutableArray<AddressRange> ApiServers { get; init; } = [];

    /// <summary>The ConfigMap they are from; null where the input has none.</summary>
    public PluginTrace? Origin { get; init; }

    /// <summary>Every setting with its value, in the order of <see cref="Keys"/>.</summary>
    public ImmutableArray<CiliumSetting> All { get; init; } = [];

    /// <summary>Whether identities have a label of a pod with this key.</summary>
    public bool Keeps(string key) => !key.StartsWith(CiliumKey.Own, StringComparison.Ordinal) && _filter.Keeps(key);

    /// <summary>Whether identities have a label of their pod's namespace with this key.</summary>
    public bool KeepsOfNamespace(string key) => _filter.Keeps(CiliumKey.NamespaceLabels + key);

    /// <summary>The ConfigMap of the input; null where it has none.</summary>
    public static PluginTrace? In(ClusterSnapshot snapshot) =>
        snapshot.PluginTraces.LastOrDefault(static trace => trace is { Kind: "ConfigMap", Name: ConfigMap, Metadata.Namespace: SystemNamespace })
            ?? snapshot.PluginTraces.LastOrDefault(static trace => trace is { Kind: "ConfigMap", Name: ConfigMap });

    /// <param name="snapshot">The input.</param>
    /// <param name="report">Told of settings that cannot be understood.</param>
    public static CiliumSettings Of(ClusterSnapshot snapshot, Action<Diagnostic> report)
    {
        var found = In(snapshot);
        ImmutableArray<CiliumSetting> all = [.. Keys.Select(key => SettingOf(key, found, snapshot, report))];
        var values = all.ToDictionary(static setting => setting.Key, static setting => setting.Value);
        var modes = CiliumSettingKey.Words(values["policy-cidr-match-mode"]);
        var filter = CiliumLabelFilter.Of(values["labels"], out var wrong);
        foreach (var pattern in wrong)
            Report($"labels of {ConfigMap} has '{pattern}', which is no pattern; it is left out.");
        return new CiliumSettings
        {
            AlwaysEnforces = values["enable-policy"] == "always",
            CidrsMatchNodes = modes.Contains("nodes"),
            CidrsMatchPods = modes.Contains("pods"),
            HostFirewall = IsOn(HostFirewallKey),
            AllowsOwnNode = values["allow-localhost"] != "policy",
            ClusterName = values["cluster-name"],
            MeansOwnCluster = IsOn("policy-default-local-cluster"),
            NodeSelectorLabels = IsOn(NodeSelectorLabelsKey),
            ExtendedProtocols = IsOn("enable-extended-ip-protocols"),
            L7Proxy = IsOn("enable-l7-proxy"),
            IcmpRules = IsOn("enable-icmp-rules"),
            ApiServers =
            [
                .. ApiServerEndpoints.In(snapshot).SelectMany(static subset => subset.Addresses).Select(static address => address.Address)
                    .OfType<NetAddress>().Distinct().Order().Select(AddressRange.Of),
            ],
            Origin = found,
            All = all,
            _filter = filter,
        };

        bool IsOn(string key) => Switch(values[key]) == true;

        void Report(string message) => report(new Diagnostic(DiagnosticId.InvalidValue, DiagnosticSeverity.Warning, message)
        {
            Location = found?.Location ?? default,
            Object = found?.Reference,
        });
    }

    /// <summary>A switch as Go reads it (strconv.ParseBool); null for what is none.</summary>
    internal static bool? Switch(string value) => value switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => null,
    };

    private static CiliumSettingKey OnOrOff(string key, string byDefault) => new(key, byDefault, ["true", "false"]);

    private static CiliumSetting SettingOf(CiliumSettingKey key, PluginTrace? found, ClusterSnapshot snapshot, Action<Diagnostic> report)
    {
        if (found?.Values.GetValueOrDefault(key.Key) is { } value)
        {
            if (key.Takes(value))
                return new CiliumSetting(key.Key, value, found.Given.Contains(key.Key) ? CiliumSettingOrigin.Given : CiliumSettingOrigin.ConfigMap);
            report(new Diagnostic(
                DiagnosticId.InvalidValue,
                DiagnosticSeverity.Warning,
                $"{key.Key} of {ConfigMap} is '{value}'; expected {key.Expected}. The answer goes by the default, '{key.Default}'.")
            {
                Location = found.Location,
                Object = found.Reference,
            });
        }

        return found is { IsOnlyGiven: false } || UserOf(key.Key, snapshot) is not { } user
            ? new CiliumSetting(key.Key, key.Default, CiliumSettingOrigin.Default)
            : Assumed(key.Key, user, report);
    }

    private static CiliumSetting Assumed(string key, CiliumPolicy user, Action<Diagnostic> report)
    {
        report(new Diagnostic(
            DiagnosticId.CniUnknown,
            DiagnosticSeverity.Warning,
            $"The policy selects nodes, which takes {key}; no ConfigMap {ConfigMap} in the input tells whether it is on. The answer takes it to be on; add the "
                + $"ConfigMap or give {key}=false for the other answer.")
        {
            Location = user.Location,
            Object = user.Reference,
        });
        return new CiliumSetting(key, "true", CiliumSettingOrigin.Assumed);
    }

    /// <summary>A policy that selects a node of the input and that needs the setting; null where there is none.</summary>
    private static CiliumPolicy? UserOf(string key, ClusterSnapshot snapshot)
    {
        if (snapshot.Nodes.Count == 0 || key is not (HostFirewallKey or NodeSelectorLabelsKey))
            return null;
        return snapshot.PolicyObjects.OfType<CiliumPolicy>()
            .FirstOrDefault(policy => policy.Rules().SelectMany(rule => SelectorsOf(rule.Rule)).Any(SelectsANode));

        IEnumerable<LabelSelector> SelectorsOf(CiliumRule rule) =>
            key == NodeSelectorLabelsKey ? NodesIn(rule) : rule.NodeSelector is { } nodes ? [nodes] : [];

        bool SelectsANode(LabelSelector selector) => snapshot.Nodes.Any(node => CiliumKey.WithoutSources(selector).Matches(node.Metadata.Labels));
    }

    private static IEnumerable<LabelSelector> NodesIn(CiliumRule rule) =>
        CiliumRule.Sections.SelectMany(section => rule.Entries(section.Direction, section.Denies)).SelectMany(static entry => entry.Nodes ?? []);
}
