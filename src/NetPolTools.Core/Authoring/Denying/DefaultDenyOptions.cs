using NetPolTools.Objects;

namespace NetPolTools.Authoring.Denying;

/// <summary>What a default deny closes, for which pods, and what it leaves open.</summary>
public sealed record DefaultDenyOptions
{
    /// <summary>The last place of the Baseline tier: what another policy of the tier accepts stays open.</summary>
    public const int LastPriority = 1000;

    /// <summary>Which policies to write.</summary>
    public DenyPolicyKind As { get; init; }

    /// <summary>Of a ClusterNetworkPolicy, 0-1000.</summary>
    public int Priority { get; init; } = LastPriority;

    public DenyDirection Direction { get; init; }

    /// <summary>The pods that are closed.</summary>
    public LabelSelector PodSelector { get; init; } = LabelSelector.Everything;

    /// <summary>Of the policy that closes; those that leave something open have it in front of theirs. Null for default-deny and what it closes.</summary>
    public string? Name { get; init; }

    /// <summary>Everything in one policy, instead of a policy for each thing left open.</summary>
    public bool SinglePolicy { get; init; }

    public bool AllowDns { get; init; }

    /// <summary>Empty for what the input shows, and kube-dns where it shows nothing.</summary>
    public IReadOnlyList<DnsProvider> DnsProviders { get; init; } = [];

    /// <summary>Further resolvers: addresses or CIDR blocks.</summary>
    public IReadOnlyList<string> DnsAddresses { get; init; } = [];

    public bool AllowSameNamespace { get; init; }

    /// <summary>Null for none.</summary>
    public AllowedClient? IngressController { get; init; }

    /// <summary>Null for none.</summary>
    public AllowedClient? Monitoring { get; init; }

    public bool AllowApiServer { get; init; }

    /// <summary>Addresses or CIDR blocks; empty for those that the input names.</summary>
    public IReadOnlyList<string> ApiServerAddresses { get; init; } = [];

    /// <summary>1-65535; empty for 443 and 6443. They belong to <see cref="ApiServerAddresses"/>.</summary>
    public IReadOnlyList<int> ApiServerPorts { get; init; } = [];
}
