using FsCheck.Fluent;
using NetPolTools.Objects;
using NetPolTools.Tests.Corpus;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Writing;

public sealed class RoundTripTests
{
    /// <summary>Label values and names that a reader of YAML could take for something else.</summary>
    private static readonly string[] Treacherous = ["true", "on", "y", "null", "80", "1e3", "0x1F", "1_000", "1.5", "", "0", "2020-01-01", "v1", "a.b", "N"];

    private static readonly string[] Parts = ["netpol", "conformance", "admin"];

    public static TheoryData<string> CorpusCases => [.. Parts.SelectMany(static part => CorpusFolder.Cases(part).Select(name => $"{part}/{name}"))];

    [Fact]
    public void A_policy_reads_back_from_what_is_written_of_it() =>
        Always.Holds(RandomPolicyGenerator.Policy("policy", ["alpha", "beta"]), 300, Written.AssertReadsBack);

    [Fact]
    public void Labels_that_look_like_something_else_read_back() => Always.Holds(
        from key in Gen.Elements(Treacherous)
        from value in Gen.Elements(Treacherous)
        select (Key: key, Value: value),
        300,
        static label =>
        {
            var key = label.Key.Length == 0 ? "app" : label.Key;
            var labels = new[] { KeyValuePair.Create(key, label.Value) };
            Written.AssertReadsBack(
                new NetworkPolicy(new ObjectMetadata { Name = "80", Namespace = "on", Labels = LabelSet.Create(labels), Annotations = labels })
                {
                    PodSelector = new LabelSelector { MatchLabels = labels },
                });
        });

    [CorpusTheory]
    [MemberData(nameof(CorpusCases))]
    public void Every_policy_of_the_corpus_reads_back(string name)
    {
        var folder = CorpusFolder.PathOf([.. name.Split('/'), "input"]);
        Assert.All(Cluster.OfPaths(folder).Snapshot.NetworkPolicies, Written.AssertReadsBack);
    }

    [Fact]
    public void Every_sample_reads_back()
    {
        var policies = Cluster.OfPaths(Repository.Manifests()).Snapshot.NetworkPolicies;
        Assert.NotEmpty(policies);
        Assert.All(policies, Written.AssertReadsBack);
    }
}
