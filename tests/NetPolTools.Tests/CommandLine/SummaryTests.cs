namespace NetPolTools.Tests.CommandLine;

/// <summary><c>kubectl netpol reach --summary</c>.</summary>
public sealed class SummaryTests
{
    [Fact]
    public void Counts_for_each_workload_who_reaches_it_and_whom_it_reaches()
    {
        var (code, output, _) = Netpol.Run(null, "reach", Netpol.ThreeTier, "--summary");
        Assert.Equal(0, code);
        Assert.Equal(
            """
            WORKLOAD              REACHED BY  FROM OUTSIDE   REACHES  TO OUTSIDE
            shop/api[Deployment]  1           none           2        every address
            shop/db[Deployment]   1           none           0        none
            shop/web[Deployment]  1           every address  1        every address

            """,
            output);
    }

    [Fact]
    public void Has_the_same_figures_in_CSV_and_in_JSON()
    {
        Assert.Contains(
            "shop,db,Deployment,1,1,None,None,0,0,None,None\n",
            Netpol.Run(null, "reach", Netpol.ThreeTier, "--summary", "-o", "csv").Output,
            StringComparison.Ordinal);
        Assert.Contains(
            "\"reachedBy\":{\"workloads\":1,\"workloadsAtMost\":1,\"outside\":\"None\",\"outsideAtMost\":\"None\"}",
            Netpol.Run(null, "reach", Netpol.ThreeTier, "--summary", "-o", "json").Output.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    /// <summary>Policies that are refused once the whole cluster is known, and staged ones that are asked for and not there.</summary>
    [Theory]
    [InlineData("toServices: [{k8sServiceSelector: {selector: {matchLabels: {a: b}}}}], toPorts: [{ports: [{port: '80'}]}]")]
    [InlineData("toEndpoints: [{matchLabels: {a: b}}]", "--staged")]
    [InlineData("toNodes: [{}]")]
    public void What_is_told_of_the_list_is_told_of_the_figures(string entry, params string[] more)
    {
        var input = $"{{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {{name: p, namespace: shop}}, "
            + $"spec: {{endpointSelector: {{}}, egress: [{{{entry}}}]}}}}\n---\n"
            + "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}, spec: {containers: [{name: c, image: c}]}}\n";
        var (listed, _, told) = Netpol.Run(input, ["reach", "-", .. more]);
        var (counted, _, toldOfFigures) = Netpol.Run(input, ["reach", "-", "--summary", .. more]);
        Assert.Equal(listed, counted);
        Assert.NotEmpty(told);
        Assert.Equal(told, toldOfFigures);
    }

    [Theory]
    [InlineData("--from", "web")]
    [InlineData("--to", "db")]
    [InlineData("--port", "80")]
    [InlineData("--protocol", "TCP")]
    [InlineData("--by", "namespace")]
    [InlineData("--denied")]
    [InlineData("--explain")]
    [InlineData("--exclude-node-traffic")]
    public void What_a_count_has_no_place_for_is_an_error_of_use(params string[] more)
    {
        var (code, _, error) = Netpol.Run(null, ["reach", Netpol.ThreeTier, "--summary", .. more]);
        Assert.Equal(2, code);
        Assert.Contains("--summary", error, StringComparison.Ordinal);
    }
}
