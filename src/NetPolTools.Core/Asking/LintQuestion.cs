using NetPolTools.Diagnostics;
using NetPolTools.Linting;
using NetPolTools.Linting.Rules;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>What would a careful person want to be told about these policies?</summary>
public sealed record LintQuestion
{
    public LintOptions Options { get; init; } = new();

    public Assumptions Assumptions { get; init; } = new();

    /// <inheritdoc cref="ReachQuestion.Ask"/>
    public Answer<LintReport> Ask(ClusterEvaluator cluster, QuestionWords words, CancellationToken cancellation = default)
    {
        var snapshot = cluster.Snapshot;
        var findings = Findings.OfAny(words, snapshot, isNeeded: snapshot.ReadingDiagnostics.Count == 0);
        foreach (var unknown in Options.Unknown(LintCatalogue.All))
        {
            var meant = NearestNames.Question(NearestNames.Of(unknown, LintCatalogue.All.SelectMany(static rule => new[] { rule.Id, rule.Name })));
            findings.Add(new Diagnostic(DiagnosticId.NoMatch, DiagnosticSeverity.Error, $"There is no rule '{unknown}'.{meant}"), unknown);
            findings.Prevent();
        }

        if (findings.ArePreventing)
            return findings.GiveNone<LintReport>();
        findings.Add(cluster.Evaluate(Assumptions).Diagnostics);
        var complete = Options.Complete ?? (snapshot.Origin is null ? LintCompleteness.None : LintCompleteness.All);
        var context = new LintContext(snapshot, complete, () => cluster.Map(Assumptions, cancellation));
        LintRule[] rules = [.. Options.Choose(LintCatalogue.All)];
        return findings.Give(() => new LintReport(
            Linter.Run(context, rules, Options.MinSeverity, cancellation), [.. Linter.Silent(context, rules)]));
    }
}

/// <summary>What rules found.</summary>
/// <param name="Findings">By file and place.</param>
/// <param name="Silent">Rules that were not asked, since the input need not hold all that there is.</param>
public sealed record LintReport(IReadOnlyList<LintFinding> Findings, IReadOnlyList<LintRule> Silent);
