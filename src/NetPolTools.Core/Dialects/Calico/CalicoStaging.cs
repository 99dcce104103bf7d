using NetPolTools.Snapshot;

namespace NetPolTools.Dialects.Calico;

/// <summary>
/// What a cluster would be with its staged policies in effect: each takes the place of the policy of its name, and one that says Delete takes it away.
/// </summary>
internal static class CalicoStaging
{
    /// <summary>The same snapshot where nothing is staged.</summary>
    public static ClusterSnapshot WithStaged(ClusterSnapshot snapshot)
    {
        CalicoPolicy[] staged = [.. snapshot.PolicyObjects.OfType<CalicoPolicy>().Where(static policy => policy.CalicoKind.IsStaged)];
        CalicoStagedKubernetesPolicy[] ofKubernetes = [.. snapshot.PolicyObjects.OfType<CalicoStagedKubernetesPolicy>()];
        if (staged.Length + ofKubernetes.Length == 0)
            return snapshot;
        var replaced = staged.Select(Key).ToHashSet();
        var replacedOfKubernetes = ofKubernetes.Select(static policy => policy.Policy.Reference).ToHashSet();
        return snapshot.WithOnly(
            [
                .. snapshot.NetworkPolicies.Where(policy => !replacedOfKubernetes.Contains(policy.Reference)),
                .. ofKubernetes.Where(static policy => policy.StagedAction != CalicoPolicy.Delete)
                    .Select(static policy => policy.Policy with { Location = policy.Location }),
            ],
            [
                .. snapshot.PolicyObjects
                    .Where(found => found is not CalicoPolicy { CalicoKind.IsStaged: false } policy || !replaced.Contains(Key(policy)))
                    .Where(static found => found is not CalicoStagedKubernetesPolicy
                        and not CalicoPolicy { CalicoKind.IsStaged: true, StagedAction: CalicoPolicy.Delete })
                    .Select(static found => found is CalicoPolicy { CalicoKind.IsStaged: true } policy ? policy with { IsPreviewed = true } : found),
            ]);
    }

    /// <summary>Policies with a namespace and without are different kinds. Up to Calico 3.31 the name of the tier default may stand before the name.</summary>
    private static (string? Namespace, string Name) Key(CalicoPolicy policy) =>
        (policy.Metadata.Namespace, policy.TierName == CalicoTier.DefaultName ? CalicoNames.ShownName(policy.Name, null) : policy.Name);
}
