using NetPolTools.Difference;
using NetPolTools.Listing;

namespace NetPolTools.Tests.Support;

/// <summary>Two clusters compared, and their changes as short texts.</summary>
internal static class Compared
{
    public static ReachabilityDifference Of(Cluster before, Cluster after, ConnectionQuery? query = null) =>
        new(new DifferenceSide(before.Snapshot, before.Map), new DifferenceSide(after.Snapshot, after.Map), query ?? new ConnectionQuery());

    /// <summary><c>web -> db: None -> TCP 80 by +db</c>, without the namespace <c>default</c> and kinds.</summary>
    public static IReadOnlyList<string> Changes(Cluster before, Cluster after, ConnectionQuery? query = null) =>
        [.. Of(before, after, query).List().Select(Show)];

    public static string Show(ConnectionChange change)
    {
        var policies = change.Policies.Count > 0 ? " by " + string.Join(' ', change.Policies) : "";
        return $"{Show(change.Source)} -> {Show(change.Destination)}: {change.Before} -> {change.After}{policies}".Replace(
            "default/", "", StringComparison.Ordinal);
    }

    private static string Show(ConnectionEnd end) => end.Addresses ?? $"{end.Namespace}/{end.Name}";
}
