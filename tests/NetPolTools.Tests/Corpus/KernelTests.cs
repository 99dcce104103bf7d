using System.Text.Json;
using NetPolTools.Asking;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Corpus;

/// <summary>NetworkPolicies enforced by programs in a real kernel: what packets did.</summary>
public sealed class KernelTests
{
    private const string Part = "kernel";
    private const string Open = "open.json";

    public static TheoryData<string> Names => [.. CorpusFolder.Cases(Part)];

    public static TheoryData<string> OpenNames => [.. CorpusFolder.Cases(Part).Where(static name => File.Exists(CorpusFolder.PathOf(Part, name, Open)))];

    [CorpusTheory]
    [MemberData(nameof(Names))]
    public void Every_probe_is_answered_right(string name) => Assert.Empty(ProbedCases.Differences(Part, name));

    /// <summary>Where enforcers, or the documentation, are of two minds, the answer says so.</summary>
    [CorpusTheory]
    [MemberData(nameof(OpenNames))]
    public void What_enforcers_disagree_about_has_a_note(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(CorpusFolder.PathOf(Part, name, Open)));
        var map = ReachabilityMap.Compile(Cluster.OfPaths(CorpusFolder.PathOf(Part, name, "input")).Snapshot);
        foreach (var probe in document.RootElement.GetProperty("probes").EnumerateArray())
        {
            var ports = PortSet.Of(Enum.Parse<Protocol>(Text("protocol")), probe.GetProperty("port").GetInt32());
            var answer = ReachabilityQuestion.Ask(map, EndpointPattern.Parse(Text("from")), EndpointPattern.Parse(Text("to")), ports, out _);
            Assert.True(answer!.Notes.Count > 0, $"{Text("from")} -> {Text("to")} {ports} has no note: {Text("why")}");

            string Text(string field) => probe.GetProperty(field).GetString()!;
        }
    }
}
