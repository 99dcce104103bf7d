using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Difference;
using NetPolTools.Isolation;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>
/// A named port of an egress rule, towards pods that only an ipBlock covers: some network plugins look it up on the pod, others let nothing through. The answer
/// is the one that allows less, and a note says what it depends on.
/// </summary>
public class NamedPortDoubtTests
{
    private const string Note =
        "depends on whether a named port of an egress rule is looked up on pods that an ipBlock covers, where network plugins differ: otherwise ";

    private static readonly string Web = Given.Pod("web", "app: web", "containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]", "podIP: 10.0.0.2");
    private static readonly string Db = Given.Pod("db", "app: db", "containers: [{name: c, ports: [{containerPort: 5432}]}]", "podIP: 10.0.0.3");
    private static readonly string Far = Given.Pod("far", "app: far", "containers: [{name: c, ports: [{name: http, containerPort: 80}]}]", "podIP: 172.16.0.1");
    private static readonly string Cli = Given.Pod("cli", "app: cli", status: "podIP: 10.0.0.1");

    private static readonly Cluster Named = Of("{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: http}]}");

    [Theory]
    [InlineData("web", "TCP 8080")]
    [InlineData("db", null)]
    [InlineData("far", null)]
    public void A_listing_says_what_a_denial_depends_on(string destination, string? otherwise)
    {
        var line = Assert.Single(
            Named.List(new ConnectionQuery { From = [EndpointPattern.Parse("cli")], To = [EndpointPattern.Parse(destination)], IncludeDenied = true }));
        Assert.Equal(Verdict.Denied, line.Verdict);
        Assert.Equal(otherwise is null ? [] : [Note + otherwise], line.Notes);
    }

    [Theory]
    [InlineData("web", "TCP", 8080, true)]
    [InlineData("web", "TCP", 80, false)]
    [InlineData("web", "UDP", 8080, false)]
    [InlineData("db", "TCP", 8080, false)]
    public void So_does_the_answer_to_a_single_question(string destination, string protocol, int port, bool depends)
    {
        var answer = Ask(Named, destination, PortSet.Of(Enum.Parse<Protocol>(protocol), port));
        Assert.False(answer.IsAllowed);
        Assert.Equal(depends ? [$"{Note}{protocol} {port}"] : [], answer.Notes);
    }

    [Theory]
    [InlineData("{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 8080}]}", true)]
    [InlineData("{to: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: http}]}", true)]
    [InlineData("{to: [{ipBlock: {cidr: 10.0.0.0/8}}, {podSelector: {matchLabels: {app: web}}}], ports: [{port: http}]}", true)]
    [InlineData("{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.2/32]}}], ports: [{port: http}]}", false)]
    [InlineData("{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: metrics}]}", false)]
    public void Where_nothing_depends_on_it_nothing_is_said(string rule, bool isAllowed)
    {
        var answer = Ask(Of(rule), "web", PortSet.All);
        Assert.Equal(isAllowed, answer.IsAllowed);
        Assert.DoesNotContain(answer.Notes, static note => note.StartsWith(Note, StringComparison.Ordinal));
    }

    [Fact]
    public void A_difference_says_it_of_the_side_where_it_is_so()
    {
        var open = Of("{}");
        var change = Assert.Single(Changes(open, Named), static change => change.Destination.Name == "web");
        Assert.Equal([$"after: {Note}TCP 8080"], change.Notes);
        Assert.Equal([$"before: {Note}TCP 8080"], Assert.Single(Changes(Named, open), static change => change.Destination.Name == "web").Notes);
        Assert.Empty(Assert.Single(Changes(open, Named), static change => change.Destination.Name == "db").Notes);
    }

    [Fact]
    public void Isolation_says_whose_egress_depends_on_it()
    {
        var told = Assert.Single(new IsolationReport(Named.Snapshot, Named.Map, []).Diagnostics());
        Assert.Equal(DiagnosticId.NamedPortTowardsIPBlock, told.Id);
        Assert.Equal("The egress of Pod default/cli depends on whether a named port of an egress rule is looked up on pods that an ipBlock covers, "
            + "where network plugins differ; shown is the reading that allows less.", told.Message);
        var certain = Of("{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: metrics}]}");
        Assert.Empty(new IsolationReport(certain.Snapshot, certain.Map, []).Diagnostics());
    }

    [Fact]
    public void Where_ipBlocks_do_not_match_pods_there_is_no_doubt() => Assert.Null(
        ReachabilityMap.Compile(Named.Snapshot, new ReachabilityOptions { IPBlockMatchesPods = false }).NamedPortDoubts);

    private static Cluster Of(string rule) =>
        Given.Cluster(Web, Db, Far, Cli, Given.Policy($"podSelector: {{matchLabels: {{app: cli}}}}\npolicyTypes: [Egress]\negress: [{rule}]"));

    private static IEnumerable<ConnectionChange> Changes(Cluster before, Cluster after) => new ReachabilityDifference(
        new DifferenceSide(before.Snapshot, before.Map), new DifferenceSide(after.Snapshot, after.Map), new ConnectionQuery()).List();

    private static ReachabilityAnswer Ask(Cluster cluster, string destination, PortSet ports) =>
        ReachabilityQuestion.Ask(cluster.Map, EndpointPattern.Parse("cli"), EndpointPattern.Parse(destination), ports, out _)!;
}
