namespace NetPolTools.Commands;

/// <summary>What Export-NetPolReport writes.</summary>
public enum ReportKind
{
    /// <summary>Everything as one page.</summary>
    Html,

    /// <summary>Everything, or findings, for comments and summaries.</summary>
    Markdown,

    /// <summary>A graph as GitHub shows it within Markdown.</summary>
    Mermaid,

    /// <summary>A graph for Graphviz.</summary>
    Dot,

    /// <summary>A picture.</summary>
    Svg,

    /// <summary>Connections, or changes.</summary>
    Csv,

    /// <summary>Everything, or findings, for programs.</summary>
    Json,

    /// <summary>Findings for people.</summary>
    Table,

    /// <summary>Findings as SARIF 2.1.0.</summary>
    Sarif,

    /// <summary>Findings as test results of JUnit.</summary>
    JUnit,

    /// <summary>Findings as test results of NUnit 3.</summary>
    NUnit3,

    /// <summary>Findings as test results of the Test Anything Protocol.</summary>
    Tap,

    /// <summary>Findings as annotations of GitHub's runner.</summary>
    GitHub,

    /// <summary>Findings as issues of SonarQube.</summary>
    Sonar,
}
