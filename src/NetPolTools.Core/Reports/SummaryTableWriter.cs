using NetPolTools.Summaries;

namespace NetPolTools.Reports;

/// <summary>Summaries as a table for people.</summary>
public sealed class SummaryTableWriter(TextWriter output)
{
    /// <returns>How many lines there were, without the heading.</returns>
    public int Write(IEnumerable<ReachSummary> summaries)
    {
        var table = new TextTable(output, "WORKLOAD", "REACHED BY", "FROM OUTSIDE", "REACHES", "TO OUTSIDE");
        foreach (var summary in summaries)
        {
            table.Add(
                summary.End.ToString(), summary.ReachedBy.WorkloadsText, summary.ReachedBy.OutsideText, summary.Reaches.WorkloadsText,
                summary.Reaches.OutsideText);
        }

        table.Complete();
        return table.Count;
    }
}
