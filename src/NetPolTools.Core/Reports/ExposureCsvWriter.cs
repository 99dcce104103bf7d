using NetPolTools.Exposure;

namespace NetPolTools.Reports;

/// <summary>Exposure as comma-separated values (RFC 4180), with the same column names as the cmdlet's properties.</summary>
public sealed class ExposureCsvWriter(TextWriter output)
{
    private const string Header =
        "Namespace,Workload,Kind,Direction,Grade,Who,NamespaceSelector,Namespaces,Except,PodSelector,Addresses,Ports,Undetermined,Example,Reasons,Access\n";

    private readonly CsvLines _lines = new(output);

    public void Write(IEnumerable<ExposureLine> lines)
    {
        output.Write(Header);
        foreach (var line in lines)
            Write(line);
    }

    /// <summary>Changes, Opened or Closed each.</summary>
    public void Write(IEnumerable<ExposureChange> changes)
    {
        output.Write("Change," + Header);
        foreach (var change in changes)
        {
            _lines.Field(change.Change);
            Write(change.Line);
        }
    }

    private void Write(ExposureLine line) => _lines.Fields(line.Workload)
        .Field(line.Direction.ToString())
        .Field(line.Grade.ToString())
        .Field(ExposureText.WhoOf(line))
        .Field(line.NamespaceSelector)
        .Field(ExposureText.NamesOf(line.Namespaces))
        .Field(ExposureText.NamesOf(line.Except))
        .Field(line.PodSelector)
        .Field(line.Addresses ?? "")
        .Field(line.Ports.ToString())
        .Field(line.Undetermined.ToString())
        .Field(line.Example ?? "")
        .Field(string.Join("; ", line.Reasons))
        .Field(string.Join("; ", line.Access))
        .EndLine();
}
