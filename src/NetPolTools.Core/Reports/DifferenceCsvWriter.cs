using NetPolTools.Difference;

namespace NetPolTools.Reports;

/// <summary>
/// A difference as comma-separated values (RFC 4180), with the same column names as the cmdlet's properties. What came or went stands as the
/// source of a line of its own.
/// </summary>
public sealed class DifferenceCsvWriter(TextWriter output)
{
    private const string Header = "Change,SourceNamespace,Source,SourceKind,DestinationNamespace,Destination,DestinationKind,"
        + "PortsBefore,PortsAfter,PortsOpened,PortsClosed,SourceStatus,DestinationStatus,Policies,Notes\n";

    private const int FieldsBehindEnd = 11;

    /// <summary>The names of the columns.</summary>
    public void WriteHeader() => output.Write(Header);

    public void Write(IEnumerable<EndChange> ends, IEnumerable<ConnectionChange> changes)
    {
        var lines = new CsvLines(output);
        foreach (var end in ends)
        {
            lines.Field(end.Status.ToString()).Fields(end.End);
            for (var i = 0; i < FieldsBehindEnd; i++)
                lines.Field("");
            lines.EndLine();
        }

        foreach (var change in changes)
        {
            lines.Field(change.Kind.ToString())
                .Fields(change.Source)
                .Fields(change.Destination)
                .Field(change.Before.ToString())
                .Field(change.After.ToString())
                .Field(change.Opened.ToString())
                .Field(change.Closed.ToString())
                .Field(change.SourceStatus.ToString())
                .Field(change.DestinationStatus.ToString())
                .Field(string.Join(' ', change.Policies))
                .Field(string.Join("; ", change.Notes))
                .EndLine();
        }
    }
}
