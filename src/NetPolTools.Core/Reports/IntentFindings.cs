using NetPolTools.Asking;
using NetPolTools.Intents;
using NetPolTools.Linting;

namespace NetPolTools.Reports;

/// <summary>Intents that do not hold, as findings: for the forms of reports that are about what is wrong and where.</summary>
internal static class IntentFindings
{
    public static LintReport Of(IntentReport report) => new(
        [.. report.Results.Where(static result => result.Status != IntentStatus.Passed).Select(Of)], [])
    {
        Asked = [IntentRule.NotReachable, IntentRule.Reachable, IntentRule.SomethingElse, IntentRule.Undetermined],
    };

    private static LintFinding Of(IntentResult result)
    {
        var rule = RuleOf(result);
        return new LintFinding(rule, rule.Severity, null, $"{result.Intent}: {string.Join(' ', IntentWriting.Lines(result))}")
        {
            Location = result.Intent.Location,
            KnownBy = result.Intent.Name,
        };
    }

    private static IntentRule RuleOf(IntentResult result) => result switch
    {
        { Status: IntentStatus.Undetermined } => IntentRule.Undetermined,
        { Intent.Kind: IntentKind.NothingElse } => IntentRule.SomethingElse,
        { LacksConnection: true } => IntentRule.NotReachable,
        _ => IntentRule.Reachable,
    };
}
