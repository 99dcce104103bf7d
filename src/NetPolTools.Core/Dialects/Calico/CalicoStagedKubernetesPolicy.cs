using NetPolTools.Objects;

namespace NetPolTools.Dialects.Calico;

/// <summary>A StagedKubernetesNetworkPolicy: a NetworkPolicy of Kubernetes that Calico only counts.</summary>
/// <param name="Metadata">Of the staged policy.</param>
/// <param name="Policy">The NetworkPolicy that it would be.</param>
public sealed record CalicoStagedKubernetesPolicy(ObjectMetadata Metadata, NetworkPolicy Policy)
    : CalicoObject(CalicoKind.StagedKubernetesNetworkPolicy, Metadata)
{
    /// <inheritdoc cref="CalicoPolicy.StagedAction"/>
    public string? StagedAction { get; internal init; }
}
