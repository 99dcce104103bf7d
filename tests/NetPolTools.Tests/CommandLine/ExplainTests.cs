using NetPolTools.Kubectl;

namespace NetPolTools.Tests.CommandLine;

/// <summary><c>reach --explain</c>: the reasons of each line.</summary>
public class ExplainTests
{
    [Fact]
    public void The_reasons_stand_below_each_line_of_the_table()
    {
        var lines = Netpol.Reach(Netpol.ThreeTier, "--from", "web", "--to", "db", "--denied", "--explain").OutputLines;
        Assert.StartsWith("shop/web[Deployment]", lines[1], StringComparison.Ordinal);
        Assert.Equal("    egress: no policy selects shop/web for egress, so everything is allowed", lines[2]);
        Assert.Equal("    ingress: shop/db is isolated by shop/default-deny-ingress, shop/db", lines[3]);
        Assert.Matches(@"^      shop/db spec\.ingress\[0\] \(.*policies\.yaml:48:7\) would match if the pod had tier=backend$", lines[4]);
    }

    [Fact]
    public void In_JSON_each_rule_has_its_policy_path_and_place()
    {
        var connection = Netpol.Reach(Netpol.ThreeTier, "--from", "api", "--to", "db", "--explain", "-o", "json").Json.GetProperty("connections")[0];
        var ingress = connection.GetProperty("explanation").GetProperty("ingress");
        var rule = Assert.Single(ingress.GetProperty("rules").EnumerateArray());
        Assert.Equal(("shop/db", "spec.ingress[0]", 48),
            (rule.GetProperty("policy").GetString(), rule.GetProperty("path").GetString(), rule.GetProperty("line").GetInt32()));
        Assert.Equal("from[0]: pods with tier=backend of namespace shop", rule.GetProperty("peers")[0].GetString());
    }

    [Theory]
    [InlineData("--by", "namespace")]
    [InlineData("-o", "csv")]
    public void Where_reasons_have_no_place_they_are_refused(params string[] with) =>
        Assert.Equal(ExitCode.NotAnswered, Netpol.Reach([Netpol.ThreeTier, "--explain", .. with]).ExitCode);
}
