using NetPolTools.Diagnostics;

namespace NetPolTools.Linting;

/// <summary>A rule about something that the reading of the input finds anyway.</summary>
internal abstract class DiagnosedRule : LintRule
{
    private protected DiagnosedRule(string id, string name, LintSeverity severity)
        : base(id, name, severity, LintNeeds.Policy)
    {
    }

    internal sealed override IEnumerable<LintFinding> Check(LintContext context) =>
        context.Snapshot.ReadingDiagnostics.Where(IsMeant).Select(diagnostic =>
            new LintFinding(this, SeverityOf(diagnostic), diagnostic.Object, diagnostic.Message)
            {
                FieldPath = string.IsNullOrEmpty(diagnostic.FieldPath) ? null : diagnostic.FieldPath,
                Location = diagnostic.Location,
            });

    private protected abstract bool IsMeant(Diagnostic diagnostic);

    private protected virtual LintSeverity SeverityOf(Diagnostic diagnostic) => Severity;
}
