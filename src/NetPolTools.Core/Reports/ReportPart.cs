namespace NetPolTools.Reports;

/// <summary>A part of a report that is a table by itself. The names are those of the JSON form.</summary>
public enum ReportPart
{
    /// <summary>Who reaches whom.</summary>
    Reachability,

    /// <summary>What changes.</summary>
    Difference,

    /// <summary>How policies isolate each workload.</summary>
    Isolation,

    /// <summary>How far policies cover each namespace.</summary>
    Namespaces,

    /// <summary>Who that does not exist yet could reach workloads, and whom they could reach.</summary>
    Exposure,
}
