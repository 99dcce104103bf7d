using FsCheck.Fluent;
using NetPolTools.Asking;
using NetPolTools.Authoring.Inference;
using NetPolTools.Intents;
using NetPolTools.Listing;
using NetPolTools.SeenTraffic;
using NetPolTools.Sets;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Intents;

/// <summary>Intents held against traffic that was seen, and written of it.</summary>
public sealed class SeenIntentTests
{
    private static readonly Cluster ThreeTier = Cluster.OfPaths(Repository.Manifests("three-tier"));

    /// <summary>Seen: web to api, api to db, 203.0.113.7 to web; and web was kept from db.</summary>
    private static readonly (string From, string To, string Ports, bool WasDenied)[] Seen =
    [
        ("web", "api", "TCP 5000", false), ("api", "db", "TCP 3306", false), ("203.0.113.7", "web", "TCP 80", false), ("web", "db", "TCP 3306", true),
    ];

    [Theory]
    [InlineData("shop/web -> shop/api: TCP 5000 only", 1)]
    [InlineData("shop/web -> shop/api: nothing", 1, "shop/web was seen to reach shop/api on TCP 5000.")]
    [InlineData("shop/web -> shop/api: not TCP 22", 0)]
    [InlineData("shop/web -> shop/api: TCP 80 only", 0, "shop/web was seen to reach shop/api on TCP 5000.")]
    [InlineData("shop/web -> shop/db: TCP 3306", 0, "shop/web was kept from shop/db on TCP 3306.")]
    [InlineData("shop/web -> shop/db", 0, "shop/web was kept from shop/db on TCP 3306.")]
    [InlineData("shop/web -> shop/db: nothing", 1)]
    [InlineData("shop/db -> shop/web: TCP 80", 0)]
    [InlineData("nothing else -> shop/web", 1, "203.0.113.7 was seen to reach shop/web on TCP 80.")]
    [InlineData("shop/web -> nothing else", 2, "shop/web was seen to reach shop/api on TCP 5000.")]
    [InlineData("203.0.113.0/24 -> shop/web: nothing", 1, "203.0.113.7 was seen to reach shop/web on TCP 80.")]
    [InlineData("203.0.113.8 -> shop/web: nothing", 0)]
    [InlineData("outside -> shop/web: nothing", 1, "203.0.113.7 was seen to reach shop/web on TCP 80.")]
    [InlineData("outside-ipv6 -> shop/web: nothing", 0)]
    [InlineData("everything -> shop/db: nothing", 2, "shop/api was seen to reach shop/db on TCP 3306.")]
    public void What_was_seen_is_held_against_an_intent(string intent, int count, params string[] wrong)
    {
        var result = Assert.Single(Ask(ThreeTier.Snapshot, $"intents:\n- {intent}\n", Flows(ThreeTier.Snapshot, Seen)));
        Assert.Equal(wrong, result.Seen!.Deviations.Select(static deviation => deviation.Text));
        Assert.Equal(count, result.SeenCount);
        if (wrong.Length > 0)
            Assert.Equal(IntentStatus.Failed, result.Status);
        Assert.All(wrong, text => Assert.Contains(text, result.Deviations));
    }

    [Fact]
    public void What_other_intents_of_the_file_allow_is_not_something_else()
    {
        var results = Ask(ThreeTier.Snapshot, """
            intents:
            - shop/api -> shop/db: TCP 3306
            - nothing else -> shop/db
            - 203.0.113.0/24 -> shop/web: TCP 80
            - nothing else -> shop/web
            """, Flows(ThreeTier.Snapshot, Seen));
        Assert.All(results, static result => Assert.Empty(result.Seen!.Deviations));
    }

    [Fact]
    public void What_came_about_although_policies_deny_it_says_so()
    {
        var flows = Flows(ThreeTier.Snapshot, [("web", "db", "TCP 3306", false)]);
        var result = Assert.Single(Ask(ThreeTier.Snapshot, "intents:\n- shop/web -> shop/db: nothing\n", flows));
        Assert.Equal(IntentStatus.Failed, result.Status);
        Assert.Equal(["shop/web was seen to reach shop/db on TCP 3306, which policies deny."], result.Deviations);
    }

    [Fact]
    public void Of_traffic_of_some_pod_of_a_workload_it_is_not_told_which_it_was()
    {
        var snapshot = Given.Cluster(Given.Replica("db-0", "db", "app: db"), Given.Replica("db-1", "db", "app: db"), Given.Pod("default/web")).Snapshot;
        var directory = new EndDirectory(snapshot);
        Assert.True(PortSet.TryParse("TCP 80", out var ports));
        var (web, db) = (End("web", "Pod"), End("db", "ReplicaSet"));
        SeenFlow[] flows = [new(new Traffic(web, db, ports), false)];
        var result = Assert.Single(Ask(snapshot, "intents:\n- default/web -> default/db-0: not TCP 80\n", flows));
        Assert.False(Assert.Single(result.Seen!.Deviations).IsCertain);
        Assert.EndsWith("; the records do not tell which of its pods or addresses it was.", result.Seen.Deviations[0].Text, StringComparison.Ordinal);

        TrafficEnd End(string name, string kind) => directory.Find(ConnectionEnd.InCluster("default", name, kind))!;
    }

    [Fact]
    public void Without_any_traffic_there_is_no_answer() => Assert.Equal(
        AnswerStatus.NotAnswered,
        new IntentQuestion(Intended.Read("intents:\n- shop/web -> shop/api\n")) { Flows = [] }
            .Ask(new ClusterEvaluator(ThreeTier.Snapshot), QuestionWords.Plain).Status);

    [Theory]
    [MemberData(nameof(DialectClusters.All), MemberType = typeof(DialectClusters))]
    public void What_is_written_of_seen_traffic_holds_with_it(string dialect) => Always.Holds(
        from cluster in DialectClusters.Of(dialect)
        from which in Gen.ArrayOf(Gen.Choose(0, 2), 60)
        select (Cluster: cluster, Which: which),
        15,
        given =>
        {
            var evaluator = new ClusterEvaluator(given.Cluster.Snapshot);
            var assumptions = Assumptions.None with { Cni = DialectClusters.Choice(dialect) };
            var directory = new EndDirectory(given.Cluster.Snapshot);
            SeenFlow[] flows =
            [
                .. new ConnectionLister(evaluator.Map(assumptions, CancellationToken.None), new ConnectionQuery()).List()
                    .Where(static line => line is { Verdict: Verdict.Allowed, IsNodeTraffic: false })
                    .Where((_, i) => given.Which[i % given.Which.Length] == 0)
                    .Select(line => (From: directory.Find(line.Source), To: directory.Find(line.Destination), line.Ports))
                    .Where(static line => line.From is not null && line.To is not null)
                    .Select(static line => new SeenFlow(new Traffic(line.From!, line.To!, line.Ports), false)),
            ];
            if (flows.Length == 0)
                return;
            var written = new IntentInitQuestion { Assumptions = assumptions, Flows = flows }.Ask(evaluator, QuestionWords.Plain).Value!;
            foreach (var result in Ask(given.Cluster.Snapshot, written.Text, flows, assumptions))
            {
                Assert.True(result.Seen!.Deviations.All(static deviation => !deviation.IsCertain),
                    $"{result}: {string.Join('\n', result.Seen.Deviations)}\n{written.Text}");
                Assert.True(result.Intent.Kind == IntentKind.NothingElse || result.SeenCount > 0, $"{result}\n{written.Text}");
            }
        },
        $"{nameof(What_is_written_of_seen_traffic_holds_with_it)} {dialect}");

    private static IReadOnlyList<IntentResult> Ask(ClusterSnapshot snapshot, string intents, SeenFlow[] flows, Assumptions? assumptions = null) =>
        new IntentQuestion(Intended.Read(intents)) { Assumptions = assumptions ?? Assumptions.None, Flows = flows }
            .Ask(new ClusterEvaluator(snapshot), QuestionWords.Plain).Value!.Results;

    private static SeenFlow[] Flows(ClusterSnapshot snapshot, (string From, string To, string Ports, bool WasDenied)[] seen)
    {
        var directory = new EndDirectory(snapshot);
        return [.. seen.Select(flow => new SeenFlow(new Traffic(End(flow.From), End(flow.To), Ports(flow.Ports)), flow.WasDenied))];

        TrafficEnd End(string name) => directory.Find(
            AddressRange.TryParse(name, out _) ? ConnectionEnd.Outside(name) : ConnectionEnd.InCluster("shop", name, "Deployment"))!;

        static PortSet Ports(string text)
        {
            Assert.True(PortSet.TryParse(text, out var ports));
            return ports;
        }
    }
}
