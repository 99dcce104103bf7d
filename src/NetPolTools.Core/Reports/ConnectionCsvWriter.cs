using NetPolTools.Listing;

namespace NetPolTools.Reports;

/// <summary>Connections as comma-separated values (RFC 4180), with the same column names as the cmdlet's properties.</summary>
public sealed class ConnectionCsvWriter(TextWriter output)
{
    private const string Header = "SourceNamespace,Source,SourceKind,DestinationNamespace,Destination,DestinationKind,Ports,Verdict,Notes";

    public void Write(IEnumerable<Connection> connections)
    {
        output.Write(Header);
        EndLine();
        foreach (var connection in connections)
        {
            Write(connection.Source);
            Write(connection.Destination);
            WriteField(connection.Ports.ToString());
            output.Write(',');
            output.Write(connection.Verdict == Verdict.Allowed ? "Allowed" : "Denied");
            output.Write(',');
            if (connection.Notes.Count > 0)
                WriteField(string.Join("; ", connection.Notes));
            EndLine();
        }
    }

    private void Write(ConnectionEnd end)
    {
        WriteField(end.Namespace ?? "");
        output.Write(',');
        WriteField(end.Name ?? end.Addresses!);
        output.Write(',');
        WriteField(end.Kind ?? "");
        output.Write(',');
    }

    private void WriteField(string text)
    {
        if (text.AsSpan().IndexOfAny(",\"\r\n") < 0)
        {
            output.Write(text);
            return;
        }

        output.Write('"');
        output.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        output.Write('"');
    }

    private void EndLine() => output.Write('\n');
}
