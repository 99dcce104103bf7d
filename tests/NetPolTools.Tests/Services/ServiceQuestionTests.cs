using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Services;

/// <summary>One question whose destination is a Service, and the reasons that concern an unknown controller.</summary>
public sealed class ServiceQuestionTests
{
    private static readonly Cluster Shop = Given.Cluster(
        Given.Pod("client", "app: client"),
        Given.Pod("web", "app: web"),
        Given.Service("web", "selector: {app: web}, ports: [{port: 80, targetPort: 8080}]"),
        Given.Service("web-pods", "clusterIP: None, selector: {app: web}, ports: [{port: 80}]"),
        Given.Service("nowhere", "selector: {app: none}, ports: [{port: 80}]"),
        Given.Service("outside", "type: ExternalName, externalName: db.example.com"),
        Given.Ingress("web", "web", "number: 80"),
        Given.Policy("podSelector: {matchLabels: {app: web}}\ningress: [{from: [{podSelector: {matchLabels: {app: client}}}]}]"));

    [Theory]
    [InlineData("svc/web", 8080, true)]
    [InlineData("svc/web", 80, false)]
    [InlineData("svc/web-pods", 80, true)]
    [InlineData("default/svc/web", 8080, true)]
    public void A_Service_is_reached_on_its_target_ports(string to, int port, bool expected)
    {
        var answer = Ask("client", to, PortSet.Of(Protocol.TCP, port), out var problems);
        Assert.Empty(problems);
        Assert.Equal(expected, answer!.IsAllowed);
    }

    [Fact]
    public void Through_a_Service_a_pod_reaching_itself_needs_a_rule_and_by_its_own_address_it_needs_none()
    {
        Assert.False(Ask("web", "svc/web", PortSet.All, out _)!.IsAllowed);
        Assert.True(Ask("web", "svc/web-pods", PortSet.All, out _)!.IsAllowed);
    }

    [Theory]
    [InlineData("svc/none", DiagnosticId.NoMatch)]
    [InlineData("svc/web*", DiagnosticId.AmbiguousName)]
    [InlineData("svc/nowhere", DiagnosticId.ServiceLeadsNowhere)]
    [InlineData("svc/outside", DiagnosticId.ServiceLeadsNowhere)]
    public void Without_one_destination_there_is_no_answer(string to, DiagnosticId id)
    {
        Assert.Null(Ask("client", to, PortSet.All, out var problems));
        Assert.Equal((to, id), (Assert.Single(problems).Name.ToString(), problems[0].Problem.Id));
    }

    [Fact]
    public void The_reasons_say_that_nothing_is_known_of_the_controller()
    {
        var query = new ConnectionQuery { From = [EndpointPattern.Parse("ingress-controller")], IncludeDenied = true };
        var line = Assert.Single(Shop.List(query));
        var reasons = new Explainer(Shop.Map).Explain(line.Example.Source, line.Example.Destination, PortSet.All).ToString();
        Assert.Contains("egress: the ingress controller is not in the input", reasons, StringComparison.Ordinal);
        Assert.Contains("would match if the source's labels and namespace were known, and matched", reasons, StringComparison.Ordinal);
    }

    private static ReachabilityAnswer? Ask(string from, string to, PortSet ports, out IReadOnlyList<(EndpointPattern Name, Diagnostic Problem)> problems) =>
        ReachabilityQuestion.Ask(Shop.Map, EndpointPattern.ParseSource(from), EndpointPattern.Parse(to), ports, out problems);
}
