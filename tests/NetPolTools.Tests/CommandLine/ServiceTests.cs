using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary>Services and Ingresses on the command line.</summary>
public class ServiceTests
{
    [Fact]
    public void A_Service_stands_for_the_pods_behind_it()
    {
        var run = Netpol.Reach(Repository.Example("three-tier-application"), "--to", "svc/mysqldb", "-o", "csv");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.StartsWith(
            "default,flaskback,Deployment,default,mysqldb,Deployment,TCP 3306,Allowed,\"through Service default/mysqldb",
            Assert.Single(run.OutputLines.Skip(1)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_Service_that_leads_nowhere_makes_2_and_says_why()
    {
        var run = Netpol.ReachWithInput(
            Given.Documents(Given.Pod("web"), Given.Service("db", "selector: {app: db}, ports: [{port: 1}]")), "-", "--to", "svc/db");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Equal(
            "<stdin>:8:1: error: Service default/db: The Service leads nowhere: no pod of its namespace matches its selector app=db.",
            Assert.Single(run.ErrorLines));
    }

    [Fact]
    public void A_Service_as_source_makes_2()
    {
        var run = Netpol.Reach(Repository.Example("three-tier-application"), "--from", "svc/mysqldb");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("Services send nothing", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ingress_controller_that_is_not_in_the_input_is_an_end_of_its_own_kind()
    {
        var run = Netpol.Reach(Repository.Example("cppserver-ingress", "server.yaml"), "--from", "ingress-controller", "-o", "json");
        Assert.Equal(0, run.ExitCode);
        var source = Assert.Single(run.Json.GetProperty("connections").EnumerateArray()).GetProperty("source");
        Assert.Equal("""{"namespace":"","name":"{ingress-controller}","kind":"IngressController"}""", source.GetRawText());
    }

    [Fact]
    public void An_Ingress_that_policies_cut_off_is_a_warning_and_makes_0()
    {
        var run = Netpol.Reach(Repository.Example("cppserver-ingress", "server.yaml"), Repository.Example("cppserver-ingress", "policy.yaml"));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(": warning: Ingress cppserver/cppserver: It leads to cppserver/cppserver[Deployment] on TCP 8080", Assert.Single(run.ErrorLines),
            StringComparison.Ordinal);
    }
}
