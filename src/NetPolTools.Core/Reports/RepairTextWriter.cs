using NetPolTools.Asking;
using NetPolTools.Difference;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>Repairs for people: numbered, each with its steps and what it does besides.</summary>
public sealed class RepairTextWriter(TextWriter output)
{
    private const int MostShown = 5;

    public void Write(RepairReport report)
    {
        if (report.HoldsAlready)
            output.Write($"{Printable.Of(report.Intent.Name)}: holds already\n");
        for (var i = 0; i < report.Repairs.Count; i++)
            Write(i + 1, report.Repairs[i]);
        foreach (var obstacle in report.Obstacles)
            output.Write($"{Printable.Of(obstacle)}\n");
    }

    /// <summary><c>shop/web -> shop/db: TCP 80</c>.</summary>
    public static string Line(ConnectionChange change, PortSet ports) => Printable.Of($"{change.Source} -> {change.Destination}: {ports}");

    private void Write(int number, Repair repair)
    {
        var head = $"{number}";
        foreach (var step in repair.Steps)
        {
            var place = step.Location is { IsKnown: true, Line: > 0 } known ? $" ({known})" : "";
            output.Write($"{head,-3} {Printable.Of($"{step.Object}{place}: {step.Description}")}\n");
            head = "";
        }

        output.Write($"{"",-3} {repair.Effect}\n");
        Write("opens", repair.OpensBesides, static change => change.After);
        Write("closes", repair.ClosesBesides, static change => change.Before);
        Write("leaves open", repair.LeavesOpen, static change => change.UndeterminedAfter.Union(change.UndeterminedBefore));
    }

    private void Write(string verb, IReadOnlyList<ConnectionChange> changes, Func<ConnectionChange, PortSet> portsOf)
    {
        foreach (var change in changes.Take(MostShown))
            output.Write($"{"",-5} {verb} {Line(change, portsOf(change))}\n");
        if (changes.Count > MostShown)
            output.Write($"{"",-5} {verb} {changes.Count - MostShown} more\n");
    }
}
