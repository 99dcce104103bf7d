namespace NetPolTools.Policies;

/// <summary>A tier: policies that are asked together, before those of later tiers.</summary>
/// <param name="Name">As messages write it: <c>Admin tier</c>, <c>tier security</c>.</param>
/// <param name="Order">Lower comes first; of equal ones the name decides. Positive infinity comes last.</param>
public sealed record PolicyTier(string Name, double Order) : IComparable<PolicyTier>
{
    /// <summary>
    /// Policies name it and nothing defines it. Such tiers come behind all others (felix/calc/policy_sorter.go TierLess).
    /// </summary>
    public bool IsMissing { get; init; }

    public int CompareTo(PolicyTier? other)
    {
        if (other is null)
            return 1;
        if (IsMissing != other.IsMissing)
            return IsMissing ? 1 : -1;
        var byOrder = Order.CompareTo(other.Order);
        return byOrder != 0 ? byOrder : string.CompareOrdinal(Name, other.Name);
    }
}
