using NetPolTools.Asking;
using NetPolTools.Listing;

namespace NetPolTools.Reports;

/// <summary>
/// Whom one workload reaches and who reaches it, as a picture: sources at the left, destinations at the right. Of more than 50 neighbours, namespaces stand
/// for them.
/// </summary>
/// <param name="output">Where to.</param>
public sealed class NeighbourhoodSvgWriter(TextWriter output)
{
    private const int MostNodes = 50;
    private const int Width = 900;
    private const int Box = 250;
    private const int Height = 26;
    private const int Gap = 8;
    private const int Top = 16;
    private const int Longest = 34;

    /// <param name="report">What to draw.</param>
    /// <param name="end">Of the report.</param>
    public void Write(ClusterReport report, ConnectionEnd end)
    {
        var graph = ReportGraph.Of(report, end, MostNodes - 1);
        GraphEdge[] into = [.. graph.Edges.Where(edge => edge.To == graph.Centre)];
        GraphEdge[] from = [.. graph.Edges.Where(edge => edge.From == graph.Centre)];
        var rows = Math.Max(1, Math.Max(into.Length, from.Length));
        var height = (2 * Top) + (rows * (Height + Gap)) + (16 * graph.LeftOut.Count);
        output.Write(SvgText.Begin(Width, height, $"{end}: reached by {into.Length} at the left, reaches {from.Length} at the right"));
        var middle = Top + (rows * (Height + Gap) / 2);
        foreach (var (edges, isLeft) in new[] { (into, true), (from, false) })
        {
            for (var i = 0; i < edges.Length; i++)
                Write(graph, edges[i], isLeft, Top + ((rows - edges.Length) * (Height + Gap) / 2) + (i * (Height + Gap)), middle);
        }

        WriteBox((Width - 160) / 2, middle - (Height / 2), 160, end.Name ?? end.ToString(), end.ToString(), "own");
        if (graph.Edges.Count == 0)
            output.Write($"<text class=\"faint\" x=\"{SvgText.N(Width / 2)}\" y=\"{SvgText.N(middle + 40)}\" text-anchor=\"middle\">no connection</text>\n");
        for (var i = 0; i < graph.LeftOut.Count; i++)
        {
            output.Write($"<text class=\"faint\" x=\"12\" y=\"{SvgText.N(height - (16 * (graph.LeftOut.Count - i)) + 8)}\">"
                + $"{SvgText.Of(graph.LeftOut[i])}</text>\n");
        }

        output.Write("</svg>\n");
    }

    private void Write(ReportGraph graph, GraphEdge edge, bool isLeft, int y, int middle)
    {
        var x = isLeft ? Gap : Width - Gap - Box;
        var (outer, inner) = isLeft ? (x + Box, (Width - 160) / 2) : (x, (Width + 160) / 2);
        var (at, half) = (y + (Height / 2), (outer + inner) / 2);
        var kind = edge.Kind is EdgeKind.Allowed or EdgeKind.Undetermined ? "edge" : edge.Kind.ToString();
        var dashed = edge.Kind is EdgeKind.Undetermined or EdgeKind.Closed ? " dashed" : "";
        output.Write($"<path class=\"{kind}{dashed}\" d=\"M{SvgText.N(outer)} {SvgText.N(at)}C{SvgText.N(half)} {SvgText.N(at)} {SvgText.N(half)} "
            + $"{SvgText.N(middle)} {SvgText.N(inner)} {SvgText.N(middle)}\"/>\n");
        var node = graph.Nodes[isLeft ? edge.From : edge.To];
        var name = node.Group is null ? node.Label : $"{node.Group}/{node.Label}";
        WriteBox(x, y, Box, name, $"{name}: {edge.Kind.ToString().ToLowerInvariant()} {edge.Label}", node.IsOutside ? "box dashed" : "box");
    }

    private void WriteBox(int x, int y, int width, string label, string title, string kind) => output.Write(
        $"<g><title>{SvgText.Of(title)}</title><rect class=\"{kind}\" x=\"{SvgText.N(x)}\" y=\"{SvgText.N(y)}\" width=\"{SvgText.N(width)}\" "
        + $"height=\"{SvgText.N(Height)}\" rx=\"6\"/><text x=\"{SvgText.N(x + (width / 2))}\" y=\"{SvgText.N(y + 17)}\" text-anchor=\"middle\">"
        + $"{SvgText.Short(label, width == Box ? Longest : 21)}</text></g>\n");
}
