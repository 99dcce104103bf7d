using NetPolTools.Diagnostics;

namespace NetPolTools.Authoring.Flows;

/// <summary>Counts records that ask for nothing, and reports all of them at once.</summary>
/// <param name="what">What was counted.</param>
internal sealed class LeftOutCounts(string what)
{
    private readonly SortedDictionary<LeftOut, int> _counts = [];

    public void Add(LeftOut why, int count = 1) => _counts[why] = _counts.GetValueOrDefault(why) + count;

    /// <param name="consequence">What becomes of them, as a verb.</param>
    public Diagnostic? Tell(string consequence) => _counts.Count == 0 ? null : new Diagnostic(
        DiagnosticId.FlowsLeftOut,
        DiagnosticSeverity.Warning,
        $"Of the {what}, {string.Join(", ", _counts.Select(static entry => $"{entry.Value} {TextOf(entry.Key)}"))} {consequence}.");

    private static string TextOf(LeftOut why) => why switch
    {
        LeftOut.Denied => "denied",
        LeftOut.Undetermined => "undetermined",
        LeftOut.Dropped => "dropped by something else than a policy",
        LeftOut.Reply => "of replies",
        LeftOut.OtherProtocol => "of other protocols than TCP, UDP and SCTP",
        LeftOut.UnknownDirection => "that may be of replies",
        LeftOut.WithoutVerdict => "without a verdict",
        LeftOut.FromOwnNode => "from a pod's own node, which is always allowed",
        LeftOut.OutsideOnly => "between addresses outside the cluster",
        LeftOut.UnknownAddress => "with addresses that the log leaves out",
        _ => "with ends that the snapshot does not hold",
    };
}
