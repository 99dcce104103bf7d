using NetPolTools.Linting.Rules;
using NetPolTools.Sources;
using NetPolTools.Text;

namespace NetPolTools.Linting.Suppressing;

/// <summary>Parts findings into those that stay and those that somebody asked to be left out, and finds what is wrong with the asking.</summary>
/// <param name="rules">The rules that were asked: of others nobody knows what they would find.</param>
/// <param name="today">Suppressions that ended before silence nothing.</param>
/// <param name="objects">Gives the texts of all objects of the input: of others, a baseline may know more than this run.</param>
internal sealed class LintSuppressor(IReadOnlyCollection<LintRule> rules, DateOnly today, Func<HashSet<string>> objects)
{
    private readonly List<LintFinding> _kept = [];
    private readonly List<LintFinding> _suppressed = [];
    private readonly List<LintFinding> _found = [];
    private readonly List<LintBaselineEntry> _unused = [];
    private readonly HashSet<LintSuppression> _used = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<LintBaselineEntry> _usedEntries = [];
    private readonly Dictionary<(string Rule, string Object), LintSuppression> _byObject = [];
    private readonly Dictionary<(string Rule, string File, int Line), LintSuppression> _byLine = [];

    public IReadOnlyList<LintFinding> Kept => _kept;

    public IReadOnlyList<LintFinding> Suppressed => _suppressed;

    /// <summary>What is wrong with suppressions.</summary>
    public IReadOnlyList<LintFinding> Found => _found;

    /// <summary>Lines of the baseline that left nothing out.</summary>
    public IReadOnlyList<LintBaselineEntry> Unused => _unused;

    public void Run(
        IEnumerable<LintFinding> findings,
        IReadOnlyCollection<LintSuppression> annotations,
        IReadOnlyCollection<(LintSuppression Suppression, int Line)> comments,
        LintBaseline? baseline)
    {
        foreach (var annotation in annotations)
        {
            if (Check(annotation) is { } rule)
                _byObject[(rule.Id, annotation.Object!.ToString())] = annotation;
        }

        foreach (var (comment, line) in comments)
        {
            if (Check(comment) is { } rule)
                _byLine[(rule.Id, comment.Location.File!, line)] = comment;
        }

        var entries = baseline?.Entries.ToHashSet() ?? [];
        foreach (var finding in findings)
        {
            if (SuppressionOf(finding, entries) is { } suppression)
                _suppressed.Add(finding with { Suppression = suppression });
            else
                _kept.Add(finding);
        }

        FindUnused();
        FindUnused(baseline);
    }

    /// <summary>The rule that is meant; null where the suppression silences nothing, which is told.</summary>
    private LintRule? Check(LintSuppression suppression)
    {
        var rule = LintCatalogue.Find(suppression.Rule);
        var mistake = suppression.Mistake
            ?? (rule is null ? LintRulePattern.Diagnostic(suppression.Rule, LintCatalogue.All).Message
                : suppression.Reason.Length == 0 ? $"{rule.Id} is not silenced here: there is no reason. Write it behind the rule."
                : suppression.Until < today ? $"{rule.Id} is silenced here no more: that ended after {suppression.Until:yyyy-MM-dd}."
                : null);
        if (mistake is null)
            return rule;
        Tell(suppression, mistake);
        return null;
    }

    private LintSuppression? SuppressionOf(LintFinding finding, HashSet<LintBaselineEntry> entries)
    {
        // Most inputs silence nothing, and texts of all findings' objects would be many.
        LintSuppression? found = null;
        if ((_byLine.Count > 0 && _byLine.TryGetValue((finding.Rule.Id, finding.Location.File ?? "", finding.Location.Line), out found))
            || (_byObject.Count > 0 && finding.Object is { } about && _byObject.TryGetValue((finding.Rule.Id, about.ToString()), out found)))
        {
            _used.Add(found);
            return found;
        }

        if (entries.Count == 0)
            return null;
        var entry = LintBaselineEntry.Of(finding);
        if (!entries.Contains(entry))
            return null;
        _usedEntries.Add(entry);
        return new LintSuppression(LintSuppressionKind.Baseline, finding.Rule.Id, "known since the baseline was written", default);
    }

    private void FindUnused()
    {
        foreach (var suppression in _byObject.Values.Concat(_byLine.Values).Where(suppression => !_used.Contains(suppression)))
        {
            var rule = LintCatalogue.Find(suppression.Rule)!;
            if (rules.Contains(rule))
                Tell(suppression, $"{rule} finds nothing that this would silence; take it out.", Removal(suppression));
        }
    }

    private void FindUnused(LintBaseline? baseline)
    {
        var known = baseline is null ? [] : objects();
        foreach (var entry in baseline?.Entries ?? [])
        {
            if (_usedEntries.Contains(entry) || (LintCatalogue.Find(entry.Rule) is { } rule && !rules.Contains(rule)))
                continue;
            _unused.Add(entry);
            if (!known.Contains(entry.Object))
                continue;
            Tell(
                new LintSuppression(LintSuppressionKind.Baseline, entry.Rule, "", entry.Location),
                $"{entry.Rule} is no longer found at {entry.Object}{(entry.Path.Length == 0 ? "" : " " + entry.Path)}; take it out of the baseline.");
        }
    }

    /// <summary>How to take out what silences nothing; null where people have to.</summary>
    private static LintCorrection? Removal(LintSuppression suppression) => suppression.Kind switch
    {
        LintSuppressionKind.Annotation => new LintCorrection("Remove the annotation.")
        {
            Edits = [new RemovedField("metadata.annotations", AnnotationSuppressions.KeyOf(suppression.Rule))],
        },
        LintSuppressionKind.Comment when !suppression.IsShared => new LintCorrection("Remove the comment.") { RemovesComment = true },
        _ => null,
    };

    private void Tell(LintSuppression suppression, string message, LintCorrection? correction = null)
    {
        if (rules.FirstOrDefault(static rule => rule.Id == SuppressionRule.Id) is { } rule)
        {
            _found.Add(new LintFinding(rule, rule.Severity, suppression.Object, Printable.Of(message))
            {
                FieldPath = suppression.Kind == LintSuppressionKind.Annotation ? "metadata.annotations" : null,
                Location = suppression.Location,
                Corrections = correction is null ? [] : [correction],
            });
        }
    }
}
