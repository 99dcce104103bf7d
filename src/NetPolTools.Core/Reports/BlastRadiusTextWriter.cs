using NetPolTools.Paths;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>How much is in reach, by hops, and the connections that cut off most, for people.</summary>
public sealed class BlastRadiusTextWriter(TextWriter output)
{
    private const string Indent = "    ";

    /// <param name="radius">What is in reach.</param>
    /// <param name="chokePoints">Those to tell.</param>
    public void Write(BlastRadius radius, IReadOnlyList<ChokePoint> chokePoints)
    {
        var (certain, undetermined) = (radius.WorkloadsByHops, radius.UndeterminedByHops);
        var more = undetermined.Sum() > 0 ? $", and {undetermined.Sum()} more may be" : "";
        var verb = certain.Sum() == 1 ? "is" : "are";
        output.Write(Printable.Of($"From {string.Join(", ", radius.From)}: {certain.Sum()} of {radius.WorkloadsAsked} "
            + $"{(radius.AreTargetsNamed ? "targets" : "other workloads")} {verb} in reach{more}."));
        output.Write('\n');
        if (certain.Count + undetermined.Count > 0)
            output.Write('\n');
        WriteHops(certain, undetermined);
        if (certain.Count == 0)
            return;
        output.Write(chokePoints.Count == 0
            ? "\nNo single connection cuts anything off: there are other paths to everything.\n"
            : "\nSingle connections that cut off most, where nothing else is changed:\n");
        var table = new TextTable(output, "CUTS OFF", "SOURCE", "DESTINATION", "PORTS");
        foreach (var choke in chokePoints)
        {
            var cuts = choke.MayRemain > 0 ? $"{choke.Cuts - choke.MayRemain} to {choke.Cuts}" : $"{choke.Cuts}";
            table.Add(cuts, choke.Connection.Source.ToString(), choke.Connection.Destination.ToString(), choke.Connection.Ports.ToString());
            foreach (var reason in choke.Explanation.Lines())
                table.AddText(Indent + reason);
        }

        table.Complete();
    }

    private void WriteHops(IReadOnlyList<int> certain, IReadOnlyList<int> undetermined)
    {
        var table = undetermined.Count > 0 ? new TextTable(output, "HOPS", "WORKLOADS", "PERHAPS") : new TextTable(output, "HOPS", "WORKLOADS");
        for (var hops = 1; hops <= Math.Max(certain.Count, undetermined.Count); hops++)
        {
            var (sure, perhaps) = ($"{certain.ElementAtOrDefault(hops - 1)}", $"{undetermined.ElementAtOrDefault(hops - 1)}");
            if (undetermined.Count > 0)
                table.Add($"{hops}", sure, perhaps);
            else
                table.Add($"{hops}", sure);
        }

        table.Complete();
    }
}
