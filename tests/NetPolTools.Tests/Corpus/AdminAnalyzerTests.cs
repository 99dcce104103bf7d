using NetPolTools.Diagnostics;

namespace NetPolTools.Tests.Corpus;

/// <summary>Cases of np-guard/netpol-analyzer under AdminNetworkPolicies and a BaselineAdminNetworkPolicy, with its answers.</summary>
public sealed class AdminAnalyzerTests
{
    private const string RefusedPods =
        "The server refuses a policy whose 'pods' lacks namespaceSelector or podSelector, which v1alpha1 requires both; the analyser takes what is absent "
            + "for every one.";

    private const string UnknownAddress = "A network never matches a pod there; here it depends on addresses of pods that the input does not tell.";

    private const string EqualPriority = "It refuses policies of equal priority; we answer, and say where their order would decide.";

    /// <summary>Where we answer otherwise, what we report, and why.</summary>
    private static readonly Dictionary<string, (DiagnosticId Reported, string Reason)> Differing = new()
    {
        ["anp_demo"] = (DiagnosticId.InvalidValue, RefusedPods),
        ["anp_test_8"] = (DiagnosticId.InvalidValue, RefusedPods),
        ["anp_test_10"] = (DiagnosticId.InvalidValue, RefusedPods),
        ["anp_test_10_swapping_rules"] = (DiagnosticId.InvalidValue, RefusedPods),
        ["anp_test_11"] = (DiagnosticId.InvalidValue, RefusedPods),
        ["anp_test_12"] = (DiagnosticId.InvalidValue, RefusedPods),
        ["example_pods_w_same_owner_and_labels_gap_anp_good"] = (DiagnosticId.InvalidValue, RefusedPods),
        ["example_pods_w_same_owner_and_labels_gap_banp_good"] = (DiagnosticId.InvalidValue, RefusedPods),
        ["exposure_test_with_anp_12"] = (DiagnosticId.InvalidValue, RefusedPods),
        ["exposure_test_with_anp_14"] = (DiagnosticId.InvalidValue, RefusedPods),
        ["anp_bad_path_test_3"] = (DiagnosticId.DuplicateObject, "It stops at an object that stands there twice; we take the later one."),
        ["banp_bad_path_test_1"] = (DiagnosticId.DuplicateObject, "It stops at an object that stands there twice; we take the later one."),
    };

    /// <summary>Where we say that the input does not tell, and why.</summary>
    private static readonly Dictionary<string, string> Undetermined = new()
    {
        ["anp_and_banp_using_networks_and_nodes_test"] = UnknownAddress,
        ["anp_and_banp_using_networks_with_ipv6_test"] = UnknownAddress,
        ["anp_bad_path_test_1"] = EqualPriority,
    };

    private static readonly AnalyzerCases Cases = new("admin", Differing, Undetermined);

    public static TheoryData<string> Answered => Cases.Answered;

    public static TheoryData<string> Rejected => Cases.Rejected;

    public static TheoryData<string> AnsweredOtherwise => Cases.AnsweredOtherwise;

    public static TheoryData<string> NotTold => Cases.NotTold;

    [CorpusTheory]
    [MemberData(nameof(Answered))]
    public void The_same_connections_are_found(string name) => Cases.AssertAnswered(name);

    [CorpusTheory]
    [MemberData(nameof(Rejected))]
    public void What_the_analyser_refuses_is_an_error(string name) => Cases.AssertRejected(name);

    [CorpusTheory]
    [MemberData(nameof(AnsweredOtherwise))]
    public void What_makes_the_answers_differ_is_reported(string name) => Cases.AssertReported(name);

    [CorpusTheory]
    [MemberData(nameof(NotTold))]
    public void Answers_differ_only_where_we_say_that_it_cannot_be_told(string name) => Cases.AssertNotTold(name);
}
