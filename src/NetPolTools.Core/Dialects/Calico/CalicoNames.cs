namespace NetPolTools.Dialects.Calico;

/// <summary>Names of Calico policies, which up to Calico 3.31 carry the tier (libcalico-go/lib/names/policy.go of 3.31).</summary>
internal static class CalicoNames
{
    private const string DefaultPrefix = CalicoTier.DefaultName + ".";

    /// <summary>
    /// The tier of a policy: as it says; in the storage form, where nothing fills that in, by the name up to Calico 3.31.
    /// </summary>
    public static string TierOf(CalicoPolicy policy)
    {
        if (!string.IsNullOrEmpty(policy.Tier))
            return policy.Tier;
        return policy is { IsStorageForm: true, StoredName: { } name } && name.IndexOf('.') is > 0 and var dot ? name[..dot] : CalicoTier.DefaultName;
    }

    /// <summary>What a stored policy is called in the API that users see, where the object itself does not say it.</summary>
    /// <param name="storedName">In the storage form.</param>
    /// <param name="tier">The tier that the spec says; null for none.</param>
    public static string ShownName(string storedName, string? tier) =>
        string.IsNullOrEmpty(tier) || tier == CalicoTier.DefaultName
            ? storedName.StartsWith(DefaultPrefix, StringComparison.Ordinal) && storedName.Length > DefaultPrefix.Length
                ? storedName[DefaultPrefix.Length..]
                : storedName
            : storedName;
}
