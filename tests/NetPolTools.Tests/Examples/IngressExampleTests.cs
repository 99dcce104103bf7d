using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Examples;

/// <summary>The example of a server that only its Ingress may reach.</summary>
public class IngressExampleTests
{
    private static readonly ConnectionQuery ToTheServer = new() { To = [EndpointPattern.Parse("svc/cppserver")] };

    [Fact]
    public void Cppserver_is_reached_through_its_Ingress_and_from_nowhere_else()
    {
        var cluster = Cluster.OfPaths(Repository.Example("cppserver-ingress"));
        Assert.Empty(cluster.Diagnostics);
        Assert.Empty(cluster.DiagnosticsOf(new ConnectionQuery()));
        var line = Assert.Single(cluster.List(ToTheServer));
        Assert.Equal("ingress/nginx-ingress-microk8s-controller[DaemonSet]", line.Source.ToString());
        Assert.Equal("TCP 8080", line.Ports.ToString());
        Assert.Contains("Ingress cppserver/cppserver leads here on TCP 8080", line.Notes);
    }

    [Fact]
    public void Without_the_controller_in_the_input_the_answer_says_so()
    {
        var cluster = Cluster.OfPaths(Repository.Example("cppserver-ingress", "server.yaml"), Repository.Example("cppserver-ingress", "policy.yaml"));
        Assert.Empty(cluster.List(ToTheServer));
        var warning = Assert.Single(cluster.DiagnosticsOf(ToTheServer));
        Assert.Equal((DiagnosticId.EntranceBlocked, DiagnosticSeverity.Warning), (warning.Id, warning.Severity));
        Assert.Contains("controller is not in the input", warning.Message, StringComparison.Ordinal);
        Assert.Equal("Ingress cppserver/cppserver", warning.Object?.ToString());
    }

    [Fact]
    public void Without_the_policy_the_unnamed_controller_reaches_the_server_on_the_port_of_its_Ingress()
    {
        var line = Assert.Single(
            Cluster.OfPaths(Repository.Example("cppserver-ingress", "server.yaml")).List(),
            static line => line.Source == ConnectionEnd.IngressController);
        Assert.Equal("{ingress-controller} -> cppserver/cppserver[Deployment] TCP 8080", $"{line.Source} -> {line.Destination} {line.Ports}");
    }
}
