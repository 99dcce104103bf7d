using System.Text.Json;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary>What reach prints: JSON, CSV and a table.</summary>
public class OutputTests
{
    [Fact]
    public void Names_that_would_steer_the_terminal_are_shown_as_what_they_are()
    {
        var reached = Netpol.ReachWithInput(
            """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","ownerReferences":[{"controller":true,"kind":"a\u001b[31m\nb","name":"owner"}]}}""", "-");
        Assert.Contains(@"default/owner[a\u001B[31m\u000Ab]", reached.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', reached.Output);
    }

    [Fact]
    public void JSON_has_a_connection_per_line_with_source_destination_ports_and_verdict()
    {
        var run = Netpol.Reach(Netpol.ThreeTier, "-o", "json");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(["connections", "diagnostics"], run.Json.EnumerateObject().Select(static property => property.Name));
        Assert.Equal(0, run.Json.GetProperty("diagnostics").GetArrayLength());
        Assert.Contains(
            """{"source":{"namespace":"shop","name":"web","kind":"Deployment"},"destination":{"namespace":"shop","name":"api","kind":"Deployment"},"ports":"TCP 5000","verdict":"Allowed"}""",
            run.OutputLines.Select(static line => line.TrimEnd(',')));
        Assert.Contains(
            """{"source":{"addresses":"0.0.0.0-255.255.255.255"},"destination":{"namespace":"shop","name":"web","kind":"Deployment"},"ports":"TCP 80","verdict":"Allowed"}""",
            run.OutputLines.Select(static line => line.TrimEnd(',')));
    }

    [Fact]
    public void JSON_tells_diagnostics_with_place_path_and_object()
    {
        var file = Repository.Example("broken", "except-without-prefix.yaml");
        var run = Netpol.Reach(file, Netpol.ThreeTier, "-o", "json");
        Assert.Equal(1, run.ExitCode);
        var diagnostic = Assert.Single(run.Json.GetProperty("diagnostics").EnumerateArray());
        Assert.Equal(
            ("InvalidValue", "Error", "spec.ingress[0].from[0].ipBlock.except[0]"),
            (Text(diagnostic, "id"), Text(diagnostic, "severity"), Text(diagnostic, "fieldPath")));
        Assert.Equal(
            (file, 12, 11),
            (Text(diagnostic, "file"), diagnostic.GetProperty("line").GetInt32(), diagnostic.GetProperty("column").GetInt32()));
        Assert.Equal("""{"namespace":"default","name":"broken","kind":"NetworkPolicy"}""", diagnostic.GetProperty("object").GetRawText());
        Assert.Contains("10.0.0.10/32", Text(diagnostic, "message"), StringComparison.Ordinal);
        Assert.NotEqual(0, run.Json.GetProperty("connections").GetArrayLength());
    }

    [Fact]
    public void JSON_tells_notes_where_there_are_any()
    {
        var manifests = Given.Documents(Given.Pod("agent", spec: "hostNetwork: true"), Given.Pod("web"));
        var run = Netpol.ReachWithInput(manifests, "-", "-o", "json", "--from", "agent", "--to", "web");
        var connection = Assert.Single(run.Json.GetProperty("connections").EnumerateArray());
        Assert.Contains("uses hostNetwork", connection.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void CSV_has_a_heading_and_a_line_per_connection()
    {
        var run = Netpol.Reach(Netpol.ThreeTier, "-o", "csv", "--denied", "--to", "db");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal("SourceNamespace,Source,SourceKind,DestinationNamespace,Destination,DestinationKind,Ports,Verdict,Notes", run.OutputLines[0]);
        Assert.Contains("shop,api,Deployment,shop,db,Deployment,TCP 3306,Allowed,", run.OutputLines);
        Assert.Contains("shop,web,Deployment,shop,db,Deployment,None,Denied,", run.OutputLines);
        Assert.Contains(",0.0.0.0-255.255.255.255,,shop,db,Deployment,None,Denied,", run.OutputLines);
    }

    [Fact]
    public void CSV_quotes_what_holds_a_comma()
    {
        var manifests = Given.Documents(
            Given.Pod("web", spec: "hostNetwork: true"), Given.Pod("api"), Given.Policy("ingress: [{ports: [{port: 80}, {port: 443}]}]"));
        var run = Netpol.ReachWithInput(manifests, "-", "-o", "csv", "--from", "web", "--to", "api");
        Assert.StartsWith("default,web,Pod,default,api,Pod,\"TCP 80,443\",Allowed,\"", run.OutputLines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_is_for_people_and_joins_the_two_families_of_addresses()
    {
        var run = Netpol.Reach(Netpol.ThreeTier);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal(
            """
            SOURCE                DESTINATION           PORTS
            shop/api[Deployment]  shop/db[Deployment]   TCP 3306
            shop/api[Deployment]  shop/web[Deployment]  TCP 80
            shop/api[Deployment]  anywhere outside      All
            shop/web[Deployment]  shop/api[Deployment]  TCP 5000
            shop/web[Deployment]  shop/web[Deployment]  TCP 80
            shop/web[Deployment]  anywhere outside      All
            anywhere outside      shop/web[Deployment]  TCP 80

            """.ReplaceLineEndings("\n"),
            run.Output);
    }

    [Fact]
    public void The_table_shows_verdicts_where_blocked_connections_are_listed_too()
    {
        var run = Netpol.Reach(Netpol.ThreeTier, "--denied", "--from", "web", "--to", "db");
        Assert.Equal(["SOURCE                DESTINATION          VERDICT  PORTS", "shop/web[Deployment]  shop/db[Deployment]  Denied   None"],
            run.OutputLines);
    }

    [Fact]
    public void An_empty_table_says_so_where_it_does_not_disturb()
    {
        var run = Netpol.Reach(Netpol.ThreeTier, "--from", "web", "--to", "db");
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Contains("--denied", run.Errors, StringComparison.Ordinal);
    }

    private static string? Text(JsonElement element, string property) => element.GetProperty(property).GetString();
}
