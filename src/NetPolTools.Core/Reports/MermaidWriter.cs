using System.Globalization;
using System.Text;
using NetPolTools.Asking;
using NetPolTools.Listing;

namespace NetPolTools.Reports;

/// <summary>
/// A report as a flowchart of Mermaid, which GitHub draws within Markdown. It draws fewer than 500 edges and 50,000 characters, and nothing within the chart
/// can raise that: namespaces stand for workloads before, and a note says so.
/// </summary>
/// <param name="output">Where to.</param>
public sealed class MermaidWriter(TextWriter output)
{
    private const int MostEdges = 499;
    private const int MostCharacters = 50_000;

    /// <param name="report">What to draw.</param>
    /// <param name="around">Only what this workload sends and receives; null for all.</param>
    public void Write(ClusterReport report, ConnectionEnd? around = null)
    {
        var graph = ReportGraph.Of(report, around, MostEdges);
        var text = Text(graph);
        while (text.Length > MostCharacters && graph.Edges.Count > 0)
        {
            // Each edge has about as many characters as any other; a tenth is kept back for those that have more.
            var fit = (int)(graph.Edges.Count * 0.9 * MostCharacters / text.Length);
            graph = graph.With(report, around, Math.Max(fit, 0));
            text = Text(graph);
        }

        output.Write(text);
    }

    private static string Text(ReportGraph graph)
    {
        var text = new StringBuilder("flowchart LR\n");
        if (graph.Edges.Count == 0)
            text.Append("  none[\"no connection\"]\n");
        var number = 0;
        foreach (var group in Shown(graph).GroupBy(node => graph.Nodes[node].Group))
        {
            if (group.Key is not null)
                text.Append(CultureInfo.InvariantCulture, $"  subgraph g{number++}[\"{Escaped(group.Key)}\"]\n");
            foreach (var node in group)
            {
                var (label, _, isOutside) = graph.Nodes[node];
                text.Append(CultureInfo.InvariantCulture, $"    n{node}{(isOutside ? "([\"" : "[\"")}{Escaped(label)}{(isOutside ? "\"])" : "\"]")}\n");
            }

            if (group.Key is not null)
                text.Append("  end\n");
        }

        foreach (var edge in graph.Edges)
            text.Append(CultureInfo.InvariantCulture, $"  n{edge.From} {Arrow(edge.Kind)}|\"{Escaped(edge.Label)}\"| n{edge.To}\n");
        WriteColours(text, graph);
        for (var i = 0; i < graph.LeftOut.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"  said{i}>\"{Escaped(graph.LeftOut[i])}\"]\n");
        return text.ToString();
    }

    /// <summary>Nodes of edges; without edges, all.</summary>
    private static IEnumerable<int> Shown(ReportGraph graph)
    {
        const int MostAlone = 100;
        var linked = graph.Edges.SelectMany(static edge => new[] { edge.From, edge.To }).ToHashSet();
        return Enumerable.Range(0, graph.Nodes.Count).Where(node => linked.Contains(node) || graph.Nodes.Count <= MostAlone);
    }

    private static string Arrow(EdgeKind kind) => kind switch
    {
        EdgeKind.Undetermined or EdgeKind.Closed => "-.->",
        EdgeKind.Opened => "==>",
        _ => "-->",
    };

    private static void WriteColours(StringBuilder text, ReportGraph graph)
    {
        foreach (var (kind, colour) in new[] { (EdgeKind.Opened, "#1a7f4b"), (EdgeKind.Closed, "#b3261e"), (EdgeKind.Changed, "#8a5a00") })
        {
            var numbers = string.Join(',', Enumerable.Range(0, graph.Edges.Count).Where(i => graph.Edges[i].Kind == kind));
            if (numbers.Length > 0)
                text.Append(CultureInfo.InvariantCulture, $"  linkStyle {numbers} stroke:{colour}\n");
        }
    }

    /// <summary>Within quotes, what means something to Mermaid, HTML or Markdown stands as its number.</summary>
    private static string Escaped(string label)
    {
        var text = new StringBuilder(label.Length);
        foreach (var rune in label.EnumerateRunes())
        {
            if (rune.IsAscii && (Rune.IsLetterOrDigit(rune) || " ./,:-()=+".Contains((char)rune.Value)))
                text.Append((char)rune.Value);
            else
                text.Append(CultureInfo.InvariantCulture, $"#{rune.Value};");
        }

        return text.ToString();
    }
}
