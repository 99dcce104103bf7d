using NetPolTools.Linting;
using NetPolTools.Linting.Rules;
using NetPolTools.Linting.Suppressing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;
using NetPolTools.Sources;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>What would a careful person want to be told about these policies?</summary>
public sealed record LintQuestion
{
    public LintOptions Options { get; init; } = new();

    /// <summary>Only what is said of objects in these namespaces, with wildcards; empty for all. Of what was not recognised, everything is said.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>The texts of inputs, for comments that silence findings; null where there are none to be had.</summary>
    public SourceTexts? Sources { get; init; }

    /// <summary>Whether to look up where the text that findings are about ends.</summary>
    public bool WithRegions { get; init; }

    /// <summary>Findings that are known; null for none.</summary>
    public LintBaseline? Baseline { get; init; }

    /// <summary>Suppressions that ended before silence nothing.</summary>
    public DateOnly Today { get; init; } = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().Date);

    public Assumptions Assumptions { get; init; } = new();

    /// <inheritdoc cref="ReachQuestion.Ask"/>
    public Answer<LintReport> Ask(ClusterEvaluator cluster, QuestionWords words, CancellationToken cancellation = default)
    {
        var snapshot = cluster.Snapshot;
        Findings? looked = null;
        ParallelParts.Do(
            Linter.IsSmall(snapshot),
            () => looked = Findings.OfAny(words, snapshot, isNeeded: snapshot.ReadingDiagnostics.All(static told => NP000Refused.IsUnread(told.Id))),
            () => _ = cluster.Evaluate(Assumptions));
        var findings = looked!;
        foreach (var unknown in LintRulePattern.Unknown(Options.IncludeRules.Concat(Options.ExcludeRules), LintCatalogue.All))
        {
            findings.Add(LintRulePattern.Diagnostic(unknown, LintCatalogue.All), unknown);
            findings.Prevent();
        }

        findings.AddUnknownNamespaces(Namespaces);
        if (findings.ArePreventing)
            return findings.GiveNone<LintReport>();
        findings.Add(cluster.Evaluate(Assumptions).Diagnostics);
        var context = Context(cluster, cancellation);
        LintRule[] rules = [.. Options.Choose(LintCatalogue.All)];
        return findings.Give(() => Report(context, rules, cancellation));
    }

    /// <summary>What rules look at.</summary>
    internal LintContext Context(ClusterEvaluator cluster, CancellationToken cancellation)
    {
        var snapshot = cluster.Snapshot;
        var complete = Options.Complete ?? (snapshot.Origin is null ? LintCompleteness.None : LintCompleteness.All);
        return new LintContext(snapshot, complete, () => cluster.Map(Assumptions, keepsPeers: true, cancellation), () => Assumptions.Cni.Judge(snapshot));
    }

    private LintReport Report(LintContext context, LintRule[] rules, CancellationToken cancellation)
    {
        LintRule[] silent = [.. Linter.Silent(context, rules)];
        LintRule[] asked = [.. rules.Except(silent)];
        var suppressor = new LintSuppressor(
            asked, Today, () => [.. context.Snapshot.Objects().Select(static found => found.Reference.ToString())]);
        IReadOnlyList<LintFinding> found = [];
        LintSuppression[] annotations = [];
        (LintSuppression, int)[] comments = [];
        ParallelParts.Do(
            Linter.IsSmall(context.Snapshot),
            () => found = [.. Linter.Run(context, asked, cancellation)],
            () => annotations = [.. AnnotationSuppressions.Of(context.Snapshot)],
            () => comments = [.. Comments(context.Snapshot)]);
        suppressor.Run(found, annotations, comments, Baseline);
        return new LintReport(Shown(suppressor.Kept.Concat(suppressor.Found)), silent)
        {
            Asked = asked,
            Suppressed = Shown(suppressor.Suppressed),
            Known = [.. suppressor.Kept, .. suppressor.Suppressed.Where(static finding => finding.Suppression!.Kind == LintSuppressionKind.Baseline)],
            Unused = suppressor.Unused,
        };
    }

    private LintFinding[] Shown(IEnumerable<LintFinding> findings)
    {
        LintFinding[] shown = [.. Linter.Sorted(findings.Select(Options.Graded)
            .Where(finding => Options.Takes(finding.Severity) && (Namespaces.Count == 0 || finding.Object is not { } about || IsMeant(about))))];
        return WithRegions && Sources is { } sources ? LintRegions.Of(shown, sources.Open) : shown;
    }

    private IEnumerable<(LintSuppression Suppression, int Line)> Comments(ClusterSnapshot snapshot)
    {
        if (Sources is not { } sources)
            yield break;
        var names = snapshot.Objects().Select(static found => found.Location.File).Concat(snapshot.ReadingDiagnostics.Select(static told => told.Location.File))
            .OfType<string>().Distinct();
        foreach (var name in names)
        {
            foreach (var comment in sources.OpenIfHolds(name, CommentSuppressions.Marker) is { } text ? CommentSuppressions.Of(text, name) : [])
                yield return comment;
        }
    }

    private bool IsMeant(ObjectReference about) => (about.Namespace ?? (about.Kind == Namespace.KindName ? about.Name : null)) is { } ns
        && Namespaces.Any(pattern => WildcardNames.Match(pattern, ns));
}
