using NetPolTools.Text;

namespace NetPolTools.Linting;

/// <summary>Which rules are asked, and what is known of the input.</summary>
public sealed record LintOptions
{
    /// <summary>Ids or names, with wildcards; empty for all rules that speak without being asked for.</summary>
    public IReadOnlyList<string> IncludeRules { get; init; } = [];

    /// <summary>Ids or names, with wildcards.</summary>
    public IReadOnlyList<string> ExcludeRules { get; init; } = [];

    /// <summary>Findings below this are left out.</summary>
    public LintSeverity MinSeverity { get; init; }

    /// <summary>Of what the input holds all that there is; null for what its origin tells: a cluster is complete, manifests are not.</summary>
    public LintCompleteness? Complete { get; init; }

    /// <summary>The rules to be asked, of these.</summary>
    public IEnumerable<LintRule> Choose(IEnumerable<LintRule> rules) => rules.Where(rule =>
        (IncludeRules.Count == 0 ? !rule.IsOptIn : Names(IncludeRules, rule)) && !(ExcludeRules.Count > 0 && Names(ExcludeRules, rule)));

    /// <summary>Patterns that name none of these rules.</summary>
    public IEnumerable<string> Unknown(IReadOnlyCollection<LintRule> rules) =>
        IncludeRules.Concat(ExcludeRules).Where(pattern => !rules.Any(rule => Names([pattern], rule))).Distinct();

    private static bool Names(IReadOnlyList<string> patterns, LintRule rule) =>
        patterns.Any(pattern => WildcardNames.Match(pattern, rule.Id) || WildcardNames.Match(pattern, rule.Name));
}
