using System.Management.Automation;
using NetPolTools.Summaries;

namespace NetPolTools.Output;

/// <summary>What the format file's cells show of summaries: a figure, or two where nothing in the input decides between them.</summary>
public static class SummaryDisplay
{
    public static string ReachedBy(PSObject summary) => Text(summary, nameof(NetPolReachSummary.ReachedBy), nameof(NetPolReachSummary.ReachedByAtMost));

    /// <summary>Coloured where anybody outside may come in.</summary>
    public static string FromOutside(PSObject summary)
    {
        var text = Text(summary, nameof(NetPolReachSummary.FromOutside), nameof(NetPolReachSummary.FromOutsideAtMost));
        return text == nameof(OutsideReach.None) ? text : Style.Open(text);
    }

    public static string Reaches(PSObject summary) => Text(summary, nameof(NetPolReachSummary.Reaches), nameof(NetPolReachSummary.ReachesAtMost));

    public static string ToOutside(PSObject summary) => Text(summary, nameof(NetPolReachSummary.ToOutside), nameof(NetPolReachSummary.ToOutsideAtMost));

    private static string Text(PSObject summary, string certain, string possible)
    {
        var (least, most) = (Shown.Text(summary, certain), Shown.Text(summary, possible));
        return least == most ? least : $"{least} to {most}";
    }
}
