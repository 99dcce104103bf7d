using System.Text.Json;
using NetPolTools.Asking;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Corpus;

/// <summary>Cases that ask about single ports between two ends: <c>expected.json</c> has the probes with the right answers.</summary>
internal static class ProbedCases
{
    /// <summary>A line for each probe that is answered otherwise.</summary>
    /// <param name="part">The folder of the cases.</param>
    /// <param name="name">The case.</param>
    /// <param name="options">How to evaluate.</param>
    public static IReadOnlyList<string> Differences(string part, string name, ReachabilityOptions? options = null)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(CorpusFolder.PathOf(part, name, "expected.json")));
        var snapshot = Cluster.OfPaths(CorpusFolder.PathOf(part, name, "input")).Snapshot;
        var map = ReachabilityMap.Compile(snapshot, options);
        var withIcmp = new Lazy<ReachabilityMap>(() => ReachabilityMap.Compile(snapshot, (options ?? new ReachabilityOptions()) with { CountsIcmp = true }));
        var found = new List<string>();
        foreach (var probe in document.RootElement.GetProperty("probes").EnumerateArray())
        {
            // A pod to itself is no question to policies.
            if (probe.TryGetProperty("sourcePort", out _))
                continue;
            var protocol = Enum.Parse<Protocol>(probe.GetProperty("protocol").GetString()!);
            var (from, to, port) = (Text("from"), Text("to"), probe.GetProperty("port").GetInt32());
            if (from == to)
                continue;
            bool? expected = probe.GetProperty("allowed").ValueKind == JsonValueKind.Null ? null : probe.GetProperty("allowed").GetBoolean();
            var asked = protocol == Protocol.ICMP ? PortSet.Of(protocol) : PortSet.Of(protocol, port);
            if (Ask(asked.CountsIcmp ? withIcmp.Value : map, from, to, asked) is var answer && answer != expected)
                found.Add($"{from} -> {to} {protocol} {port}: {Word(answer)}, expected {Word(expected)}");

            string Text(string field) => probe.GetProperty(field).GetString()!;
        }

        return found;
    }

    /// <summary>Null where it cannot be told.</summary>
    private static bool? Ask(ReachabilityMap map, string source, string destination, PortSet ports)
    {
        var answers = Ends(map, source).SelectMany(a => Ends(map, destination).Select(b => One(map, a, b, ports))).ToList();
        return answers.Contains(null) ? null : answers.Contains(true);
    }

    private static bool? One(ReachabilityMap map, string source, string destination, PortSet ports)
    {
        var answer = ReachabilityQuestion.Ask(map, EndpointPattern.Parse(source), EndpointPattern.Parse(destination), ports, out var problems);
        Assert.True(answer is not null, string.Join("; ", problems.Select(static problem => problem.Problem.Message)));
        return answer.Undetermined.IsEmpty ? answer.IsAllowed : null;
    }

    /// <summary>A pod as <c>pod/name</c> of its namespace, an address, or every address of a node.</summary>
    private static IEnumerable<string> Ends(ReachabilityMap map, string end)
    {
        if (end.StartsWith("node:", StringComparison.Ordinal))
            return map.Snapshot.Nodes.Single(node => node.Name == end["node:".Length..]).Addresses.Select(static address => address.ToString());
        return [end.StartsWith("ip:", StringComparison.Ordinal) ? end["ip:".Length..] : end];
    }

    private static string Word(bool? allowed) => allowed switch { true => "allowed", false => "denied", _ => "undetermined" };
}
