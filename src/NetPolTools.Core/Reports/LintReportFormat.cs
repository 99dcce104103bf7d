namespace NetPolTools.Reports;

/// <summary>How findings, and results of intents, can be written.</summary>
public enum LintReportFormat
{
    /// <summary>For people: by file and object.</summary>
    Table,

    /// <summary>For programs.</summary>
    Json,

    /// <summary>SARIF 2.1.0, for GitHub's code scanning and editors.</summary>
    Sarif,

    /// <summary>Test results as JUnit's.</summary>
    JUnit,

    /// <summary>Test results as NUnit 3's.</summary>
    NUnit3,

    /// <summary>The Test Anything Protocol.</summary>
    Tap,

    /// <summary>Annotations of GitHub's runner.</summary>
    GitHub,

    /// <summary>Issues of other tools as SonarQube takes them.</summary>
    Sonar,

    /// <summary>For comments and summaries.</summary>
    Markdown,
}
