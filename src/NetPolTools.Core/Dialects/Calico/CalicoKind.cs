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

    public static readonly CalicoKind NetworkPolicy = new("NetworkPolicy", "networkpolicies", isNamespaced: true, isPolicy: true)
    {
        ShownAs = "CalicoNetworkPolicy",
    };

    public static readonly CalicoKind GlobalNetworkPolicy = new("GlobalNetworkPolicy", "globalnetworkpolicies", isPolicy: true);

    public static readonly CalicoKind StagedNetworkPolicy =
        new("StagedNetworkPolicy", "stagednetworkpolicies", isNamespaced: true, isPolicy: true, isStaged: true);

    public static readonly CalicoKind StagedGlobalNetworkPolicy =
        new("StagedGlobalNetworkPolicy", "stagedglobalnetworkpolicies", isPolicy: true, isStaged: true);

    public static readonly CalicoKind StagedKubernetesNetworkPolicy =
        new("StagedKubernetesNetworkPolicy", "stagedkubernetesnetworkpolicies", isNamespaced: true, isStaged: true);

    public static readonly CalicoKind Tier = new("Tier", "tiers");

    public static readonly CalicoKind NetworkSet = new("NetworkSet", "networksets", isNamespaced: true);

    public static readonly CalicoKind GlobalNetworkSet = new("GlobalNetworkSet", "globalnetworksets");

    public static readonly CalicoKind HostEndpoint = new("HostEndpoint", "hostendpoints");

    public static readonly ImmutableArray<CalicoKind> All =
    [
        NetworkPolicy, GlobalNetworkPolicy, Tier, NetworkSet, GlobalNetworkSet, StagedNetworkPolicy, StagedGlobalNetworkPolicy, StagedKubernetesNetworkPolicy,
        HostEndpoint,
    ];

    private CalicoKind(string name, string plural, bool isNamespaced = false, bool isPolicy = false, bool isStaged = false)
    {
        Name = name;
        Plural = plural;
        IsNamespaced = isNamespaced;
        IsPolicy = isPolicy;
        IsStaged = isStaged;
        ShownAs = name;
    }

    /// <summary>As manifests say it.</summary>
    public string Name { get; }

    /// <summary>As messages and answers say it: Calico's NetworkPolicy must not be taken for that of Kubernetes.</summary>
    public string ShownAs { get; private init; }

    /// <summary>As in the paths of the API server.</summary>
    public string Plural { get; }

    public bool IsNamespaced { get; }

    /// <summary>Whether it has rules of Calico, and a <see cref="CalicoPolicy"/> holds it.</summary>
    public bool IsPolicy { get; }

    /// <summary>Whether Calico only counts what its objects would do.</summary>
    public bool IsStaged { get; }

    public override string ToString() => Name;
}
