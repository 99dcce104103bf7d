using NetPolTools.Exposure;

namespace NetPolTools.Reports;

/// <summary>Exposure as a table for people.</summary>
public sealed class ExposureTableWriter(TextWriter output)
{
    /// <returns>How many lines there were, without the heading.</returns>
    public int Write(IEnumerable<ExposureLine> lines)
    {
        var table = new TextTable(output, "WORKLOAD", "", "WHO DOES NOT EXIST YET", "PORTS", "WHY");
        foreach (var line in lines)
        {
            table.Add(
                line.Workload.ToString(),
                ExposureText.DirectionOf(line),
                ExposureText.WhoOf(line),
                ExposureText.PortsOf(line),
                string.Join("; ", line.Reasons));
            foreach (var access in line.Access)
                table.AddText($"    {access}");
        }

        table.Complete();
        return table.Count;
    }

    /// <inheritdoc cref="Write(IEnumerable{ExposureLine})"/>
    public int Write(IEnumerable<ExposureChange> changes)
    {
        var table = new TextTable(output, "CHANGE", "WORKLOAD", "", "WHO DOES NOT EXIST YET", "PORTS", "WHY");
        foreach (var change in changes)
        {
            table.Add(
                change.Change,
                change.Line.Workload.ToString(),
                ExposureText.DirectionOf(change.Line),
                ExposureText.WhoOf(change.Line),
                ExposureText.PortsOf(change.Line),
                string.Join("; ", change.Line.Reasons));
        }

        table.Complete();
        return table.Count;
    }
}
