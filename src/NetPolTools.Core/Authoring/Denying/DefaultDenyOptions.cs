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

    /// <summary>What was asked for that changes nothing beside the rest, a sentence each: whoever asked for it expects something else to happen.</summary>
    public IEnumerable<string> WithoutEffect()
    {
        if (As != DenyPolicyKind.NetworkPolicy && SinglePolicy)
            yield return $"A {As} is a single policy anyway; several or one are a choice for {DenyPolicyKind.NetworkPolicy} alone.";
        (string What, bool IsAsked)[] egress = [("DNS", AllowDns), ("the API server", AllowApiServer)];
        (string What, bool IsAsked)[] ingress = [("the ingress controller", IngressController is not null), ("monitoring", Monitoring is not null)];
        foreach (var (what, isAsked) in Direction.ClosesEgress() ? [] : egress)
        {
            if (isAsked)
                yield return $"Egress stays open, so there is nothing to allow for {what}.";
        }

        foreach (var (what, isAsked) in Direction.ClosesIngress() ? [] : ingress)
        {
            if (isAsked)
                yield return $"Ingress stays open, so there is nothing to allow for {what}.";
        }
    }
}
