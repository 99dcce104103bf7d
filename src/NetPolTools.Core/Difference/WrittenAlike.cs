using NetPolTools.Objects;

namespace NetPolTools.Difference;

/// <summary>
/// Whether policies are written in the same way, wherever they stand: then they say the same. Those that are written in other ways may still say the same.
/// </summary>
/// <remarks>Asked of every policy of a fleet, so it makes nothing on its way.</remarks>
internal static class WrittenAlike
{
    public static bool Are(NetworkPolicy one, NetworkPolicy other) => ReferenceEquals(one, other)
        || (Are(one.PodSelector, other.PodSelector)
            && Are(one.PolicyTypes, other.PolicyTypes, string.Equals)
            && Are(one.Ingress, other.Ingress, Are)
            && Are(one.Egress, other.Egress, Are));

    private static bool Are(NetworkPolicyRule one, NetworkPolicyRule other) => Are(one.Peers, other.Peers, Are) && Are(one.Ports, other.Ports, Are);

    private static bool Are(NetworkPolicyPeer one, NetworkPolicyPeer other) => Are(one.PodSelector, other.PodSelector)
        && Are(one.NamespaceSelector, other.NamespaceSelector)
        && Are(one.IPBlock, other.IPBlock);

    private static bool Are(IPBlock? one, IPBlock? other) => ReferenceEquals(one, other)
        || (one is not null && other is not null && one.Cidr == other.Cidr && Are(one.Except, other.Except, string.Equals));

    private static bool Are(NetworkPolicyPort one, NetworkPolicyPort other) =>
        one.Protocol == other.Protocol && one.Port == other.Port && one.EndPort == other.EndPort;

    private static bool Are(LabelSelector? one, LabelSelector? other) => ReferenceEquals(one, other)
        || (one is not null && other is not null
            && Are(one.MatchLabels, other.MatchLabels, static (a, b) => a.Key == b.Key && a.Value == b.Value)
            && Are(one.MatchExpressions, other.MatchExpressions, Are));

    private static bool Are(LabelSelectorRequirement one, LabelSelectorRequirement other) =>
        one.Key == other.Key && one.Operator == other.Operator && Are(one.Values, other.Values, string.Equals);

    private static bool Are<T>(IReadOnlyList<T>? one, IReadOnlyList<T>? other, Func<T, T, bool> areAlike)
    {
        if (ReferenceEquals(one, other))
            return true;
        if (one?.Count != other?.Count)
            return false;
        for (var i = 0; i < one!.Count; i++)
        {
            if (!areAlike(one[i], other![i]))
                return false;
        }

        return true;
    }
}
