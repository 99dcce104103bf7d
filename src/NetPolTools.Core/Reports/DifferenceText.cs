using NetPolTools.Difference;

namespace NetPolTools.Reports;

/// <summary>How differences read.</summary>
internal static class DifferenceText
{
    /// <summary>With IPv4 and IPv6 without exception as one line, "anywhere outside".</summary>
    public static IEnumerable<ConnectionChange> ForPeople(IEnumerable<ConnectionChange> changes) => BothFamilies.Join(
        changes,
        static change => (change.Source, change.Destination),
        static (change, source, destination) => change with { Source = source, Destination = destination },
        static (a, b) => a.Before.Equals(b.Before) && a.After.Equals(b.After)
            && a.UndeterminedBefore.Equals(b.UndeterminedBefore) && a.UndeterminedAfter.Equals(b.UndeterminedAfter) && a.Policies.SequenceEqual(b.Policies)
                && a.Notes.SequenceEqual(b.Notes));

    /// <summary><c>shop/cache[Deployment] (added)</c>.</summary>
    public static string Source(ConnectionChange change) => change.Source + Suffix(change.SourceStatus);

    /// <inheritdoc cref="Source"/>
    public static string Destination(ConnectionChange change) => change.Destination + Suffix(change.DestinationStatus);

    private static string Suffix(EndStatus status) => status switch
    {
        EndStatus.Added => " (added)",
        EndStatus.Removed => " (removed)",
        _ => "",
    };
}
