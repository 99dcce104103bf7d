using System.Text.Json;
using NetPolTools.Sets;
using NetPolTools.Tests.CommandLine;

namespace NetPolTools.Tests.Corpus;

/// <summary>
/// The same cases asked as people ask them: <c>kubectl netpol reach INPUT</c>, whose lines have to say what the engine says. What a case has in its settings is
/// given with <c>--cilium-setting</c>, and the engine where its input shows nothing of it with <c>--cni</c>.
/// </summary>
public sealed class CiliumPluginTests
{
    private const string Part = "cilium";

    /// <summary>Random clusters are many, and ask nothing new of the lines.</summary>
    public static TheoryData<string> Names => [.. CorpusFolder.Cases(Part).Where(static name =>
        !name.StartsWith("gen-", StringComparison.Ordinal) && !name.StartsWith("distillery-", StringComparison.Ordinal))];

    [CorpusTheory]
    [MemberData(nameof(Names))]
    public void The_lines_of_a_listing_say_what_the_engine_says(string name)
    {
        using var document = ProbedCases.Expected(Part, name);
        var path = CorpusFolder.PathOf(Part, name, "input");
        var run = Netpol.Reach([path, "--by", "pod", "-o", "json", .. SettingsOf(document), .. Engine(path)]);
        var nodes = NodesOf(path);
        Line[] lines = [.. run.Json.GetProperty("connections").EnumerateArray().Select(static line => new Line(line))];
        foreach (var probe in document.RootElement.GetProperty("probes").EnumerateArray())
        {
            var (from, to) = (probe.GetProperty("from").GetString()!, probe.GetProperty("to").GetString()!);
            if (from == to || !IsAsked(from) || !IsAsked(to)
                || !Enum.TryParse<Protocol>(probe.GetProperty("protocol").GetString(), out var protocol)
                || !Protocols.WithPorts.Contains(protocol))
            {
                continue;
            }

            var ports = PortSet.Of(protocol, probe.GetProperty("port").GetInt32());
            string[] said =
            [
                .. lines.Where(line => line.Is(from, to, nodes) && !line.Ports.Intersect(ports).IsEmpty).Select(static line => line.Verdict).Distinct(),
            ];

            // An address may be one that a name resolves to, and nothing in the input tells.
            if (said.Contains("Undetermined") && name == "trap-fqdn-pattern")
                continue;
            var expected = probe.GetProperty("allowed").ValueKind == JsonValueKind.True ? "Allowed" : "";
            Assert.True(string.Join(' ', said) == expected, $"{from} -> {to} {ports}: '{string.Join(' ', said)}', expected '{expected}'");
        }
    }

    private static bool IsAsked(string end) => !end.StartsWith("entity:", StringComparison.Ordinal) && !end.StartsWith("fqdn:", StringComparison.Ordinal);

    private static IEnumerable<string> SettingsOf(JsonDocument document) => CiliumTests.Settings(document)
        .SelectMany(static setting => new[] { "--cilium-setting", $"{setting.Key}={setting.Value}" });

    /// <summary>Where Cilium's own policies show it, it need not be named.</summary>
    private static string[] Engine(string path) =>
        Directory.GetFiles(path).Any(static file => File.ReadAllText(file).Contains("cilium.io/v2", StringComparison.Ordinal)) ? [] : ["--cni", "cilium@1.20"];

    private static Dictionary<string, NetAddress[]> NodesOf(string path) => Support.Cluster.OfPaths(path).Snapshot.Nodes
        .ToDictionary(static node => node.Name, static node => node.Addresses.ToArray());

    private sealed class Line(JsonElement line)
    {
        private readonly JsonElement _source = line.GetProperty("source");
        private readonly JsonElement _destination = line.GetProperty("destination");

        public PortSet Ports { get; } = PortSet.TryParse(line.GetProperty("ports").GetString()!, out var ports)
            ? ports
            : throw new InvalidOperationException($"{line} has no ports.");

        public string Verdict { get; } = line.TryGetProperty("verdict", out var verdict) ? verdict.GetString()! : "Allowed";

        public bool Is(string from, string to, Dictionary<string, NetAddress[]> nodes) => Is(_source, from, nodes) && Is(_destination, to, nodes);

        private static bool Is(JsonElement end, string named, Dictionary<string, NetAddress[]> nodes)
        {
            var addresses = end.TryGetProperty("addresses", out var found) && found.ValueKind == JsonValueKind.String ? found.GetString()! : null;
            if (named.StartsWith("node:", StringComparison.Ordinal))
                return addresses is not null && nodes[named["node:".Length..]].Any(address => Has(addresses, address));
            if (named.StartsWith("ip:", StringComparison.Ordinal))
                return addresses is not null && Has(addresses, NetAddress.Parse(named["ip:".Length..]));
            return addresses is null && named == $"{end.GetProperty("namespace").GetString()}/{end.GetProperty("name").GetString()}";
        }

        private static bool Has(string addresses, NetAddress address)
        {
            NetAddress[] edges = [.. addresses.Split('-').Select(NetAddress.Parse)];
            return edges[0].Family == address.Family && edges[0].Value <= address.Value && address.Value <= edges[^1].Value;
        }
    }
}
