using NetPolTools.Asking;
using NetPolTools.Linting;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Linting;

/// <summary>What single rules of lint find in manifests.</summary>
internal static class Lints
{
    /// <param name="rule">Its id.</param>
    /// <param name="manifests">One or more.</param>
    public static IReadOnlyList<LintFinding> Of(string rule, params string[] manifests) => Of(rule, Given.Cluster(manifests).Snapshot);

    /// <summary>Of all rules that speak without being asked for.</summary>
    public static IReadOnlyList<LintFinding> Usual(params string[] manifests) =>
        new LintQuestion().Ask(new ClusterEvaluator(Given.Cluster(manifests).Snapshot), QuestionWords.Plain).Value!.Findings;

    public static IReadOnlyList<LintFinding> Of(string rule, ClusterSnapshot snapshot, LintCompleteness complete = LintCompleteness.None)
    {
        var question = new LintQuestion { Options = new LintOptions { IncludeRules = [rule], Complete = complete } };
        return question.Ask(new ClusterEvaluator(snapshot), QuestionWords.Plain).Value!.Findings;
    }
}
