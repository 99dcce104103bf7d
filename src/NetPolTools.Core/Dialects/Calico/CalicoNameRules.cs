using NetPolTools.Objects;
using NetPolTools.Validation;
using static NetPolTools.Dialects.Calico.CalicoRefusals;

namespace NetPolTools.Dialects.Calico;

/// <summary>What Calico refuses in metadata, and in the names of policies and tiers (libcalico-go/lib/names of 3.31).</summary>
internal static class CalicoNameRules
{
    /// <summary>The label that network sets get from their namespace.</summary>
    private const string NamespaceLabel = "projectcalico.org/namespace";

    public static void CheckMetadata(ObjectMetadata metadata, CalicoRefusals found)
    {
        var errors = new List<FieldError>();
        MetadataRules.Check(metadata, errors);
        found.AddAll(errors);
    }

    public static void CheckPolicy(CalicoPolicy policy, CalicoRefusals found)
    {
        CheckMetadata(policy.Metadata, found);
        if (!string.IsNullOrEmpty(policy.Tier) && NameRules.CheckSubdomain(policy.Tier) is { } wrongTier)
            found.Add("spec.tier", $"The tier's name '{Excerpt.Of(policy.Tier)}' {wrongTier}.");
        if (policy.Metadata.IsNameGenerated || NameRules.CheckSubdomain(policy.Name) is not null)
            return;
        var name = policy.Name;

        // Only in a namespace: those that Calico makes of Kubernetes' policies and of OpenStack's security groups.
        if (policy.CalicoKind.IsNamespaced
            && (name.StartsWith("knp.default.", StringComparison.Ordinal) || name.StartsWith("ossg.default.", StringComparison.Ordinal)))
            return;
        var dot = name.IndexOf('.');
        if (dot >= 0 && name.IndexOf('.', dot + 1) > 0)
        {
            found.Add("metadata.name", $"The name '{Excerpt.Of(name)}' may have one dot at most: the name of the tier stands before it.");
            return;
        }

        var tier = policy.TierName;
        if (dot < 0 ? tier != CalicoTier.DefaultName && !policy.IsStorageForm : name[..dot] != tier)
        {
            var right = Excerpt.Of($"{tier}.{name[(dot + 1)..]}");
            found.AddBefore(V332, "metadata.name", $"The name '{Excerpt.Of(name)}' must begin with the policy's tier, as in '{right}'.");
        }
    }

    public static void CheckNetworkSet(CalicoNetworkSet set, CalicoRefusals found)
    {
        CheckMetadata(set.Metadata, found);
        if (set.Metadata.Labels.TryGet(NamespaceLabel, out _))
            found.AddAll([new FieldError("metadata.labels", $"The label {NamespaceLabel} is Calico's own: every set in a namespace has it.", NamespaceLabel)]);
    }

    public static void CheckTier(CalicoTier tier, CalicoRefusals found)
    {
        CheckMetadata(tier.Metadata, found);
        if (!tier.Metadata.IsNameGenerated && NameRules.CheckSubdomain(tier.Name) is null && NameRules.CheckDnsLabel(tier.Name) is { } wrong)
            found.Add("metadata.name", $"The tier's name '{Excerpt.Of(tier.Name)}' {wrong}.");
        if (tier.DefaultAction is not null)
            found.CheckWord(tier.DefaultAction, "spec.defaultAction", CalicoRule.Deny, CalicoRule.Pass);
        CheckBuiltIn(tier, found);
    }

    /// <summary>The tiers that Calico makes itself have fixed orders and, since 3.32, fixed default actions.</summary>
    private static void CheckBuiltIn(CalicoTier tier, CalicoRefusals found)
    {
        const double admin = 1_000, normal = 1_000_000, baseline = 10_000_000;
        switch (tier.Name)
        {
            case CalicoTier.DefaultName:
                if (tier.Order != normal)
                    found.Add("spec.order", $"The order of the tier default is {normal}.");
                if (tier.DefaultAction is not (null or CalicoRule.Deny))
                    found.AddSince(V332, "spec.defaultAction", "The default action of the tier default is Deny.");
                break;
            case "adminnetworkpolicy" when tier.Order != admin:
                found.AddBefore(V332, "spec.order", $"The order of the tier adminnetworkpolicy is {admin}.");
                break;
            case "baselineadminnetworkpolicy" when tier.Order != baseline:
                found.AddBefore(V332, "spec.order", $"The order of the tier baselineadminnetworkpolicy is {baseline}.");
                break;
            case "kube-admin" or "kube-baseline":
                var order = tier.Name == "kube-admin" ? admin : baseline;
                if (tier.Order != order)
                    found.AddSince(V332, "spec.order", $"The order of the tier {tier.Name} is {order}.");
                if (tier.DefaultAction != CalicoRule.Pass)
                    found.AddSince(V332, "spec.defaultAction", $"The default action of the tier {tier.Name} is Pass.");
                break;
        }
    }
}
