namespace NetPolTools.Reports;

/// <summary>How a report can be written.</summary>
public enum ReportFormat
{
    /// <summary>One page that needs nothing else.</summary>
    Html,
}
