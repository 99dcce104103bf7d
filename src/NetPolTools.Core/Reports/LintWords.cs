using NetPolTools.Linting;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>How findings read, whatever the form of the report.</summary>
internal static class LintWords
{
    public static string Of(LintSeverity severity) => severity switch
    {
        LintSeverity.Error => "error",
        LintSeverity.Warning => "warning",
        _ => "note",
    };

    /// <summary>What a finding is about: its object, or the place where no object was recognised.</summary>
    public static string About(LintFinding finding) => Printable.Of(finding.Object?.ToString() ?? finding.Location.ToString());

    /// <summary><c>web.yaml:3:5 spec.ingress[0]: Everyone may …</c>.</summary>
    public static string Line(LintFinding finding)
    {
        string[] place = [.. new[] { finding.Location.ToString(), finding.FieldPath ?? "" }.Where(static part => part.Length > 0)];
        return Printable.Of(place.Length == 0 ? finding.Message : $"{string.Join(' ', place)}: {finding.Message}");
    }

    /// <summary>Ways to mend it, a line for each.</summary>
    public static IEnumerable<string> Corrections(LintFinding finding) => finding.Corrections.Select(static correction =>
        Printable.Of(correction.Text is null ? correction.Description : $"{correction.Description} {correction.Text}"));

    /// <summary>The gravest first.</summary>
    public static IEnumerable<LintFinding> BySeverity(IEnumerable<LintFinding> findings) => findings.OrderByDescending(static finding => finding.Severity);
}
