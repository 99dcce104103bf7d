using NetPolTools.Kubectl;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary><c>kubectl netpol cni</c>: does the cluster enforce policies; and <c>--cni</c>, who can reach whom if it does not.</summary>
public sealed class CniTests
{
    [Theory]
    [InlineData("canal", ExitCode.Answered, "ENFORCED: Yes")]
    [InlineData("flannel", ExitCode.NotReachable, "ENFORCED: No")]
    [InlineData("calico-partly-ready", ExitCode.NotReachable, "ENFORCED: Partly")]
    [InlineData("nothing-known", ExitCode.NotAnswered, "ENFORCED: Unknown")]
    public void The_exit_code_tells_whether_policies_are_enforced(string file, int code, string output)
    {
        var asked = Netpol.Run(null, "cni", Repository.Manifests("cni", file + ".yaml"));
        Assert.Equal((code, output, ""), (asked.ExitCode, asked.OutputLines[0], asked.Errors));
    }

    [Theory]
    [InlineData("cilium", ExitCode.Answered, "FEATURE EndPort: Yes")]
    [InlineData("cilium-old", ExitCode.NotReachable, "FEATURE EndPort: No")]
    public void A_feature_counts_where_it_is_asked_about(string file, int code, string output)
    {
        var asked = Netpol.Run(null, "cni", Repository.Manifests("cni", file + ".yaml"), "--feature", "EndPort");
        Assert.Equal(code, asked.ExitCode);
        Assert.Contains(output, asked.OutputLines);
    }

    [Fact]
    public void The_evidence_and_advice_are_told()
    {
        var output = Netpol.Run(null, "cni", Repository.Manifests("cni", "flannel.yaml")).Output;
        Assert.Contains("  proof: DaemonSet kube-flannel/kube-flannel-ds (1 of 1 ready)", output, StringComparison.Ordinal);
        Assert.Contains("ADVICE: Flannel only connects pods.", output, StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_holds_the_verdict_its_evidence_and_the_policies_that_do_not_work_as_written()
    {
        var asked = Netpol.Run(null, "cni", Repository.Manifests("cni", "weave.yaml"), Netpol.ThreeTier, "-o", "json");
        var verdict = asked.Json.GetProperty("verdict")[0];
        Assert.Equal("Yes", verdict.GetProperty("enforced").GetString());
        Assert.Equal("DaemonSet kube-system/weave-net", verdict.GetProperty("plugins")[0].GetProperty("evidence")[0].GetProperty("object").GetString());
        Assert.Equal("spec.ingress[0].ports[0].port", asked.Json.GetProperty("policies")[0].GetProperty("path").GetString());
        Assert.Equal(0, asked.Json.GetProperty("diagnostics").GetArrayLength());
    }

    [Fact]
    public void Policies_are_told_of_the_namespace_that_the_question_stands_in()
    {
        string[] question = ["cni", Repository.Manifests("cni", "weave.yaml"), Netpol.ThreeTier, "--namespace"];
        Assert.Contains(Netpol.Run(null, [.. question, "shop"]).OutputLines, static line => line.StartsWith("POLICY shop/", StringComparison.Ordinal));
        var elsewhere = Netpol.Run(null, [.. question, "kube-system"]);
        Assert.Equal(ExitCode.Answered, elsewhere.ExitCode);
        Assert.DoesNotContain("POLICY", elsewhere.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.AnsweredWithBadInput, Netpol.Run(null, [.. question, "shopp"]).ExitCode);
    }

    [Theory]
    [InlineData("table", "")]
    [InlineData("json", "{\"verdict\":[],")]
    public void An_input_that_cannot_be_read_has_no_verdict(string format, string output)
    {
        var asked = Netpol.Run(null, "cni", "nowhere.yaml", "-o", format);
        Assert.Equal(ExitCode.NotAnswered, asked.ExitCode);
        Assert.Equal(output, asked.Output.ReplaceLineEndings("")[..output.Length]);
        Assert.Contains("no such file or folder", Assert.Single(asked.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void The_catalogue_is_listed_as_a_table_and_as_JSON()
    {
        var table = Netpol.Run(null, "cni", "--list");
        Assert.StartsWith("PLUGIN", table.OutputLines[0], StringComparison.Ordinal);
        Assert.Contains(table.OutputLines, static line =>
            line.StartsWith("Flannel ", StringComparison.Ordinal) && line.Contains("no;", StringComparison.Ordinal));
        Assert.Equal(table.OutputLines.Count - 1, Netpol.Run(null, "cni", "--list", "-o", "json").Json.GetProperty("plugins").GetArrayLength());
    }

    [Fact]
    public void A_plugin_is_looked_up_without_a_cluster() =>
        Assert.Equal(ExitCode.NotReachable, Netpol.Run(null, "cni", "--plugin", "kubenet").ExitCode);

    [Theory]
    [InlineData("cni")]
    [InlineData("cni", "--plugin", "flanel")]
    [InlineData("reach", "x", "--cni", "flanel")]
    public void A_question_without_a_subject_or_with_an_unknown_plugin_is_none(params string[] arguments) =>
        Assert.Equal(ExitCode.NotAnswered, Netpol.Run(null, arguments).ExitCode);

    [Fact]
    public void On_a_plugin_that_does_not_enforce_what_policies_forbid_is_reachable()
    {
        string[] question = ["test", Netpol.ThreeTier, "--from", "shop/web", "--to", "shop/db"];
        Assert.Equal(ExitCode.NotReachable, Netpol.Run(null, question).ExitCode);
        var onFlannel = Netpol.Run(null, [.. question, "--cni", "flannel", "--explain"]);
        Assert.Equal(ExitCode.Answered, onFlannel.ExitCode);
        Assert.Contains("no policy has an effect on shop/db", onFlannel.Output, StringComparison.Ordinal);
        Assert.Contains("warning: Flannel does not enforce NetworkPolicies", onFlannel.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_plugin_that_the_input_shows_counts_unless_told_otherwise()
    {
        string[] question = ["reach", Netpol.ThreeTier, Repository.Manifests("cni", "flannel.yaml"), "--from", "web", "--to", "db"];
        Assert.Contains("shop/web[Deployment]  shop/db[Deployment]  All", Netpol.Run(null, question).OutputLines);
        Assert.Empty(Netpol.Run(null, [.. question, "--cni", "enforcing"]).Output);
    }
}
