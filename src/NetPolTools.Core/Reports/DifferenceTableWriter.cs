using NetPolTools.Difference;

namespace NetPolTools.Reports;

/// <summary>A difference as a table for people: what came or went, then the connections; notes are numbered and follow the table.</summary>
public sealed class DifferenceTableWriter(TextWriter output)
{
    /// <returns>How many lines there were, without the heading.</returns>
    public int Write(IEnumerable<EndChange> ends, IEnumerable<ConnectionChange> changes, CancellationToken cancellation = default)
    {
        var table = new TextTable(output, "CHANGE", "SOURCE", "DESTINATION", "BEFORE", "AFTER", "POLICIES");
        var notes = new FootNotes();
        foreach (var end in ends)
            table.Add(end.Status.ToString(), end.End.ToString(), "", "", "", "");
        foreach (var change in DifferenceText.ForPeople(changes))
        {
            cancellation.ThrowIfCancellationRequested();
            table.Add(
                change.Kind.ToString(),
                DifferenceText.Source(change),
                DifferenceText.Destination(change),
                change.Before.ToString(),
                notes.Mark(change.After.ToString(), change.Notes),
                string.Join(' ', change.Policies));
        }

        table.Complete();
        notes.Write(output);
        return table.Count;
    }
}
