using NetPolTools.Diagnostics;

namespace NetPolTools.Linting;

/// <summary>A rule about something that the reading of the input finds anyway.</summary>
internal abstract class DiagnosedRule : LintRule
{
    private protected DiagnosedRule(string id, string name, LintSeverity severity, LintNeeds needs = LintNeeds.Policy)
        : base(id, name, severity, needs)
    {
    }

    internal sealed override IEnumerable<LintFinding> Check(LintContext context) =>
        context.Snapshot.ReadingDiagnostics.Where(diagnostic => IsMeant(diagnostic) && !IsFine(diagnostic, context)).Select(diagnostic =>
            Find(diagnostic) with { Severity = SeverityOf(diagnostic), Corrections = CorrectionsOf(diagnostic) });

    private protected abstract bool IsMeant(Diagnostic diagnostic);

    /// <summary>Whether other objects of the input, which the reading does not know of, make it no trouble.</summary>
    private protected virtual bool IsFine(Diagnostic diagnostic, LintContext context) => false;

    private protected virtual LintSeverity SeverityOf(Diagnostic diagnostic) => Severity;

    private protected virtual IReadOnlyList<LintCorrection> CorrectionsOf(Diagnostic diagnostic) => [];
}
