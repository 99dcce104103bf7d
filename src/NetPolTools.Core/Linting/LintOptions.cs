namespace NetPolTools.Linting;

/// <summary>Which rules are asked, and what is known of the input.</summary>
public sealed record LintOptions
{
    /// <summary>Ids or names, with wildcards; empty for all rules that speak without being asked for.</summary>
    public IReadOnlyList<string> IncludeRules { get; init; } = [];

    /// <summary>Ids or names, with wildcards.</summary>
    public IReadOnlyList<string> ExcludeRules { get; init; } = [];

    /// <summary>Only findings of these severities; empty for all.</summary>
    public IReadOnlyList<LintSeverity> Severities { get; init; } = [];

    /// <summary>What settings say; the last that names a rule counts. Rules that <see cref="IncludeRules"/> names are asked in any case.</summary>
    public IReadOnlyList<LintRuleSetting> RuleSettings { get; init; } = [];

    /// <summary>Of what the input holds all that there is; null for what its origin tells: a cluster is complete, manifests are not.</summary>
    public LintCompleteness? Complete { get; init; }

    /// <summary>The rules to be asked, of these.</summary>
    public IEnumerable<LintRule> Choose(IEnumerable<LintRule> rules) => rules.Where(rule =>
        (IncludeRules.Count == 0 ? IsAskedByDefault(rule) : LintRulePattern.Names(IncludeRules, rule)) && !LintRulePattern.Names(ExcludeRules, rule));

    /// <summary>A finding as grave as the settings say.</summary>
    public LintFinding Graded(LintFinding finding) => RuleSettings.Count == 0 ? finding : StateOf(finding.Rule) switch
    {
        LintRuleState.Note => finding with { Severity = LintSeverity.Note },
        LintRuleState.Warning => finding with { Severity = LintSeverity.Warning },
        LintRuleState.Error => finding with { Severity = LintSeverity.Error },
        _ => finding,
    };

    /// <summary>Whether findings of a severity are wanted.</summary>
    public bool Takes(LintSeverity severity) => Severities.Count == 0 || Severities.Contains(severity);

    private bool IsAskedByDefault(LintRule rule) => (StateOf(rule) ?? (rule.IsOptIn ? LintRuleState.Off : LintRuleState.On)) != LintRuleState.Off;

    private LintRuleState? StateOf(LintRule rule) => RuleSettings.LastOrDefault(setting => LintRulePattern.Names([setting.Pattern], rule))?.State;
}
