using System.Collections.Immutable;

namespace NetPolTools.Dialects.Calico;

/// <summary>One of the kinds of Calico that are read.</summary>
public sealed record CalicoKind
{
    /// <summary>The group of the API that users write.</summary>
    public const string Group = "projectcalico.org";

    /// <summary>The group of the same objects as they are stored in Kubernetes.</summary>
    public const string StorageGroup = "crd.projectcalico.org";

    public const string Version = "v3";
    public const string StorageVersion = "v1";

    public static readonly CalicoKind NetworkPolicy = new("CalicoNetworkPolicy")
    {
        Name = "NetworkPolicy",
        Plural = "networkpolicies",
        IsNamespaced = true,
        IsPolicy = true,
    };

    public static readonly CalicoKind GlobalNetworkPolicy = new() { Name = "GlobalNetworkPolicy", Plural = "globalnetworkpolicies", IsPolicy = true };

    public static readonly CalicoKind StagedNetworkPolicy = new()
    {
        Name = "StagedNetworkPolicy",
        Plural = "stagednetworkpolicies",
        IsNamespaced = true,
        IsPolicy = true,
        IsStaged = true,
    };

    public static readonly CalicoKind StagedGlobalNetworkPolicy = new()
    {
        Name = "StagedGlobalNetworkPolicy",
        Plural = "stagedglobalnetworkpolicies",
        IsPolicy = true,
        IsStaged = true,
    };

    public static readonly CalicoKind StagedKubernetesNetworkPolicy = new()
    {
        Name = "StagedKubernetesNetworkPolicy",
        Plural = "stagedkubernetesnetworkpolicies",
        IsNamespaced = true,
        IsStaged = true,
    };

    public static readonly CalicoKind Tier = new() { Name = "Tier", Plural = "tiers" };

    public static readonly CalicoKind NetworkSet = new() { Name = "NetworkSet", Plural = "networksets", IsNamespaced = true };

    public static readonly CalicoKind GlobalNetworkSet = new() { Name = "GlobalNetworkSet", Plural = "globalnetworksets" };

    public static readonly CalicoKind HostEndpoint = new() { Name = "HostEndpoint", Plural = "hostendpoints" };

    public static readonly ImmutableArray<CalicoKind> All =
    [
        NetworkPolicy, GlobalNetworkPolicy, Tier, NetworkSet, GlobalNetworkSet, StagedNetworkPolicy, StagedGlobalNetworkPolicy, StagedKubernetesNetworkPolicy,
        HostEndpoint,
    ];

    private readonly string? _shownAs;

    /// <param name="shownAs">Null for its name.</param>
    private CalicoKind(string? shownAs = null)
    {
        _shownAs = shownAs;
    }

    /// <summary>As manifests say it.</summary>
    public required string Name { get; init; }

    /// <summary>As messages and answers say it: Calico's NetworkPolicy must not be taken for that of Kubernetes.</summary>
    public string ShownAs => _shownAs ?? Name;

    /// <summary>As in the paths of the API server.</summary>
    public required string Plural { get; init; }

    public bool IsNamespaced { get; init; }

    /// <summary>Whether it has rules of Calico, and a <see cref="CalicoPolicy"/> holds it.</summary>
    public bool IsPolicy { get; init; }

    /// <summary>Whether Calico only counts what its objects would do.</summary>
    public bool IsStaged { get; init; }

    public override string ToString() => Name;
}
