using System.Text.Json;
using NetPolTools.Listing;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Corpus;

/// <summary>
/// The conformance cases that mattfenwick/cyclonus generates, with what its simulation allows. Pods have addresses there, and ipBlocks cover
/// them. Its simulation does not let NotIn match an object without the key; none of the cases depends on that.
/// </summary>
public sealed class CyclonusTests
{
    private const string Part = "conformance";

    public static TheoryData<string> Names => [.. CorpusFolder.Cases(Part)];

    [CorpusTheory]
    [MemberData(nameof(Names))]
    public void The_same_ports_are_allowed_between_every_two_pods(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(CorpusFolder.PathOf(Part, name, "expected.json")));
        var probed = ReadPorts(document.RootElement.GetProperty("probed").GetString()!);
        var expected = document.RootElement.GetProperty("allowed").EnumerateObject()
            .Select(static pair => $"{pair.Name}: {ReadPorts(pair.Value.GetString()!)}");

        var lines = Cluster.OfPaths(CorpusFolder.PathOf(Part, name, "input")).List(new ConnectionQuery { By = GroupBy.Pod, Ports = probed });
        var found = from line in lines
                    where line.IsInCluster()
                    select $"{line.Source.Namespace}/{line.Source.Name} -> {line.Destination.Namespace}/{line.Destination.Name}: {line.Ports}";
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    /// <summary>Reads <c>SCTP 80,81 TCP 80</c>.</summary>
    private static PortSet ReadPorts(string text) => (from pair in text.Split(' ').Chunk(2)
                                                      from port in pair[1].Split(',')
                                                      select PortSet.Of(Enum.Parse<Protocol>(pair[0]), int.Parse(port)))
        .Aggregate(PortSet.None, static (all, one) => all.Union(one));
}
