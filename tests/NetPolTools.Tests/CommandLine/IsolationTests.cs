using NetPolTools.Kubectl;

namespace NetPolTools.Tests.CommandLine;

/// <summary><c>kubectl netpol isolation</c>.</summary>
public class IsolationTests
{
    [Fact]
    public void Isolation_has_a_line_for_each_workload()
    {
        var (code, output, _) = Netpol.Run(null, "isolation", Netpol.ThreeTier);
        Assert.Equal(ExitCode.Answered, code);
        Assert.Matches("shop/db.Deployment. +1 workload +nothing +ingress isolated, egress denied +db default-deny-ingress", output);
    }

    [Fact]
    public void Isolation_by_namespace_tells_default_denies() =>
        Assert.Contains("shop,3,0,3,1,true,default-deny-ingress,false,,",
            Netpol.Run(null, "isolation", Netpol.ThreeTier, "--by", "namespace", "-o", "csv").Output, StringComparison.Ordinal);
}
