using NetPolTools.Diagnostics;
using NetPolTools.Linting;
using NetPolTools.Linting.Rules;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>What would a careful person want to be told about these policies?</summary>
public sealed record LintQuestion
{
    public LintOptions Options { get; init; } = new();

    /// <summary>Only what is said of objects in these namespaces, with wildcards; empty for all. Of what was not recognised, everything is said.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    public Assumptions Assumptions { get; init; } = new();

    /// <inheritdoc cref="ReachQuestion.Ask"/>
    public Answer<LintReport> Ask(ClusterEvaluator cluster, QuestionWords words, CancellationToken cancellation = default)
    {
        var snapshot = cluster.Snapshot;
        var findings = Findings.OfAny(words, snapshot, isNeeded: snapshot.ReadingDiagnostics.All(static told => NP000Refused.IsUnread(told.Id)));
        foreach (var unknown in LintRulePattern.Unknown(Options.IncludeRules.Concat(Options.ExcludeRules), LintCatalogue.All))
        {
            findings.Add(LintRulePattern.Diagnostic(unknown, LintCatalogue.All), unknown);
            findings.Prevent();
        }

        findings.AddUnknownNamespaces(Namespaces);
        if (findings.ArePreventing)
            return findings.GiveNone<LintReport>();
        findings.Add(cluster.Evaluate(Assumptions).Diagnostics);
        var complete = Options.Complete ?? (snapshot.Origin is null ? LintCompleteness.None : LintCompleteness.All);
        var context = new LintContext(snapshot, complete, () => cluster.Map(Assumptions, cancellation), () => Assumptions.Cni.Judge(snapshot));
        LintRule[] rules = [.. Options.Choose(LintCatalogue.All)];
        return findings.Give(() => new LintReport(
            [.. Linter.Run(context, rules, Options.Takes, cancellation).Where(IsAbout)], [.. Linter.Silent(context, rules)]));
    }

    private bool IsAbout(LintFinding finding) => Namespaces.Count == 0 || finding.Object is not { } about
        || ((about.Namespace ?? (about.Kind == Namespace.KindName ? about.Name : null)) is { } ns
            && Namespaces.Any(pattern => WildcardNames.Match(pattern, ns)));
}

/// <summary>What rules found.</summary>
/// <param name="Findings">By file and place.</param>
/// <param name="Silent">Rules that were not asked, since the input need not hold all that there is.</param>
public sealed record LintReport(IReadOnlyList<LintFinding> Findings, IReadOnlyList<LintRule> Silent)
{
    private HashSet<(string Message, SourceLocation Location)>? _told;

    /// <summary>Whether a finding says the same, so that it needs no second line.</summary>
    public bool Tells(Diagnostic diagnostic) =>
        (_told ??= [.. Findings.Select(static finding => (finding.Message, finding.Location))]).Contains((diagnostic.Message, diagnostic.Location));
}
