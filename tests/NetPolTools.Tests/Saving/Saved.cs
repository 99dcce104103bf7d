using System.Text;
using System.Text.RegularExpressions;
using NetPolTools.Asking;
using NetPolTools.Cni;
using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Reading;
using NetPolTools.Reports;
using NetPolTools.Saving;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Saving;

/// <summary>Snapshots written to files and read again.</summary>
internal static partial class Saved
{
    public static readonly SnapshotOrigin Origin = new(new DateTimeOffset(2026, 1, 31, 23, 0, 0, TimeSpan.Zero), null, null);

    public static string Text(ClusterSnapshot snapshot, SnapshotOrigin? origin = null)
    {
        using var file = new MemoryStream();
        SnapshotFile.Write(snapshot, origin ?? Origin, file);
        return Encoding.UTF8.GetString(file.ToArray());
    }

    public static ClusterSnapshot Read(string text) => Cluster.Of(text).Snapshot;

    /// <summary>The snapshot reads back as the same, and its questions have the same answers.</summary>
    public static void AssertReadsBack(ClusterSnapshot snapshot)
    {
        var text = Text(snapshot);
        var again = Read(text);
        Assert.Equal(text, Text(again));
        Assert.Equal(Told(snapshot.ReadingDiagnostics.Concat(snapshot.UntoldDuplicates)), Told(again.ReadingDiagnostics));
        Assert.Equal(snapshot.Gaps.Except(snapshot.UntoldDuplicates)
            .Select(static gap => (gap.Id, gap.Message)), again.Gaps.Select(static gap => (gap.Id, gap.Message)));
        Assert.Equal(Plugin(snapshot), Plugin(again));
        AssertSameAnswers(snapshot, again);
    }

    /// <summary>Who can reach whom, who is isolated, and what differs, which is nothing.</summary>
    public static void AssertSameAnswers(ClusterSnapshot snapshot, ClusterSnapshot again)
    {
        Assert.Equal(Connections(snapshot), Connections(again));
        Assert.Equal(Isolation(snapshot), Isolation(again));
        if (snapshot.HoldsPods)
            Assert.Empty(Changes(snapshot, again));
    }

    public static IEnumerable<string> Changes(ClusterSnapshot before, ClusterSnapshot after)
    {
        var question = new DifferenceQuestion(new ConnectionQuery());
        var found = question.Ask(new ClusterEvaluator(before), new ClusterEvaluator(after), QuestionWords.Plain).Value!;
        return found.Ends.Select(static end => end.ToString()!)
            .Concat(found.Policies.Select(static policy => policy.ToString()!))
            .Concat(found.List().Select(static change => change.ToString()!));
    }

    private static IEnumerable<Diagnostic> Told(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.Select(static told => told with { IsOfOtherText = false }).OrderBy(static told => told.ToString(), StringComparer.Ordinal);

    private static string Plugin(ClusterSnapshot snapshot)
    {
        var text = new StringWriter();
        new CniTextWriter(text).Write(CniJudge.Judge(snapshot));
        return text.ToString();
    }

    private static string[] Connections(ClusterSnapshot snapshot)
    {
        var answer = new ReachQuestion(new ConnectionQuery { By = GroupBy.Pod, IncludeDenied = true }) { Assumptions = Assumptions.None }.Ask(
            new ClusterEvaluator(snapshot), QuestionWords.Plain);
        return
        [
            .. answer.Diagnostics.Select(static told => told.Diagnostic.Message),
            .. answer.Value?.List()
                .Select(static line => $"{line.Source} -> {line.Destination}: {line.Ports}; {Place().Replace(string.Join("; ", line.Notes), "")}") ?? [],
        ];
    }

    private static string[] Isolation(ClusterSnapshot snapshot)
    {
        if (!snapshot.HoldsPods)
            return [];
        var answer = new IsolationQuestion().Ask(new ClusterEvaluator(snapshot), QuestionWords.Plain);
        var text = new StringWriter();
        new IsolationJsonWriter(text).Write(answer.Value!.Workloads, [], []);
        return text.ToString().Split('\n');
    }

    /// <summary>Where a rule stands, which is another place in another file.</summary>
    [GeneratedRegex(@" \([^()]*:\d+:\d+\)")]
    private static partial Regex Place();
}
