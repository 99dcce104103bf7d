using NetPolTools.Diagnostics;
using NetPolTools.Linting;
using NetPolTools.Linting.Suppressing;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>What rules found.</summary>
/// <param name="Findings">By file and place.</param>
/// <param name="Silent">Rules that were not asked, since the input need not hold all that there is.</param>
public sealed record LintReport(IReadOnlyList<LintFinding> Findings, IReadOnlyList<LintRule> Silent)
{
    /// <summary>How often it is looked for what is told one by one: mostly there are few diagnostics, and may be hundreds of thousands of findings.</summary>
    private const int MostLookedFor = 8;

    private HashSet<(string Message, SourceLocation Location)>? _told;
    private int _lookedFor;

    /// <summary>Rules that were asked, by id.</summary>
    public IReadOnlyList<LintRule> Asked { get; init; } = [];

    /// <summary>Findings that were left out, since somebody asked for it.</summary>
    public IReadOnlyList<LintFinding> Suppressed { get; init; } = [];

    /// <summary>What a baseline written now has to hold: all that no comment and no annotation silences, whatever is shown of it.</summary>
    public IReadOnlyList<LintFinding> Known { get; init; } = [];

    /// <summary>Lines of the baseline that left nothing out.</summary>
    public IReadOnlyList<LintBaselineEntry> Unused { get; init; } = [];

    /// <summary>Whether a finding says the same, so that it needs no second line.</summary>
    public bool Tells(Diagnostic diagnostic)
    {
        if (_told is null && ++_lookedFor <= MostLookedFor)
            return Says(Findings) || Says(Suppressed);
        _told ??= [.. Findings.Concat(Suppressed).Select(static finding => (finding.Message, finding.Location))];
        return _told.Contains((diagnostic.Message, diagnostic.Location));

        bool Says(IReadOnlyList<LintFinding> findings)
        {
            foreach (var finding in findings)
            {
                if (finding.Location == diagnostic.Location && finding.Message == diagnostic.Message)
                    return true;
            }

            return false;
        }
    }
}
