using NetPolTools.Asking;
using NetPolTools.Difference;
using NetPolTools.Listing;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>What becomes of a connection, as an edge is drawn.</summary>
internal enum EdgeKind
{
    Allowed,
    Undetermined,
    Opened,
    Closed,
    Changed,
}

/// <param name="Label">As a person reads it.</param>
/// <param name="Group">The namespace that it is drawn in; null for none.</param>
/// <param name="IsOutside">Whether it is outside the cluster.</param>
internal readonly record struct GraphNode(string Label, string? Group, bool IsOutside);

internal readonly record struct GraphEdge(int From, int To, string Label, EdgeKind Kind);

/// <summary>
/// A report as nodes and edges: who reaches whom, or of two states what changes. Where there are more edges than a program draws, namespaces stand for their
/// workloads; where these are still too many, those between the most workloads are kept.
/// </summary>
internal sealed class ReportGraph
{
    private const string Anywhere = "anywhere outside";

    private readonly Pooled<GraphNode> _nodes = new();
    private readonly List<GraphEdge> _edges = [];

    private ReportGraph()
    {
    }

    public IReadOnlyList<GraphNode> Nodes => _nodes.Values;

    public IReadOnlyList<GraphEdge> Edges => _edges;

    /// <summary>The node that it is about; -1 where it is about all.</summary>
    public int Centre { get; private set; } = -1;

    /// <summary>What is not in it; sentences.</summary>
    public List<string> LeftOut { get; } = [];

    /// <param name="report">What to draw.</param>
    /// <param name="around">Only what this end sends and receives; null for all.</param>
    /// <param name="mostEdges">No more than these.</param>
    public static ReportGraph Of(ClusterReport report, ConnectionEnd? around, int mostEdges)
    {
        (ConnectionEnd Source, ConnectionEnd Destination, string Label, EdgeKind Kind)[] lines =
            [.. Lines(report).Where(line => around is null || line.Source == around || line.Destination == around)];
        var graph = OfEnds(report, lines, around);
        if (graph._edges.Count > mostEdges)
        {
            var all = graph._edges.Count;
            graph = OfNamespaces(lines, around);
            graph.LeftOut.Add($"Of {all} edges between workloads, each namespace is shown as one.");
            if (graph._edges.Count > mostEdges)
            {
                graph.LeftOut.Add($"Of {graph._edges.Count} edges between namespaces, the {mostEdges} of the most connections are shown.");
                graph.Keep(mostEdges);
            }
        }

        graph.LeftOut.AddRange(report.LeftOut);
        graph.Centre = around is null ? -1 : graph.NodeOf(around);
        return graph;
    }

    /// <summary>The same with fewer edges.</summary>
    public ReportGraph With(ClusterReport report, ConnectionEnd? around, int mostEdges) => Of(report, around, Math.Min(mostEdges, Edges.Count - 1));

    private static IEnumerable<(ConnectionEnd Source, ConnectionEnd Destination, string Label, EdgeKind Kind)> Lines(ClusterReport report) =>
        report.Change is { } change
            ? DifferenceText.ForPeople(change.Changes).Select(static line => (line.Source, line.Destination, LabelOf(line), KindOf(line)))
            : BothFamilies.Join(
                report.Picture?.Connections() ?? [],
                static line => (line.Source, line.Destination),
                static (line, source, destination) => line with { Source = source, Destination = destination },
                static (a, b) => a.Verdict == b.Verdict && a.Ports.Equals(b.Ports))
                .Select(static line => (line.Source, line.Destination, PortsOf(line.Ports),
                    line.Verdict == Verdict.Undetermined ? EdgeKind.Undetermined : EdgeKind.Allowed));

    private static string LabelOf(ConnectionChange change) => change.Kind switch
    {
        ChangeKind.Opened => PortsOf(change.After),
        ChangeKind.Closed => PortsOf(change.Before),
        _ => $"{PortsOf(change.Before)} → {PortsOf(change.After)}",
    };

    private static EdgeKind KindOf(ConnectionChange change) => change.Kind switch
    {
        ChangeKind.Opened => EdgeKind.Opened,
        ChangeKind.Closed => EdgeKind.Closed,
        _ => EdgeKind.Changed,
    };

    private static string PortsOf(PortSet ports)
    {
        const int Longest = 40;
        var text = ports.IsAll ? "every port" : ports.ToString();
        return text.Length > Longest ? text[..(Longest - 1)] + "…" : text;
    }

    private static ReportGraph OfEnds(
        ClusterReport report, IReadOnlyList<(ConnectionEnd Source, ConnectionEnd Destination, string Label, EdgeKind Kind)> lines, ConnectionEnd? around)
    {
        var graph = new ReportGraph();

        // Those that nobody reaches, and that reach nobody, stand there too: that is what is to be seen.
        foreach (var end in report.Change is null && around is null ? report.Picture?.Ends.Take(report.Picture.OwnCount) ?? [] : [])
            graph.NodeOf(end);
        var known = new HashSet<GraphEdge>();
        foreach (var (source, destination, label, kind) in lines)
        {
            var edge = new GraphEdge(graph.NodeOf(source), graph.NodeOf(destination), label, kind);
            if (known.Add(edge))
                graph._edges.Add(edge);
        }

        return graph;
    }

    private static ReportGraph OfNamespaces(
        IReadOnlyList<(ConnectionEnd Source, ConnectionEnd Destination, string Label, EdgeKind Kind)> lines, ConnectionEnd? around)
    {
        var graph = new ReportGraph();
        foreach (var same in lines.GroupBy(line => (From: graph.GroupOf(line.Source, around), To: graph.GroupOf(line.Destination, around), line.Kind)))
        {
            var count = same.Count();
            var label = count == 1 ? same.First().Label : Wording.Count(count, "connection");
            graph._edges.Add(new GraphEdge(same.Key.From, same.Key.To, label, same.Key.Kind));
        }

        return graph;
    }

    private static int CountIn(string label) => int.TryParse(label.Split(' ')[0], out var count) ? count : 1;

    private void Keep(int most)
    {
        GraphEdge[] kept = [.. _edges.OrderByDescending(static edge => CountIn(edge.Label)).Take(most)];
        _edges.Clear();
        _edges.AddRange(kept);
    }

    private int GroupOf(ConnectionEnd end, ConnectionEnd? around) => end == around ? NodeOf(end)
        : IsOutside(end) ? _nodes.NumberOf(new GraphNode("outside", null, IsOutside: true))
        : _nodes.NumberOf(new GraphNode(end.Namespace!, null, IsOutside: false));

    private int NodeOf(ConnectionEnd end) => _nodes.NumberOf(IsOutside(end)
        ? new GraphNode(Printable.Of(end.Addresses == AddressWords.Anywhere ? Anywhere : end.ToString()), null, IsOutside: true)
        : end.Kind == Objects.Namespace.KindName
            ? new GraphNode(Printable.Of(end.Name!), null, IsOutside: false)
            : new GraphNode(Printable.Of($"{end.Name} ({end.Kind})"), Printable.Of(end.Namespace!), IsOutside: false));

    private static bool IsOutside(ConnectionEnd end) =>
        end.Addresses is not null || end.Kind is ConnectionEnd.IngressControllerKind or ConnectionEnd.EntityKind or ConnectionEnd.DomainKind;
}
