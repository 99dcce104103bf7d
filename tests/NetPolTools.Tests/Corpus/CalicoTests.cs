using NetPolTools.Cni;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Corpus;

/// <summary>
/// Policies of Calico with those of Kubernetes and the admin tiers beside them: cases of network-config-analyzer and of our own, answered with Calico's own
/// conversions and selectors; and what real packets did under Calico's own rule renderer.
/// </summary>
public sealed class CalicoTests
{
    private const string Part = "calico";
    private const string KernelPart = "calico-kernel";

    private const string SourcePort =
        "The answer depends on the port that the client sends from, which a connection does not tell: undetermined, and we say so.";

    /// <summary>Where we answer otherwise, and why.</summary>
    private static readonly Dictionary<string, string> Differing = new()
    {
        ["nca-testcase15-ports-testcase15-equiv-games3"] = SourcePort,
        ["nca-testcase15-ports-testcase15-named-ports-rectangles"] = SourcePort,
    };

    public static TheoryData<string> Names => [.. CorpusFolder.Cases(Part).Where(static name => !Differing.ContainsKey(name))];

    public static TheoryData<string> KernelNames => [.. CorpusFolder.Cases(KernelPart)];

    public static TheoryData<string> NamesAnsweredOtherwise => [.. CorpusFolder.Cases(Part).Where(Differing.ContainsKey)];

    [CorpusTheory]
    [MemberData(nameof(Names))]
    public void Every_probe_is_answered_right(string name) => Assert.Empty(Differences(Part, name));

    [CorpusTheory]
    [MemberData(nameof(KernelNames))]
    public void Every_packet_is_answered_right(string name) => Assert.Empty(Differences(KernelPart, name));

    [CorpusTheory]
    [MemberData(nameof(NamesAnsweredOtherwise))]
    public void What_cannot_be_told_is_undetermined(string name)
    {
        var different = Differences(Part, name);
        Assert.True(different.Count > 0, $"The answers agree now; there is no more need to say: {Differing[name]}");
        Assert.All(different, static line => Assert.Contains(": undetermined", line, StringComparison.Ordinal));
    }

    /// <summary>Admin policies of both versions stand in the cases, which no version of Calico enforces both.</summary>
    private static IReadOnlyList<string> Differences(string part, string name)
    {
        using var document = ProbedCases.Expected(part, name);
        var snapshot = Cluster.OfPaths(CorpusFolder.PathOf(part, name, "input")).Snapshot;
        var options = CniEvaluation.Of(snapshot, CniChoice.Parse("Calico@3.31"), ipBlockIgnoresPods: false).Options;
        return ProbedCases.Differences(document, snapshot, options with { NotEnforced = [] });
    }
}
