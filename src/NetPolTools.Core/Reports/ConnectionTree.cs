using NetPolTools.Listing;

namespace NetPolTools.Reports;

/// <summary>An end with its connections, for those that show them as a tree.</summary>
/// <param name="Root">The end.</param>
/// <param name="Into">Where it is reached; empty where that is not asked for.</param>
/// <param name="From">Where it reaches; empty where that is not asked for.</param>
internal sealed record ConnectionTree(ConnectionEnd Root, IReadOnlyList<Connection> Into, IReadOnlyList<Connection> From)
{
    /// <summary>In the order in which ends come. Where everybody is a root, what is outside is none.</summary>
    /// <param name="connections">What to show.</param>
    /// <param name="bySource">Whether sources are roots.</param>
    /// <param name="byDestination">Whether destinations are roots.</param>
    public static IEnumerable<ConnectionTree> Of(IEnumerable<Connection> connections, bool bySource, bool byDestination)
    {
        var ends = new Pooled<ConnectionEnd>();
        var into = new Dictionary<int, List<Connection>>();
        var from = new Dictionary<int, List<Connection>>();
        foreach (var line in connections)
        {
            if (bySource && IsRoot(line.Source, byDestination))
                Add(from, ends.NumberOf(line.Source), line);
            if (byDestination && IsRoot(line.Destination, bySource))
                Add(into, ends.NumberOf(line.Destination), line);
        }

        return ends.Values.Select((end, number) => new ConnectionTree(end, into.GetValueOrDefault(number, []), from.GetValueOrDefault(number, [])));
    }

    private static bool IsRoot(ConnectionEnd end, bool isOther) => !isOther || end.Addresses is null;

    private static void Add(Dictionary<int, List<Connection>> branches, int root, Connection line)
    {
        if (!branches.TryGetValue(root, out var lines))
            branches.Add(root, lines = []);
        lines.Add(line);
    }
}
