namespace NetPolTools.Tests.Corpus;

/// <summary>
/// AdminNetworkPolicy, BaselineAdminNetworkPolicy and ClusterNetworkPolicy: the conformance suites of kubernetes-sigs/network-policy-api, the table tests of
/// kube-network-policies and cases after the text of the API, with the right answers.
/// </summary>
public sealed class AdminTierTests
{
    private const string Part = "admin-tiers";
    private const string RandomPart = "admin-tiers-random";

    private const string NeedsDns = "The case knows what a name resolves to; without that the answer is undetermined, and we say so.";

    /// <summary>Where we answer otherwise, and why.</summary>
    private static readonly Dictionary<string, string> Differing = new()
    {
        ["knp-anp-domain-allow-then-deny-all"] = NeedsDns,
    };

    public static TheoryData<string> Names => [.. CorpusFolder.Cases(Part).Where(static name => !Differing.ContainsKey(name))];

    public static TheoryData<string> RandomNames => [.. CorpusFolder.Cases(RandomPart)];

    public static TheoryData<string> NamesAnsweredOtherwise => [.. CorpusFolder.Cases(Part).Where(Differing.ContainsKey)];

    [CorpusTheory]
    [MemberData(nameof(Names))]
    public void Every_probe_is_answered_right(string name) => Assert.Empty(ProbedCases.Differences(Part, name));

    [CorpusTheory]
    [MemberData(nameof(RandomNames))]
    public void Every_probe_of_a_random_cluster_is_answered_right(string name) => Assert.Empty(ProbedCases.Differences(RandomPart, name));

    [CorpusTheory]
    [MemberData(nameof(NamesAnsweredOtherwise))]
    public void What_cannot_be_told_is_undetermined(string name)
    {
        var different = ProbedCases.Differences(Part, name);
        Assert.True(different.Count > 0, $"The answers agree now; there is no more need to say: {Differing[name]}");
        Assert.All(different, static line => Assert.Contains(": undetermined", line, StringComparison.Ordinal));
    }
}
