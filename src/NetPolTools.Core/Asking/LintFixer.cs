using NetPolTools.Dialects;
using NetPolTools.Difference;
using NetPolTools.Linting;
using NetPolTools.Linting.Suppressing;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Sets;
using NetPolTools.Snapshot;
using NetPolTools.Sources;

namespace NetPolTools.Asking;

/// <summary>
/// Makes corrections in the text of files, one after the other. Each is made for trial first: it counts only where the text says what it is meant to say and
/// nothing else is said otherwise, the rule has nothing more to say there, and the difference between before and after is the one that is meant.
/// </summary>
/// <param name="question">As the findings were asked for.</param>
/// <param name="cluster">Whose findings they are.</param>
/// <param name="options">How files were read.</param>
/// <param name="parse">Reads texts.</param>
public sealed class LintFixer(LintQuestion question, ClusterEvaluator cluster, ManifestReaderOptions options, SourceParser parse)
{
    private readonly Dictionary<string, SourceFile> _files = [];
    private ClusterEvaluator _cluster = cluster;

    /// <summary>Every file that fixes were accepted in, as it is to be.</summary>
    public IReadOnlyDictionary<string, SourceFile> Files => _files;

    /// <summary>Findings in the order in which they are to be mended: from the end of a file, so that the numbers of rules before it stay.</summary>
    public static IEnumerable<LintFinding> InOrder(IEnumerable<LintFinding> findings) => findings
        .OrderBy(static finding => finding.Location.File, StringComparer.Ordinal)
        .ThenByDescending(static finding => finding.Location.Line)
        .ThenByDescending(static finding => finding.Location.Column);

    /// <summary>What would mend a finding; null where that is left to people.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public LintFix? Propose(LintFinding finding, CancellationToken cancellation = default)
    {
        if (finding.Corrections.FirstOrDefault(static correction => correction.CanBeMade) is not { } correction)
            return null;
        var isOfObject = correction.Edits.Count > 0 || correction.RemovesObject;
        var about = isOfObject ? _cluster.Snapshot.Objects().FirstOrDefault(found => found.Reference == finding.Object) : null;
        var name = isOfObject ? about?.Location.File : finding.Location.File;
        if (name is null || !File.Exists(name))
            return null;
        var fix = new LintFix(finding, correction, name);
        if (_files.Count > 0 && finding.Rule.Id != SuppressionRule.Id && !IsFound(finding, _cluster, cancellation))
            return fix with { IsMadeAlready = true };
        if (SourceFile.IsLong(name))
            return fix with { Refusal = $"The file is longer than {SourceFile.MostMegabytes} MB, and such files are changed by hand." };
        var file = _files.GetValueOrDefault(name) ?? SourceFile.Read(name);
        if (file is null)
            return fix with { Refusal = "The file is no text that would be the same when it is written again." };
        var comment = correction.RemovesComment ? CommentAt(name, finding) : null;
        if (new LintFixText(new SourceText(file.Text, parse), parse).After(correction, about, comment) is not { } text)
            return fix with { Refusal = "The text is written in a way in which the change cannot be made without touching more." };
        return Judged(fix with { After = file with { Text = text } }, about, cancellation);
    }

    /// <summary>Goes on from a fix that was proposed last and not refused.</summary>
    public void Accept(LintFix fix)
    {
        if (fix.IsMadeAlready)
            return;
        _files[fix.File] = fix.After!;
        _cluster = new ClusterEvaluator(fix.Cluster!);
    }

    /// <summary>The comment that a finding is about, as the file had it when it was read.</summary>
    private string? CommentAt(string name, LintFinding finding)
    {
        if (SourceFile.Read(name) is not { } file)
            return null;
        var text = new SourceText(file.Text, parse);
        return text.OffsetOf(finding.Location) is >= 0 and var offset ? file.Text[offset..text.EndOfLine(text.LineOf(offset))] : null;
    }

    private LintFix Judged(LintFix fix, KubernetesObject? about, CancellationToken cancellation)
    {
        var read = new ClusterSnapshotBuilder();
        new ManifestReader(read, AllDialects.Kinds, options).Read(new MemoryStream(fix.After!.Bytes()), fix.File, cancellation);
        var news = read.Build();
        var snapshot = _cluster.Snapshot.Reread(fix.File, news);
        if (fix.Correction.RemovesComment)
            return fix with { Cluster = snapshot };
        var isThere = about is not null && news.Objects().Any(found => found.Reference == about.Reference);
        if (fix.Correction.AddedDocument is not null)
            about = news.NetworkPolicies.ExceptBy(_cluster.Snapshot.NetworkPolicies.Select(static known => known.Reference), static found => found.Reference)
                .FirstOrDefault();
        if (about is null || isThere == (fix.Correction.RemovesObject || fix.Correction.AddedDocument is not null))
            return fix with { Refusal = "The API server would not take the policy then." };
        var after = new ClusterEvaluator(snapshot);
        if (IsFound(fix.Finding, after, cancellation))
            return fix with { Refusal = "The rule would find the same again." };
        if (!snapshot.HoldsPods)
        {
            return Says(about) is { } before && snapshot.Objects().FirstOrDefault(found => found.Reference == about.Reference) is { } becomes
                && Says(becomes) == before && fix.Correction.Effect == LintEffect.None
                ? fix with { Cluster = snapshot }
                : fix with { Refusal = "The input holds no pods, so nobody can tell what the change would open or close." };
        }

        return Compared(fix with { Cluster = snapshot }, about.Reference, after, cancellation);
    }

    /// <summary>What a policy says, however it is written; null where that is not known.</summary>
    private static string? Says(KubernetesObject found) => found is NetworkPolicy policy ? PolicyContent.Of(policy) : null;

    private bool IsFound(LintFinding finding, ClusterEvaluator cluster, CancellationToken cancellation) =>
        finding.Rule.Check(question.Context(cluster, cancellation)).Any(found => found.Object == finding.Object && found.FieldPath == finding.FieldPath);

    private LintFix Compared(LintFix fix, ObjectReference about, ClusterEvaluator after, CancellationToken cancellation)
    {
        var (opened, closed) = (0, 0);
        foreach (var change in DifferenceQuestion.Compare(_cluster, after, new ConnectionQuery(), question.Assumptions, cancellation).List(cancellation))
        {
            opened += change.Opened.IsEmpty ? 0 : 1;
            closed += change.Closed.IsEmpty ? 0 : 1;
            if (change.Policies.Any(policy => policy.Name != about.Name || policy.Namespace != about.Namespace))
                return fix with { Refusal = $"It would change {change.Source} -> {change.Destination} by other policies than this one." };
            var mayOpen = change.UndeterminedAfter.Except(change.UndeterminedBefore);
            var mayClose = change.UndeterminedBefore.Except(change.UndeterminedAfter);
            if (!IsMeant(mayOpen, LintEffect.Opens, fix.Correction.OpenedPorts)
                || !IsMeant(mayClose.Except(change.After), LintEffect.Closes, fix.Correction.ClosedPorts))
                return fix with { Refusal = $"Nobody could tell what it would do to {change.Source} -> {change.Destination}." };
            var (opens, closes) = (IsMeant(change.Opened, LintEffect.Opens, fix.Correction.OpenedPorts),
                IsMeant(change.Closed, LintEffect.Closes, fix.Correction.ClosedPorts));
            if (!opens || !closes)
                return fix with { Refusal = $"It would {(opens ? "close" : "open")} {change.Source} -> {change.Destination}, which is not meant." };
        }

        return fix with { Opened = opened, Closed = closed };

        bool IsMeant(PortSet ports, LintEffect effect, PortSet? only) =>
            ports.IsEmpty || (fix.Correction.Effect.HasFlag(effect) && (only is null || ports.Except(only).IsEmpty));
    }
}
