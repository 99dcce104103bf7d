using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Dialects.Cilium;

/// <summary>
/// A CiliumNetworkPolicy, or with <paramref name="IsClusterwide"/> a CiliumClusterwideNetworkPolicy (cilium.io/v2), as written. Absent and null are one thing
/// to these APIs; absent and empty are not.
/// </summary>
public sealed record CiliumPolicy(ObjectMetadata Metadata, bool IsClusterwide) : PolicyObject(Metadata), IDialectObject
{
    public const string Namespaced = "CiliumNetworkPolicy";
    public const string Clusterwide = "CiliumClusterwideNetworkPolicy";

    /// <summary>How the one version of both kinds is written.</summary>
    public const string ApiVersion = "cilium.io/v2";

    public bool IsClusterwide { get; internal init; } = IsClusterwide;

    /// <summary>One rule; null where absent.</summary>
    public CiliumRule? Spec { get; internal init; }

    /// <summary>More rules; null where absent. Each counts by itself, beside <see cref="Spec"/>.</summary>
    public IReadOnlyList<CiliumRule>? Specs { get; internal init => field = Indexable.Of(value); }

    public override string Kind => IsClusterwide ? Clusterwide : Namespaced;

    PolicyDialect IDialectObject.Dialect => CiliumDialect.Instance;

    /// <summary>Every rule with its path: <c>spec</c>, <c>specs[0]</c>.</summary>
    public CiliumPolicyParts Rules() => new(this);
}
