using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Difference;
using NetPolTools.Listing;
using NetPolTools.Services;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Difference;

/// <summary>A Service as the destination of a comparison: the pods behind it on either side, on the ports it leads to there.</summary>
public sealed class ComparedServiceTests
{
    private const string Closed = "podSelector: {matchLabels: {app: db}}\ningress: []";

    private static readonly string[] Pods = [Given.Pod("web", "app: web"), Given.Pod("db", "app: db"), Given.Pod("replica", "app: replica")];

    private static readonly string Database = Service("selector: {app: db}, ports: [{port: 80, targetPort: 3306}]");

    [Fact]
    public void The_ports_are_those_that_the_Service_leads_to() => Assert.Equal(
        ["web -> db: TCP 3306 -> None by +policy (through Service db, whose port 80 leads to TCP 3306)"],
        Changes([Database], [Database, Given.Policy(Closed)], "svc/db"));

    [Fact]
    public void Ports_asked_about_are_those_of_the_Service()
    {
        string[] before = [Service("selector: {app: db}, ports: [{name: sql, port: 80, targetPort: 3306}, {name: web, port: 81, targetPort: 8080}]")];
        string[] after = [.. before, Given.Policy(Closed)];
        Assert.Equal(
            ["web -> db: TCP 8080 -> None by +policy (through Service db, whose port 81 leads to TCP 8080)"],
            Changes(before, after, "svc/db", new AskedPorts(PortSet.Of(Protocol.TCP, 81), [])));
        Assert.Equal(
            ["web -> db: TCP 3306 -> None by +policy (through Service db, whose port 80 leads to TCP 3306)"],
            Changes(before, after, "svc/db", new AskedPorts(PortSet.None, ["sql"])));
        Assert.Empty(Changes(before, [.. before, Given.Policy("podSelector: {matchLabels: {app: db}}\ningress: [{ports: [{port: 3306}]}]")], "svc/db",
            new AskedPorts(PortSet.None, ["sql"])));
    }

    [Fact]
    public void A_Service_that_leads_elsewhere_opens_there_and_closes_here() => Assert.Equal(
        [
            "db -> replica: None -> TCP 3306 by  (no policy that selects these ends differs; after: through Service db, whose port 80 leads to TCP 3306)",
            "replica -> db: TCP 3306 -> None by  (no policy that selects these ends differs; before: through Service db, whose port 80 leads to TCP 3306)",
            "web -> db: TCP 3306 -> None by  (no policy that selects these ends differs; before: through Service db, whose port 80 leads to TCP 3306)",
            "web -> replica: None -> TCP 3306 by  (no policy that selects these ends differs; after: through Service db, whose port 80 leads to TCP 3306)",
        ],
        Changes([Database], [Service("selector: {app: replica}, ports: [{port: 80, targetPort: 3306}]")], "svc/db", from: null));

    [Fact]
    public void Addresses_behind_a_Service_are_compared_too()
    {
        string[] service =
        [
            Service("ports: [{port: 443}]"),
            "{apiVersion: v1, kind: Endpoints, metadata: {name: db}, subsets: [{addresses: [{ip: 203.0.113.9}], ports: [{port: 5432}]}]}",
        ];
        Assert.Equal(
            ["web -> 203.0.113.9: TCP 5432 -> None by +policy (through Service db)"],
            Changes(service, [.. service, Given.Policy("podSelector: {matchLabels: {app: web}}\npolicyTypes: [Egress]")], "svc/db"));
    }

    [Fact]
    public void The_outside_reaches_a_Service_on_its_target_ports()
    {
        var changes = Changes([Database], [Database, Given.Policy(Closed)], "svc/db", from: "203.0.113.0/24");
        Assert.Equal(["203.0.113.0-203.0.113.255 -> db: TCP 3306 -> None by +policy (through Service db, whose port 80 leads to TCP 3306)"], changes);
    }

    [Fact]
    public void A_Service_that_leads_nowhere_on_one_side_is_a_warning_and_on_both_no_answer()
    {
        var nowhere = Service("selector: {app: nobody}, ports: [{port: 80}]");
        var gone = Ask([Database], [nowhere]);
        Assert.Equal(AnswerStatus.Answered, gone.Status);
        Assert.Equal((DiagnosticId.ServiceLeadsNowhere, DiagnosticSeverity.Warning), Told(gone));
        Assert.NotEmpty(gone.Value!.List());
        var never = Ask([nowhere], [nowhere]);
        Assert.Equal(AnswerStatus.NotAnswered, never.Status);
        Assert.Equal((DiagnosticId.ServiceLeadsNowhere, DiagnosticSeverity.Error), Told(never));
        var unknown = Ask([], []);
        Assert.Equal(AnswerStatus.NotAnswered, unknown.Status);
        Assert.Equal((DiagnosticId.NoMatch, DiagnosticSeverity.Error), Told(unknown));
        Assert.Equal(AnswerStatus.Answered, Ask([], [Database]).Status);

        static (DiagnosticId, DiagnosticSeverity) Told(Answer<ReachabilityDifference> answer)
        {
            var told = Assert.Single(answer.Diagnostics).Diagnostic;
            return (told.Id, told.Severity);
        }
    }

    private static string Service(string spec) => Given.Service("db", spec);

    private static Answer<ReachabilityDifference> Ask(string[] before, string[] after) =>
        new DifferenceQuestion(new ConnectionQuery { To = [EndpointPattern.Parse("svc/db")] }).Ask(Evaluator(before), Evaluator(after), QuestionWords.Plain);

    private static ClusterEvaluator Evaluator(string[] more) => new(Given.Cluster([.. Pods, .. more]).Snapshot);

    private static IEnumerable<string> Changes(string[] before, string[] after, string to, AskedPorts? ports = null, string? from = "web")
    {
        var asked = ports ?? AskedPorts.All;
        var query = new ConnectionQuery
        {
            From = from is null ? [] : [EndpointPattern.Parse(from)],
            To = [EndpointPattern.Parse(to)],
            Ports = asked.Numbers,
            PortNames = asked.Names,
        };
        var answer = new DifferenceQuestion(query).Ask(Evaluator(before), Evaluator(after), QuestionWords.Plain);
        Assert.Equal(AnswerStatus.Answered, answer.Status);
        return answer.Value!.List().Where(change => from is not null || change.Source.Addresses is null)
            .Select(static change =>
                ($"{Name(change.Source)} -> {Name(change.Destination)}: {change.Before} -> {change.After} by {string.Join(' ', change.Policies)} "
                    + $"({string.Join("; ", change.Notes)})").Replace("default/", "", StringComparison.Ordinal));

        static string Name(ConnectionEnd end) => end.Name ?? end.Addresses!;
    }
}
