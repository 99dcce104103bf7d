using NetPolTools.Paths;

namespace NetPolTools.Reports;

/// <summary>
/// Paths as comma-separated values (RFC 4180), with the same column names as the cmdlet's properties. Ports are those of the last hop; Path has every workload
/// of the path.
/// </summary>
public sealed class PathCsvWriter(TextWriter output)
{
    private const string Header = "Hops,HopsAtLeast,Verdict,Namespace,Workload,Kind,Ports,Path\n";

    public void Write(IEnumerable<WorkloadPath> paths)
    {
        output.Write(Header);
        var lines = new CsvLines(output);
        foreach (var path in paths)
        {
            lines.Field(path.Hops.ToString())
                .Field(path.HopsAtLeast.ToString())
                .Field(path.Verdict.ToString())
                .Fields(path.Destination)
                .Field(path.Steps is [.., var last] ? last.Ports.ToString() : "")
                .Field(path.Steps.Count > 0 ? string.Join(" -> ", path.Steps.Select(static step => step.Source).Append(path.Destination)) : "")
                .EndLine();
        }
    }
}
