using NetPolTools.Diagnostics;
using NetPolTools.Linting;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>What rules found.</summary>
/// <param name="Findings">By file and place.</param>
/// <param name="Silent">Rules that were not asked, since the input need not hold all that there is.</param>
public sealed record LintReport(IReadOnlyList<LintFinding> Findings, IReadOnlyList<LintRule> Silent)
{
    private HashSet<(string Message, SourceLocation Location)>? _told;

    /// <summary>Rules that were asked, by id.</summary>
    public IReadOnlyList<LintRule> Asked { get; init; } = [];

    /// <summary>Whether a finding says the same, so that it needs no second line.</summary>
    public bool Tells(Diagnostic diagnostic) =>
        (_told ??= [.. Findings.Select(static finding => (finding.Message, finding.Location))]).Contains((diagnostic.Message, diagnostic.Location));
}
