namespace NetPolTools.Reports;

/// <summary>How a report can be written.</summary>
public enum ReportFormat
{
    /// <summary>One page that needs nothing else.</summary>
    Html,

    /// <summary>For the comment of a pull request: a heading, and the rest folded.</summary>
    Markdown,

    /// <summary>A graph as GitHub shows it within Markdown.</summary>
    Mermaid,

    /// <summary>A graph for Graphviz.</summary>
    Dot,

    /// <summary>The matrix, or the neighbours of one workload.</summary>
    Svg,

    /// <summary>The connections, or of two inputs the changes.</summary>
    Csv,

    /// <summary>Everything, for programs.</summary>
    Json,
}
