using System.Globalization;
using System.Net;
using NetPolTools.Asking;
using NetPolTools.Listing;

namespace NetPolTools.Reports;

/// <summary>
/// A report as a graph of Graphviz, with a cluster for each namespace. Beyond 2,000 edges, which <c>dot</c> takes minutes for, namespaces stand for workloads,
/// and a note says so.
/// </summary>
/// <param name="output">Where to.</param>
public sealed class DotWriter(TextWriter output)
{
    private const int MostEdges = 2000;

    /// <param name="report">What to draw.</param>
    /// <param name="around">Only what this workload sends and receives; null for all.</param>
    public void Write(ClusterReport report, ConnectionEnd? around = null)
    {
        var graph = ReportGraph.Of(report, around, MostEdges);
        output.Write("digraph network_policies {\n  rankdir=LR;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n"
            + "  edge [fontname=\"sans-serif\", fontsize=10];\n");
        if (graph.LeftOut.Count > 0)
            output.Write($"  labelloc=b;\n  label={Label(string.Join('\n', graph.LeftOut))};\n");
        var number = 0;
        foreach (var group in Enumerable.Range(0, graph.Nodes.Count).GroupBy(node => graph.Nodes[node].Group))
        {
            if (group.Key is not null)
                output.Write($"  subgraph cluster_{number++} {{\n    label={Label(group.Key)};\n");
            foreach (var node in group)
            {
                var (label, _, isOutside) = graph.Nodes[node];
                output.Write($"    n{node.ToString(CultureInfo.InvariantCulture)} [label={Label(label)}{(isOutside ? ", style=dashed" : "")}];\n");
            }

            if (group.Key is not null)
                output.Write("  }\n");
        }

        foreach (var edge in graph.Edges)
            output.Write($"  n{edge.From} -> n{edge.To} [label={Label(edge.Label)}{Style(edge.Kind)}];\n");
        output.Write("}\n");
    }

    private static string Style(EdgeKind kind) => kind switch
    {
        EdgeKind.Undetermined => ", style=dashed",
        EdgeKind.Opened => ", color=\"#1a7f4b\", penwidth=2",
        EdgeKind.Closed => ", color=\"#b3261e\", style=dashed",
        EdgeKind.Changed => ", color=\"#8a5a00\"",
        _ => "",
    };

    /// <summary>As HTML, in which a backslash means nothing.</summary>
    private static string Label(string text) => $"<{string.Join("<br/>", text.Split('\n').Select(WebUtility.HtmlEncode))}>";
}
