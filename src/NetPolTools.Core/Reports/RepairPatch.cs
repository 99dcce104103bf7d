using NetPolTools.Asking;
using NetPolTools.Repairing;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>Repairs as commands for kubectl: for what stands in no file.</summary>
public static class RepairPatch
{
    /// <summary>A command for each step; null where a policy is new, which is applied whole.</summary>
    public static IReadOnlyList<string>? Commands(Repair repair) =>
        repair.Steps.All(static step => step.Patch is not null) ? [.. repair.Steps.Select(Command)] : null;

    private static string Command(RepairStep step)
    {
        var ns = step.Object.Namespace is { } name ? $" -n {Quoted(name)}" : "";
        return $"kubectl patch {Quoted(step.Object.Kind.ToLowerInvariant())} {Quoted(step.Object.Name)}{ns} --type=json -p {Quoted(step.Patch!)}";
    }

    /// <summary>As shells of Unix take it for one word.</summary>
    private static string Quoted(string text)
    {
        text = Printable.Of(text);
        return text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_')
            ? text
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }
}
