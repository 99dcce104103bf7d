using NetPolTools.SeenTraffic;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>What becomes of seen traffic as a table for people, with the rules that deny it below each line, and with figures at the end.</summary>
public sealed class TrafficTableWriter(TextWriter output)
{
    private const string Indent = "    ";

    /// <param name="check">With all traffic, which the figures are of.</param>
    /// <param name="withUnchanged">Whether traffic that stays as it is has lines, too.</param>
    public void Write(TrafficCheck check, bool withUnchanged)
    {
        var table = new TextTable(output, "OUTCOME", "SOURCE", "DESTINATION", "PORTS");
        var notes = new FootNotes();
        foreach (var flow in check.Flows.Where(flow => withUnchanged || flow.Outcome != FlowOutcome.Stays))
        {
            table.Add(Word(flow), flow.Source.ToString(), flow.Destination.ToString(), notes.Mark(flow.Ports.ToString(), flow.Notes));
            foreach (var place in flow.DeniedBy)
                table.AddText(Indent + place.Text);
            foreach (var line in flow.Outcome is FlowOutcome.Opens or FlowOutcome.Undetermined ? flow.Explanation.Lines() : [])
                table.AddText(Indent + line);
        }

        table.Complete();
        notes.Write(output);
        if (table.Count > 0)
            output.Write('\n');
        output.Write($"Of {Wording.Count(check.Flows.Count, "seen connection")}, {check.CountOf(FlowOutcome.Breaks)} would break, "
            + $"{check.CountOf(FlowOutcome.Undetermined)} cannot be told, {check.CountOf(FlowOutcome.Opens)} would open, and "
            + $"{check.CountOf(FlowOutcome.Stays)} stay as they are.\n");
    }

    private static string Word(CheckedFlow flow) => flow.Outcome switch
    {
        FlowOutcome.Breaks => "breaks",
        FlowOutcome.Opens => "opens",
        FlowOutcome.Undetermined => "undetermined",
        _ => flow.After == Listing.Verdict.Denied ? "stays denied" : "stays",
    };
}
