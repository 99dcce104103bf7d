using NetPolTools.Diagnostics;
using NetPolTools.Text;

namespace NetPolTools.Linting;

/// <summary>Rules named by id or name, with wildcards; case does not count.</summary>
public static class LintRulePattern
{
    /// <summary>Whether any of some patterns names a rule.</summary>
    public static bool Names(IEnumerable<string> patterns, LintRule rule)
    {
        var name = rule.Name.ToUpperInvariant();
        return patterns.Select(static pattern => pattern.ToUpperInvariant())
            .Any(pattern => WildcardNames.Match(pattern, rule.Id) || WildcardNames.Match(pattern, name));
    }

    /// <summary>Patterns that name none of these rules.</summary>
    public static IEnumerable<string> Unknown(IEnumerable<string> patterns, IReadOnlyCollection<LintRule> rules) =>
        patterns.Where(pattern => !rules.Any(rule => Names([pattern], rule))).Distinct();

    /// <summary>What to tell of a pattern that names no rule.</summary>
    public static Diagnostic Diagnostic(string unknown, IEnumerable<LintRule> rules)
    {
        var meant = NearestNames.Question(NearestNames.Of(unknown, rules.SelectMany(static rule => new[] { rule.Id, rule.Name })));
        return new Diagnostic(DiagnosticId.NoMatch, DiagnosticSeverity.Error, $"There is no rule '{unknown}'.{meant}");
    }
}
