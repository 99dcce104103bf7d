using NetPolTools.Linting;
using NetPolTools.Linting.Rules;
using NetPolTools.Objects;
using NetPolTools.Sources;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>What would a careful person want to be told about these policies?</summary>
public sealed record LintQuestion
{
    public LintOptions Options { get; init; } = new();

    /// <summary>Only what is said of objects in these namespaces, with wildcards; empty for all. Of what was not recognised, everything is said.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>The texts of inputs, by the names that locations have for them; null where nobody asks where findings end.</summary>
    public Func<string, SourceText?>? Sources { get; init; }

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
        return findings.Give(() => Report(context, rules, cancellation));
    }

    private LintReport Report(LintContext context, LintRule[] rules, CancellationToken cancellation)
    {
        var found = Linter.Run(context, rules, Options.Takes, cancellation).Where(IsAbout);
        if (Sources is not null)
            found = found.Select(new LintRegions(Sources).Of);
        LintRule[] silent = [.. Linter.Silent(context, rules)];
        return new LintReport([.. found], silent) { Asked = [.. rules.Except(silent)] };
    }

    private bool IsAbout(LintFinding finding) => Namespaces.Count == 0 || finding.Object is not { } about
        || ((about.Namespace ?? (about.Kind == Namespace.KindName ? about.Name : null)) is { } ns
            && Namespaces.Any(pattern => WildcardNames.Match(pattern, ns)));
}
