namespace NetPolTools.Policies;

/// <summary>Where a policy stands among all policies of a cluster.</summary>
/// <param name="Tier">Asked before policies of later tiers.</param>
/// <param name="Order">The priority or order within the tier; lower comes first.</param>
/// <param name="TieBreaker">
/// Decides between equal orders, by ordinal comparison. Null where the API leaves the order of equals open: an answer that depends on it is undetermined.
/// </param>
public readonly record struct PolicyRank(PolicyTier Tier, double Order, string? TieBreaker = null)
{
    /// <summary>
    /// Policies of different strands of one tier have no order among each other, whatever their numbers: AdminNetworkPolicies and ClusterNetworkPolicies side
    /// by side, for which no API says which comes first. Empty where a tier has one order.
    /// </summary>
    public string Strand { get; init; } = "";

    /// <summary>
    /// Negative where the other comes later, positive where it comes earlier, and zero where nothing says which comes first, and each may act before the other.
    /// </summary>
    public int CompareTo(PolicyRank other)
    {
        var byTier = Tier.CompareTo(other.Tier);
        if (byTier != 0)
            return byTier;
        if (Strand != other.Strand)
            return 0;
        var byOrder = Order.CompareTo(other.Order);
        return byOrder != 0 || TieBreaker is null || other.TieBreaker is null ? byOrder : string.CompareOrdinal(TieBreaker, other.TieBreaker);
    }
}
