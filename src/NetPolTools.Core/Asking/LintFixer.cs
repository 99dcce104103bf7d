using NetPolTools.Dialects;
using NetPolTools.Difference;
using NetPolTools.Linting;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Snapshot;
using NetPolTools.Sources;
using NetPolTools.Text;

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

    /// <summary>What would mend a finding; null where that is left to people.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public LintFix? Propose(LintFinding finding, CancellationToken cancellation = default)
    {
        if (finding.Corrections.FirstOrDefault(static correction => correction.Edits.Count > 0) is not { } correction
            || _cluster.Snapshot.NetworkPolicies.FirstOrDefault(policy => policy.Reference == finding.Object) is not { } policy
            || policy.Location.File is not { } name || !File.Exists(name))
        {
            return null;
        }

        var fix = new LintFix(finding, correction, name);
        var file = _files.GetValueOrDefault(name) ?? SourceFile.Read(name);
        if (file is null)
            return fix with { Refusal = "The file is no text that would be the same when it is written again." };
        if (Edited(new SourceText(file.Text, parse), policy.Location, correction.Edits) is not { } text)
            return fix with { Refusal = "The text is written in a way in which the change cannot be made without touching more." };
        return Judged(fix with { After = file with { Text = text } }, policy, cancellation);
    }

    /// <summary>Goes on from a fix that was proposed last and not refused.</summary>
    public void Accept(LintFix fix)
    {
        _files[fix.File] = fix.After!;
        _cluster = new ClusterEvaluator(fix.Cluster!);
    }

    /// <summary>The text after the edits; null where one cannot be made, or the text would then say something else.</summary>
    private string? Edited(SourceText before, SourceLocation place, IReadOnlyList<SourceEdit> edits)
    {
        var text = before;
        var expected = before.Documents.Select(SourceValue.Of).ToArray();
        foreach (var edit in edits)
        {
            if (Root(text, place) is not var (document, path, root) || edit.Changes(text, root) is not { } changes
                || expected[document].Find(path) is not { } value || !edit.Apply(value, parse))
            {
                return null;
            }

            text = new SourceText(TextChange.Apply(text.Text, changes), parse);
        }

        return text.Documents.Count == expected.Length && text.Documents.Zip(expected).All(static pair => SourceValue.Of(pair.First).Says(pair.Second))
            ? text.Text
            : null;
    }

    /// <summary>The object that begins at a place: the number of its document, the way to it, and itself.</summary>
    private static (int Document, string Path, SourceNode Root)? Root(SourceText text, SourceLocation place)
    {
        var offset = text.OffsetOf(place);
        for (var i = 0; i < text.Documents.Count; i++)
        {
            var found = Within(text.Documents[i], "", offset);
            if (found is var (path, root))
                return (i, path, root);
        }

        return null;
    }

    private static (string Path, SourceNode Root)? Within(SourceNode node, string path, int offset)
    {
        if (node.Start == offset && node.Kind == SourceNodeKind.Map)
            return (path, node);
        var items = node["items"]?.Items ?? [];
        for (var i = 0; i < items.Count; i++)
        {
            if (Within(items[i], $"{path}{(path.Length > 0 ? "." : "")}items[{i}]", offset) is { } found)
                return found;
        }

        return null;
    }

    private LintFix Judged(LintFix fix, NetworkPolicy policy, CancellationToken cancellation)
    {
        var read = new ClusterSnapshotBuilder();
        new ManifestReader(read, AllDialects.Kinds, options).Read(new MemoryStream(fix.After!.Bytes()), fix.File, cancellation);
        var news = read.Build();
        if (news.NetworkPolicies.FirstOrDefault(found => found.Reference == policy.Reference) is not { } becomes)
            return fix with { Refusal = "The API server would not take the policy then." };
        var snapshot = _cluster.Snapshot.Reread(fix.File, news);
        var after = new ClusterEvaluator(snapshot);
        if (StillFound(fix.Finding, after, cancellation))
            return fix with { Refusal = "The rule would find the same again." };
        if (!snapshot.HoldsPods)
        {
            return PolicyContent.Of(policy) == PolicyContent.Of(becomes) && fix.Correction.Effect == LintEffect.None
                ? fix with { Cluster = snapshot }
                : fix with { Refusal = "The input holds no pods, so nobody can tell what the change would open or close." };
        }

        return Compared(fix with { Cluster = snapshot }, after, cancellation);
    }

    private bool StillFound(LintFinding finding, ClusterEvaluator after, CancellationToken cancellation) =>
        finding.Rule.Check(question.Context(after, cancellation)).Any(found => found.Object == finding.Object && found.FieldPath == finding.FieldPath);

    private LintFix Compared(LintFix fix, ClusterEvaluator after, CancellationToken cancellation)
    {
        var (opened, closed) = (0, 0);
        var about = fix.Finding.Object!;
        foreach (var change in DifferenceQuestion.Compare(_cluster, after, new ConnectionQuery(), question.Assumptions, cancellation).List(cancellation))
        {
            opened += change.Opened.IsEmpty ? 0 : 1;
            closed += change.Closed.IsEmpty ? 0 : 1;
            if (change.Policies.Any(policy => policy.Name != about.Name || policy.Namespace != about.Namespace))
                return fix with { Refusal = $"It would change {change.Source} -> {change.Destination} by other policies than this one." };
            if (!change.UndeterminedBefore.Equals(change.UndeterminedAfter))
                return fix with { Refusal = $"Nobody could tell what it would do to {change.Source} -> {change.Destination}." };
            if ((!change.Opened.IsEmpty && !fix.Correction.Effect.HasFlag(LintEffect.Opens))
                || (!change.Closed.IsEmpty && !fix.Correction.Effect.HasFlag(LintEffect.Closes)))
            {
                var does = change.Opened.IsEmpty ? "close" : "open";
                return fix with { Refusal = $"It would {does} {change.Source} -> {change.Destination}, which is not meant." };
            }
        }

        return fix with { Opened = opened, Closed = closed };
    }
}
