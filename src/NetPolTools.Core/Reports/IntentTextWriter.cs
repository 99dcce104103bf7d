using NetPolTools.Asking;
using NetPolTools.Intents;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>Results of intents for people: a line for each, and below those that do not hold what is otherwise, and by which rules.</summary>
public sealed class IntentTextWriter(TextWriter output)
{
    public void Write(IntentReport report)
    {
        foreach (var result in report.Results)
        {
            output.Write($"{IntentWriting.Of(result.Status),-12}  {Printable.Of(result.Intent.Name)}{Place(result)}{Before(result)}{Seen(result)}\n");
            if (result.Status == IntentStatus.Passed)
                continue;
            foreach (var line in IntentWriting.Lines(result))
                output.Write($"{"",-12}  {line}\n");
        }
    }

    /// <summary><c>3 intents: 2 passed, 1 failed</c>; a sentence without its full stop.</summary>
    public static string Sum(IntentReport report)
    {
        if (report.Results.Count == 0)
            return "No intents";
        var counts = report.Results.GroupBy(static result => result.Status).OrderBy(static same => same.Key)
            .Select(static same => $"{same.Count()} {IntentWriting.Of(same.Key)}");
        return $"{Wording.Count(report.Results.Count, "intent")}: {string.Join(", ", counts)}";
    }

    private static string Place(IntentResult result) =>
        result.Status != IntentStatus.Passed && result.Intent.Location.IsKnown ? $" ({Printable.Of(result.Intent.Location.ToString())})" : "";

    /// <summary>What must be reachable and nobody was seen to use: nothing is wrong with that, and it may not be needed.</summary>
    private static string Seen(IntentResult result) =>
        result is { SeenCount: 0, Status: IntentStatus.Passed, Intent.Kind: IntentKind.Allowed or IntentKind.Only } ? ", never seen" : "";

    private static string Before(IntentResult result) =>
        result.Before is { } before && before != result.Status ? $", before: {IntentWriting.Of(before)}" : "";
}
