using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary><c>kubectl netpol report</c>, and the pictures of <c>reach</c> for a terminal.</summary>
public sealed class ReportTests
{
    [Theory]
    [InlineData("html", "<!DOCTYPE html>")]
    [InlineData("markdown", "<!-- netpoltools report -->")]
    [InlineData("mermaid", "flowchart LR")]
    [InlineData("dot", "digraph ")]
    [InlineData("svg", "<svg ")]
    [InlineData("csv", "SourceNamespace,")]
    [InlineData("json", "{\"figures\":{")]
    public void Writes_every_form(string format, string begins)
    {
        var run = Report(Netpol.ThreeTier, "-o", format);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith(begins, run.Output, StringComparison.Ordinal);
        if (format == "json")
        {
            Assert.Equal(
                Netpol.Reach(Netpol.ThreeTier, "-o", "json").Json.GetProperty("connections").GetArrayLength(),
                run.Json.GetProperty("reachability").GetProperty("connections").GetArrayLength());
            Assert.Equal(
                Netpol.Run(null, ["exposure", Netpol.ThreeTier, "-o", "json"]).Json.GetProperty("exposure").GetArrayLength(),
                run.Json.GetProperty("exposure").GetProperty("exposure").GetArrayLength());
        }
    }

    /// <summary>CSV is one table: that of the command which is about it alone.</summary>
    [Theory]
    [InlineData("reachability", "reach")]
    [InlineData("isolation", "isolation")]
    [InlineData("namespaces", "isolation", "--by", "namespace")]
    [InlineData("exposure", "exposure")]
    public void Writes_the_table_that_is_asked_for(string part, params string[] command)
    {
        var expected = Netpol.Run(null, [command[0], Netpol.ThreeTier, .. command[1..], "-o", "csv"]).OutputLines.Order(StringComparer.Ordinal);
        Assert.Equal(expected, Report(Netpol.ThreeTier, "-o", "csv", "--part", part).OutputLines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_comment_tells_who_may_come()
    {
        var lines = Report(Repository.Manifests("labels"), "-o", "markdown").OutputLines;
        Assert.Contains("| a pod in namespaces with certain labels | 1 | 0 |", lines);
        Assert.Contains(lines, static line => line.StartsWith("| bank/ledger[Deployment] | from | any pod in namespaces with team=payments | TCP 8443 | "
            + "bank/ledger spec.ingress[1] (", StringComparison.Ordinal) && line.EndsWith("application.yaml:70) |", StringComparison.Ordinal));
    }

    [Fact]
    public void Writes_a_file_and_replaces_none_that_is_there()
    {
        var folder = Directory.CreateTempSubdirectory("netpol-report-");
        try
        {
            var file = Path.Combine(folder.FullName, "report.html");
            var first = Report(Netpol.ThreeTier, "--output", file);
            Assert.Equal((0, ""), (first.ExitCode, first.Output));
            var written = File.ReadAllText(file);
            var again = Report(Netpol.ThreeTier, "--output", file, "-o", "svg");
            Assert.Equal(2, again.ExitCode);
            Assert.Contains("--force", again.Errors, StringComparison.Ordinal);
            Assert.Equal(written, File.ReadAllText(file));
            Assert.Equal(0, Report(Netpol.ThreeTier, "--output", file, "-o", "svg", "--force").ExitCode);
            Assert.StartsWith("<svg ", File.ReadAllText(file), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("'svg' is what to write", "--output", "svg")]
    [InlineData("--show opens a file", "--show")]
    [InlineData("--force replaces a file", "--force")]
    [InlineData("--apply needs", "--apply")]
    [InlineData("--workload is for pictures", "--workload", "shop/db")]
    [InlineData("--part is for -o csv", "--part", "exposure")]
    [InlineData("--part difference needs", "-o", "csv", "--part", "difference")]
    [InlineData("matches no workload", "-o", "svg", "--workload", "nobody")]
    public void Refuses_what_makes_no_sense(string says, params string[] options)
    {
        var run = Report([Netpol.ThreeTier, .. options]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(says, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_of_a_change_has_what_opens_and_what_closes()
    {
        var graph = Report(Repository.Manifests("three-tier-next"), "--reference", Netpol.ThreeTier, "-o", "mermaid").Output;
        Assert.Contains("n0 ==>|\"TCP 9090\"| n0\n", graph, StringComparison.Ordinal);
        Assert.Contains("-.->|\"TCP 80\"| ", graph, StringComparison.Ordinal);
        Assert.Contains("|\"TCP 5000 #8594; TCP 5000,9090\"| ", graph, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_of_a_change_tells_what_exposure_it_opens_and_closes()
    {
        string[] question = [Repository.Manifests("three-tier-next"), "--reference", Netpol.ThreeTier, "-o"];
        var changes = Report([.. question, "json"]).Json.GetProperty("exposureDifference").GetProperty("exposureChanges").EnumerateArray()
            .Select(static line => $"{line.GetProperty("change").GetString()} {line.GetProperty("workload").GetProperty("name").GetString()} "
                + $"{line.GetProperty("who").GetString()}").ToArray();
        Assert.Contains("Closed web any pod in any namespace but shop", changes);
        Assert.Contains("<summary>Exposure closed (", Report([.. question, "markdown"]).Output, StringComparison.Ordinal);

        // Once of the state, and once of the change.
        Assert.Equal(3, Report([.. question, "html"]).Output.Split("\"exposure\":[[").Length);
    }

    [Fact]
    public void Draws_the_neighbours_of_one_workload()
    {
        var picture = Report(Netpol.ThreeTier, "-o", "svg", "--workload", "shop/db").Output;
        Assert.Contains("<title>shop/db[Deployment]: reached by 1 at the left, reaches 0 at the right</title>", picture, StringComparison.Ordinal);
        Assert.Contains("<title>shop/api (Deployment): allowed TCP 3306</title>", picture, StringComparison.Ordinal);
    }

    [Fact]
    public void A_matrix_fits_a_terminal()
    {
        var run = Netpol.Reach(Netpol.ThreeTier, "-o", "matrix");
        Assert.Equal(
            """
                                   1 2 3 4
            1 shop/api[Deployment] . s s A
            3 shop/web[Deployment] s . s A
            4 anywhere outside     . . s .

            2 shop/db[Deployment]
            A every port, s some ports, ? undetermined, . nothing; rows send, columns receive

            """,
            run.Output.Replace("\n\n\n", "\n\n", StringComparison.Ordinal));
    }

    [Fact]
    public void A_tree_shows_who_reaches_a_workload()
    {
        Assert.Equal(
            """
            shop/db[Deployment]
            └─ reached by
               └─ shop/api[Deployment]  TCP 3306

            """,
            Netpol.Reach(Netpol.ThreeTier, "--to", "shop/db", "-o", "tree").Output);
        var lines = Netpol.Reach(Repository.Manifests("calico"), "-o", "tree").OutputLines;
        Assert.All(lines.Where(static line => !line.StartsWith('[')), static line => Assert.InRange(line.Length, 1, 80));
    }

    [Fact]
    public void A_picture_has_no_place_for_reasons() =>
        Assert.Contains("--explain", Netpol.Reach(Netpol.ThreeTier, "-o", "tree", "--explain").Errors, StringComparison.Ordinal);

    private static Netpol Report(params string[] arguments) => Netpol.Run(null, ["report", .. arguments]);
}
