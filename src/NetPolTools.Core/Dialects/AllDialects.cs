using System.Collections.Immutable;
using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Dialects.Calico;
using NetPolTools.Dialects.Cilium;
using NetPolTools.Policies;
using NetPolTools.Reading;
using NetPolTools.Reading.Kinds;
using NetPolTools.Snapshot;

namespace NetPolTools.Dialects;

/// <summary>Every policy API that is read, and with them every kind. The only place that knows all dialects: a new one is added here.</summary>
public static class AllDialects
{
    /// <summary>Beside NetworkPolicy.</summary>
    public static ImmutableArray<PolicyDialect> Dialects { get; } = [AdminTierDialect.Instance, CalicoDialect.Instance, CiliumDialect.Instance];

    /// <summary>The kinds of all dialects.</summary>
    public static ImmutableArray<PolicyResource> Resources { get; } = [.. Dialects.SelectMany(static dialect => dialect.Resources)];

    /// <summary>A cluster with its staged policies in effect; the same snapshot where there are none.</summary>
    public static ClusterSnapshot WithStaged(ClusterSnapshot snapshot) =>
        Dialects.Aggregate(snapshot, static (found, dialect) => dialect.WithStaged(found));

    /// <summary>Every kind that is read: those of Kubernetes and those of the dialects.</summary>
    public static ObjectKinds Kinds { get; } = new(
        [.. KubernetesKinds.Kinds, .. Dialects.SelectMany(static dialect => dialect.Kinds)],
        [.. KubernetesKinds.Traces, .. KubernetesKinds.Callers, .. KubernetesKinds.Access],
        new UnevaluatedKinds());
}
