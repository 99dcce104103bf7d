using NetPolTools.Text;

namespace NetPolTools.Linting.Suppressing;

/// <summary>
/// Findings that were there when somebody began, so that only new ones are told. They are known by rule, object and field, never by lines, and may only
/// become fewer: what is no longer found is to be taken out.
/// </summary>
/// <param name="File">Where it is kept.</param>
/// <param name="Entries">In the order of the file.</param>
public sealed record LintBaseline(string File, IReadOnlyList<LintBaselineEntry> Entries)
{
    /// <summary>All that was found; what other suppressions leave out is not among it.</summary>
    public static LintBaseline Of(string file, IEnumerable<LintFinding> findings) => new(
        file,
        [
            .. findings.Where(static finding => finding.Rule.Id != SuppressionRule.Id).Select(static finding => LintBaselineEntry.Of(finding)).Distinct()
                .OrderBy(static entry => entry.Object, StringComparer.Ordinal).ThenBy(static entry => entry.Rule, StringComparer.Ordinal)
                .ThenBy(static entry => entry.Path, StringComparer.Ordinal),
        ]);

    /// <summary>Without what is no longer found.</summary>
    /// <param name="unused">Its own entries that left nothing out.</param>
    public LintBaseline Without(IEnumerable<LintBaselineEntry> unused) => this with { Entries = [.. Entries.Except(unused)] };
}

/// <summary>One finding that is known.</summary>
/// <param name="Rule">The id of the rule.</param>
/// <param name="Object">As kind and name; the name of the file where no object was recognised.</param>
/// <param name="Path">The field; empty for the whole object.</param>
public sealed record LintBaselineEntry(string Rule, string Object, string Path)
{
    /// <summary>Where it stands; of no account for what is equal.</summary>
    public SourceLocation Location { get; internal init; }

    public bool Equals(LintBaselineEntry? other) => other is not null && Rule == other.Rule && Object == other.Object && Path == other.Path;

    public override int GetHashCode() => HashCode.Combine(Rule, Object, Path);

    public static LintBaselineEntry Of(LintFinding finding) =>
        new(finding.Rule.Id, finding.Object?.ToString() ?? finding.Location.File ?? "", finding.FieldPath ?? "");
}
