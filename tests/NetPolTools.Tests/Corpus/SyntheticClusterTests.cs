using System.Text.RegularExpressions;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Corpus;

/// <summary>Clusters made by chance, with the answers of np-guard/netpol-analyzer.</summary>
public sealed partial class SyntheticClusterTests
{
    private const string Part = "synthetic";

    private const string Header = "src,dst,conn";

    public static TheoryData<string> Sizes => [.. CorpusFolder.Cases(Part)];

    [CorpusTheory]
    [MemberData(nameof(Sizes))]
    public void The_same_connections_are_found(string size)
    {
        var numbers = size.Split('x').Select(int.Parse).ToArray();
        var cluster = Cluster.Of(SyntheticCluster.Json(numbers[0], numbers[1], numbers[2]));
        Assert.Empty(cluster.Diagnostics);

        var answer = File.ReadLines(CorpusFolder.PathOf(Part, size, "expected.csv")).Where(static line => line != Header).Select(ReadLine);
        var different = AnsweredConnections.Of(cluster.List()).DifferencesTo(AnsweredConnections.Of(answer)).ToList();
        Assert.True(different.Count == 0, string.Join("\n", different.Take(20)));
    }

    private static (string Source, string Destination, string Ports) ReadLine(string line)
    {
        var fields = Line().Match(line).Groups;
        return (fields["source"].Value, fields["destination"].Value, fields["ports"].Value);
    }

    /// <summary>Only ports hold commas, and are quoted then.</summary>
    [GeneratedRegex("^(?<source>[^,]+),(?<destination>[^,]+),\"?(?<ports>[^\"]+)\"?$")]
    private static partial Regex Line();
}
