using System.Collections.Immutable;
using NetPolTools.Policies;

namespace NetPolTools.Dialects.AdminTiers;

/// <summary>One of the three kinds: what its version of the API has and how much of it.</summary>
public sealed record AdminPolicyKind
{
    public const string Group = "policy.networking.k8s.io";
    public const string AdminTier = "Admin";
    public const string BaselineTier = "Baseline";

    /// <summary>The only name that a BaselineAdminNetworkPolicy may have.</summary>
    public const string BaselineName = "default";

    /// <summary>How many networks a peer may name.</summary>
    public const int MostNetworks = 25;

    private const int MostV1Alpha1 = 100;
    private const int MostV1Alpha2 = 25;

    public static readonly AdminPolicyKind AdminNetworkPolicy = new()
    {
        Name = "AdminNetworkPolicy",
        Plural = "adminnetworkpolicies",
        Versions = ["v1alpha1"],
        Tier = AdminTier,
        HasPriority = true,
        ActionWords = ["Allow", "Deny", "Pass"],
        HasDomainNames = true,
        MostItems = MostV1Alpha1,
    };

    public static readonly AdminPolicyKind BaselineAdminNetworkPolicy = new()
    {
        Name = "BaselineAdminNetworkPolicy",
        Plural = "baselineadminnetworkpolicies",
        Versions = ["v1alpha1"],
        Tier = BaselineTier,
        ActionWords = ["Allow", "Deny"],
        MostItems = MostV1Alpha1,
    };

    public static readonly AdminPolicyKind ClusterNetworkPolicy = new()
    {
        Name = "ClusterNetworkPolicy",
        Plural = "clusternetworkpolicies",
        Versions = ["v1alpha2", "v1beta1"],
        HasPriority = true,
        ActionWords = ["Accept", "Deny", "Pass"],
        HasDomainNames = true,
        HasProtocols = true,
        MostItems = MostV1Alpha2,
    };

    public static readonly ImmutableArray<AdminPolicyKind> All = [AdminNetworkPolicy, BaselineAdminNetworkPolicy, ClusterNetworkPolicy];

    private AdminPolicyKind()
    {
    }

    public required string Name { get; init; }

    /// <summary>As in the paths of the API server.</summary>
    public required string Plural { get; init; }

    /// <summary>Those that are read; the first is the one to write.</summary>
    public required ImmutableArray<string> Versions { get; init; }

    /// <summary>The tier of all policies of the kind; null where each says its own.</summary>
    public string? Tier { get; init; }

    public bool HasPriority { get; init; }

    /// <summary>What a rule may do, in the kind's own words.</summary>
    public required ImmutableArray<string> ActionWords { get; init; }

    /// <summary>Whether egress peers may be domain names.</summary>
    public bool HasDomainNames { get; init; }

    /// <summary>Whether rules have <c>protocols</c>, as v1alpha2 does, instead of <c>ports</c>.</summary>
    public bool HasProtocols { get; init; }

    /// <summary>The field of a rule's ports.</summary>
    public string PortsField => HasProtocols ? "protocols" : "ports";

    /// <summary>The field of a port's name.</summary>
    public string PortNameField => HasProtocols ? "destinationNamedPort" : "namedPort";

    /// <summary>How many rules of a direction, peers of a rule and ports of a rule there may be.</summary>
    public required int MostItems { get; init; }

    /// <summary>How the version to write is written.</summary>
    public string ApiVersion => $"{Group}/{Versions[0]}";

    /// <param name="word">One of <see cref="ActionWords"/>.</param>
    public static RuleAction ActionOf(string word) => word switch
    {
        "Allow" or "Accept" => RuleAction.Allow,
        "Deny" => RuleAction.Deny,
        "Pass" => RuleAction.Pass,
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, "No kind has such an action."),
    };

    public override string ToString() => Name;
}
