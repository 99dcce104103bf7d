using NetPolTools.Diagnostics;

namespace NetPolTools.Tests.Corpus;

/// <summary>Cases of np-guard/netpol-analyzer with its answers.</summary>
public sealed class NetpolAnalyzerTests
{
    private const string RefusedName = "The server refuses the name of its only policy, which has underscores.";

    /// <summary>Where we answer otherwise, what we say about it, and why.</summary>
    private static readonly Dictionary<string, (DiagnosticId Reported, string Reason)> Differing = new()
    {
        ["example_pods_w_same_owner_and_labels_gap_with_good_match_expression"] = (DiagnosticId.InvalidValue, RefusedName),
        ["example_pods_w_same_owner_and_labels_gap_with_policy_selector_not_in_gap"] = (DiagnosticId.InvalidValue, RefusedName),
        ["malformed-pod-example-3"] = (DiagnosticId.NotAnObject, "It passes over a list without a kind; we read what the items say of themselves."),
        ["np_bad_path_test_1"] = (DiagnosticId.DuplicateObject, "It stops at an object that stands there twice; we take the later one."),
    };

    private static readonly AnalyzerCases Cases = new("netpol", Differing, new Dictionary<string, string>());

    public static TheoryData<string> Answered => Cases.Answered;

    public static TheoryData<string> Rejected => Cases.Rejected;

    public static TheoryData<string> AnsweredOtherwise => Cases.AnsweredOtherwise;

    [CorpusTheory]
    [MemberData(nameof(Answered))]
    public void The_same_connections_are_found(string name) => Cases.AssertAnswered(name);

    [CorpusTheory]
    [MemberData(nameof(Rejected))]
    public void What_the_analyser_refuses_is_an_error(string name) => Cases.AssertRejected(name);

    [CorpusTheory]
    [MemberData(nameof(AnsweredOtherwise))]
    public void What_makes_the_answers_differ_is_reported(string name) => Cases.AssertReported(name);
}
