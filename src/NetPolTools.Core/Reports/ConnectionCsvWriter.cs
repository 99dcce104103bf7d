using NetPolTools.Listing;

namespace NetPolTools.Reports;

/// <summary>Connections as comma-separated values (RFC 4180), with the same column names as the cmdlet's properties.</summary>
public sealed class ConnectionCsvWriter(TextWriter output)
{
    private const string Header = "SourceNamespace,Source,SourceKind,DestinationNamespace,Destination,DestinationKind,Ports,Verdict,Notes\n";

    public void Write(IEnumerable<Connection> connections)
    {
        output.Write(Header);
        var lines = new CsvLines(output);
        foreach (var connection in connections)
        {
            lines.Fields(connection.Source)
                .Fields(connection.Destination)
                .Field(connection.Ports.ToString())
                .Field(connection.Verdict.ToString())
                .Field(connection.Notes.Count > 0 ? string.Join("; ", connection.Notes) : "")
                .EndLine();
        }
    }
}
