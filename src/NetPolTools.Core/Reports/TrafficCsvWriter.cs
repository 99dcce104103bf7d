using NetPolTools.SeenTraffic;

namespace NetPolTools.Reports;

/// <summary>What becomes of seen traffic as comma-separated values (RFC 4180), with the same column names as the cmdlet's properties.</summary>
public sealed class TrafficCsvWriter(TextWriter output)
{
    private const string Header =
        "Outcome,SourceNamespace,Source,SourceKind,DestinationNamespace,Destination,DestinationKind,Ports,WasDenied,Before,After,DeniedBy,Notes\n";

    public void Write(IEnumerable<CheckedFlow> flows)
    {
        output.Write(Header);
        var lines = new CsvLines(output);
        foreach (var flow in flows)
        {
            lines.Field(flow.Outcome.ToString())
                .Fields(flow.Source)
                .Fields(flow.Destination)
                .Field(flow.Ports.ToString())
                .Field(flow.WasDenied ? "true" : "false")
                .Field(flow.Before?.ToString() ?? "")
                .Field(flow.After.ToString())
                .Field(string.Join("; ", flow.DeniedBy.Select(static place => place.Text)))
                .Field(string.Join("; ", flow.Notes))
                .EndLine();
        }
    }
}
