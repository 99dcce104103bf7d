using NetPolTools.Difference;

namespace NetPolTools.Reports;

/// <summary>A difference as Markdown for a pull request's comment: a heading with the counts, then a table for each kind of change.</summary>
public sealed class DifferenceMarkdownWriter(TextWriter output)
{
    // GitHub takes comments of up to 65,536 characters; most lines have fewer than 200.
    private const int LinesPerTable = 100;

    public void Write(IReadOnlyList<EndChange> ends, IEnumerable<ConnectionChange> changes)
    {
        var byKind = DifferenceText.ForPeople(changes).ToLookup(static change => change.Kind);
        output.Write($"### Network policies: {Heading(ends, byKind)}\n");
        WriteEnds("Added", ends.Where(static end => end.Status == EndStatus.Added));
        WriteEnds("Removed", ends.Where(static end => end.Status == EndStatus.Removed));
        var notes = new FootNotes();
        WriteTable("Opened", [.. byKind[ChangeKind.Opened]], ["Source", "Destination", "Ports", "Policies"], change =>
            [notes.Mark(change.After.ToString(), change.Notes)]);
        WriteTable("Closed", [.. byKind[ChangeKind.Closed]], ["Source", "Destination", "Ports", "Policies"], change =>
            [notes.Mark(change.Before.ToString(), change.Notes)]);
        WriteTable("Changed", [.. byKind[ChangeKind.Changed]], ["Source", "Destination", "Before", "After", "Policies"], change =>
            [change.Before.ToString(), notes.Mark(change.After.ToString(), change.Notes)]);

        // Two blanks at the end keep the lines apart.
        notes.Write(output, MarkdownText.Of, "  \n");
    }

    private static string Heading(IReadOnlyList<EndChange> ends, ILookup<ChangeKind, ConnectionChange> byKind)
    {
        string[] parts =
        [
            .. Enum.GetValues<ChangeKind>()
                .Where(byKind.Contains)
                .Select(kind => $"{Counted(byKind[kind].Count(), "connection")} {kind.ToString().ToLowerInvariant()}"),
            .. ends.GroupBy(static end => end.Status)
                .OrderBy(static same => same.Key)
                .Select(static same =>
                    $"{Counted(same.Count(), same.All(static end => end.End.Kind == Objects.Namespace.KindName) ? "namespace" : "workload")} "
                    + $"{same.Key.ToString().ToLowerInvariant()}"),
        ];
        return parts.Length == 0 ? "no difference in who can reach whom" : string.Join(", ", parts);
    }

    private void WriteEnds(string title, IEnumerable<EndChange> ends)
    {
        var names = string.Join(", ", ends.Take(LinesPerTable).Select(static end => MarkdownText.Code(end.End.ToString())));
        if (names.Length > 0)
            output.Write($"\n{title}: {names}\n");
    }

    private void WriteTable(string title, ConnectionChange[] changes, string[] heading, Func<ConnectionChange, string[]> ports)
    {
        if (changes.Length == 0)
            return;
        output.Write($"\n#### {title}\n\n");
        WriteLine(heading);
        WriteLine([.. heading.Select(static _ => "---")]);
        foreach (var change in changes.Take(LinesPerTable))
        {
            WriteLine(
            [
                MarkdownText.InCell(DifferenceText.Source(change)),
                MarkdownText.InCell(DifferenceText.Destination(change)),
                .. ports(change),
                string.Join(' ', change.Policies.Select(static policy => MarkdownText.CodeInCell(policy.ToString()))),
            ]);
        }

        if (changes.Length > LinesPerTable)
            output.Write($"\n… and {changes.Length - LinesPerTable} more\n");
    }

    private void WriteLine(string[] cells) => output.Write($"| {string.Join(" | ", cells)} |\n");

    private static string Counted(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
