using NetPolTools.Summaries;

namespace NetPolTools.Reports;

/// <summary>Summaries as comma-separated values (RFC 4180), with the same column names as the cmdlet's properties.</summary>
public sealed class SummaryCsvWriter(TextWriter output)
{
    private const string Header =
        "Namespace,Workload,Kind,ReachedBy,ReachedByAtMost,FromOutside,FromOutsideAtMost,Reaches,ReachesAtMost,ToOutside,ToOutsideAtMost\n";

    private readonly CsvLines _lines = new(output);

    public void Write(IEnumerable<ReachSummary> summaries)
    {
        output.Write(Header);
        foreach (var summary in summaries)
        {
            _lines.Fields(summary.End);
            Write(summary.ReachedBy);
            Write(summary.Reaches);
            _lines.EndLine();
        }
    }

    private void Write(PeerFigures figures) => _lines
        .Field(figures.Workloads.ToString()).Field(figures.WorkloadsAtMost.ToString())
        .Field(figures.Outside.ToString()).Field(figures.OutsideAtMost.ToString());
}
