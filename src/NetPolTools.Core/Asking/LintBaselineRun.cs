using NetPolTools.Diagnostics;
using NetPolTools.Linting.Suppressing;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>A baseline before a run and after it.</summary>
/// <param name="file">The file, as a whole path; null for none.</param>
/// <param name="use">What is to be done with it.</param>
public sealed class LintBaselineRun(string? file, LintBaselineUse use)
{
    private LintBaseline? _before;

    /// <summary>What the run is not to tell; null for nothing.</summary>
    public LintBaseline? Before => _before;

    /// <summary>Reads it where the run needs it.</summary>
    /// <returns>False where the run cannot be made as it was asked for, which is reported.</returns>
    public bool Begin(Action<Diagnostic> report)
    {
        switch (use)
        {
            case not LintBaselineUse.Read when file is null:
                report(new Diagnostic(DiagnosticId.InvalidValue, DiagnosticSeverity.Error, "Nothing says which file is the baseline."));
                return false;
            case LintBaselineUse.New when File.Exists(file):
                const string Kept = "The baseline is there already, and may only become shorter; remove it to begin anew.";
                report(new Diagnostic(DiagnosticId.FileExists, DiagnosticSeverity.Error, Kept) { Location = new SourceLocation(file, 0, 0) });
                return false;
            case LintBaselineUse.New:
                return true;
            default:
                _before = file is null ? null : LintBaselineFile.Read(file, report);
                return file is null || _before is not null;
        }
    }

    /// <summary>What the file is to become: its text, and what that means in words; null where it stays as it is.</summary>
    public (string File, string Text, string Words)? After(LintReport report)
    {
        switch (use)
        {
            case LintBaselineUse.New:
                var made = LintBaseline.Of(file!, report.Known);
                return (file!, LintBaselineFile.Write(made), $"Write {Wording.Count(made.Entries.Count, "known finding")}");
            case LintBaselineUse.Prune when report.Unused.Count > 0:
                return (file!, LintBaselineFile.Write(_before!.Without(report.Unused)), $"Take out {Wording.Count(report.Unused.Count, "finding")}");
            default:
                return null;
        }
    }
}
