using System.Text.Json;
using NetPolTools.Asking;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Snapshot;
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
        using var document = Expected(part, name);
        return Differences(document, Cluster.OfPaths(CorpusFolder.PathOf(part, name, "input")).Snapshot, options);
    }

    /// <summary>What a case expects.</summary>
    public static JsonDocument Expected(string part, string name) => JsonDocument.Parse(File.ReadAllText(CorpusFolder.PathOf(part, name, "expected.json")));

    /// <param name="document">What the case expects.</param>
    /// <param name="snapshot">Its input, with whatever settings it has.</param>
    /// <param name="options">How to evaluate.</param>
    /// <param name="isAsked">Which of its ends there are; null for all.</param>
    public static IReadOnlyList<string> Differences(
        JsonDocument document, ClusterSnapshot snapshot, ReachabilityOptions? options, Func<string, bool>? isAsked = null)
    {
        var map = ReachabilityMap.Compile(snapshot, options);
        var withIcmp = new Lazy<ReachabilityMap>(() => ReachabilityMap.Compile(snapshot, (options ?? new ReachabilityOptions()) with { CountsIcmp = true }));
        var found = new List<string>();
        foreach (var probe in document.RootElement.GetProperty("probes").EnumerateArray())
        {
            // A pod to itself is no question to policies.
            if (probe.TryGetProperty("sourcePort", out _))
                continue;
            var word = probe.GetProperty("protocol").GetString()!;
            if (probe.TryGetProperty("icmpType", out _) || !Enum.TryParse<Protocol>(word.Replace("ICMPv6", "ICMP", StringComparison.Ordinal), out var named)
                || !Enum.IsDefined(named))
            {
                continue;
            }

            var protocol = word == "ICMPv6" ? Protocol.ICMP : Enum.Parse<Protocol>(word);
            var (from, to, port) = (Text("from"), Text("to"), probe.GetProperty("port").GetInt32());
            if (from == to || (isAsked is not null && !(isAsked(from) && isAsked(to))))
                continue;
            bool? expected = probe.GetProperty("allowed").ValueKind == JsonValueKind.Null ? null : probe.GetProperty("allowed").GetBoolean();
            var asked = protocol != Protocol.ICMP ? PortSet.Of(protocol, port)
                : port == 0 ? PortSet.Of(protocol)
                : PortSet.OfIcmp(word == "ICMPv6" ? AddressFamilyKind.IPv6 : AddressFamilyKind.IPv4, port);
            if (Ask(asked.CountsIcmp ? withIcmp.Value : map, from, to, asked) is var answer && answer != expected)
                found.Add($"{from} -> {to} {word} {port}: {Word(answer)}, expected {Word(expected)}");

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
