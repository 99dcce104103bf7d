using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Reachability;

/// <summary>The page that explains the engine tells the truth: its example is compiled, and each of its blocks compared.</summary>
public sealed class EnginePageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "src", "NetPolTools.Core", "Reachability", "README.md"));

    private readonly ReachabilityMap _map = Cluster.Of(Block("yaml")).Map;

    [Fact]
    public void Endpoints_have_the_numbers_shown() => AssertShown("endpoints", Enumerable.Range(0, _map.Endpoints.Count).Select(i => $"{i} {NameOf(i)}"));

    [Fact]
    public void A_set_has_the_words_shown()
    {
        IndexSet web = new PeerResolver(_map.Snapshot, _map.Endpoints).Pods(0, _map.Snapshot.NetworkPolicies[0].Ingress![0].Peers![0].PodSelector!);
        AssertShown("words", [$"{web} = word {web.Positions[0]}: 0x{web.Words[0]:X16}"]);
        Assert.Equal(1, web.Words.Length);
    }

    [Fact]
    public void Groups_have_the_grants_shown() => AssertShown("groups", Groupers().SelectMany(of => of.Grouper.Groups.Select(group =>
        $"{NameOf(of.Direction)} of {group.Subjects}: {GrantsOf(group.BlockOf(_map.Endpoints[group.Subjects.First], new PortSetPool()))}")));

    [Fact]
    public void Classes_are_split_by_the_sets_shown() => AssertShown(
        "splitters",
        ClassSplitters.Sets([.. Groupers().Select(static of => of.Grouper.Splitters)], CancellationToken.None).Select(static set => set.ToString()));

    [Fact]
    public void Classes_have_the_members_shown() => AssertShown(
        "classes",
        Numbers(_map.Classes.Representatives).Select(c => $"{c}: {{{string.Join(",", _map.Classes.Members(c))}}}"));

    [Fact]
    public void Rule_sets_have_the_grants_shown() => AssertShown(
        "rulesets",
        from ruleSets in new[] { (Of: (Func<int, RuleSet?>)_map.IngressOf, Direction: PolicyDirection.Ingress), (_map.EgressOf, PolicyDirection.Egress) }
        from c in Numbers(_map.Classes.Representatives)
        let ruleSet = ruleSets.Of(c)
        where ruleSet is not null
        select $"{NameOf(ruleSets.Direction)} of class {c}, by {string.Join(", ", ruleSet.Policies.Select(static policy => policy.Name))}: "
            + string.Join("; ", ruleSet.Blocks.Select(GrantsOf)));

    [Fact]
    public void Answers_are_those_shown()
    {
        var shown = Block("answers").Split('\n');
        Assert.Equal(11, shown.Length);
        AssertShown("answers", shown.Select(line =>
        {
            var ends = line[..line.IndexOf(':', StringComparison.Ordinal)].Split(" -> ");
            return $"{ends[0]} -> {ends[1]}: {_map.Between(int.Parse(ends[0]), int.Parse(ends[1]))}";
        }));
    }

    [Fact]
    public void The_index_of_destinations_holds_what_is_shown()
    {
        var index = _map.DestinationIndex;
        int[] classes = [0, 2];
        var named = classes.Select(c =>
        {
            var (ports, subjects) = Assert.Single(index.IngressGrantors[Assert.Single(index.IngressGrantors.SetsWith(c).ToArray())].Grants);
            return $"class {c} is named by the ingress rules of {subjects} on {ports}";
        });
        var reached = classes.Select(c => $"class {c} reaches: " + string.Join("; ", _map
            .DestinationsOf(c, _map.Destinations(_map.Classes.Representatives), new PortSetPool())
            .Select(static found => $"{found.Destination} on {found.Ports}")));
        AssertShown("destinations", [$"no policy isolates for ingress: {index.NotIsolated}", .. named, .. reached]);
    }

    [Fact]
    public void Sources_are_those_shown()
    {
        var finder = new PeerFinder(_map, PolicyDirection.Ingress);
        AssertShown("sources", Enumerable.Range(0, 3).Select(c => $"{c} is reached by {finder.PeersOf(c)}"));
    }

    private static void AssertShown(string block, IEnumerable<string> lines) => Assert.Equal(string.Join("\n", lines), Block(block));

    /// <summary>The text of the page's only block of this name.</summary>
    private static string Block(string name)
    {
        var begin = $"```{name}\n";
        var parts = Page.Split(begin);
        Assert.Equal(2, parts.Length);
        return parts[1][..parts[1].IndexOf("\n```", StringComparison.Ordinal)];
    }

    private static List<int> Numbers(IndexSet set)
    {
        var numbers = new List<int>();
        foreach (var number in set)
            numbers.Add(number);
        return numbers;
    }

    private static string NameOf(PolicyDirection direction) => direction == PolicyDirection.Ingress ? "ingress" : "egress";

    private static string GrantsOf(GrantBlock block) =>
        string.Join("; ", block.Entries.ToArray().Select(static grant => $"{grant.Peers} on {grant.Ports}"));

    private string NameOf(int endpoint)
    {
        if (endpoint == _map.Endpoints.UnknownPod)
            return "the unknown pod";
        return endpoint < _map.Endpoints.PodCount
            ? $"{_map.Endpoints[endpoint].Namespace}/{_map.Endpoints[endpoint].PodName}"
            : _map.Endpoints.Addresses.Ranges[endpoint - _map.Endpoints.PodCount].ToString();
    }

    private (PolicyDirection Direction, SubjectGrouper Grouper)[] Groupers()
    {
        var peers = new PeerResolver(_map.Snapshot, _map.Endpoints);
        return [.. new[] { PolicyDirection.Ingress, PolicyDirection.Egress }.Select(direction =>
        {
            var grouper = new SubjectGrouper(peers, new NamedPortIndex(_map.Endpoints), new TrafficScope(false, false), direction, new ReachabilityOptions());
            for (var i = 0; i < _map.Snapshot.NetworkPolicies.Count; i++)
                grouper.Add(i, _map.Snapshot.NetworkPolicies[i], ns: 0);
            return (direction, grouper);
        })];
    }
}
