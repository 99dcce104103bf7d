using System.Text.Json;
using System.Xml.Linq;
using NetPolTools.Kubectl;
using NetPolTools.Reports;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary><c>kubectl netpol check</c>: intents, their forms and exit codes.</summary>
public sealed class CheckTests : IDisposable
{
    private const string Good = "intents:\n- shop/api -> shop/db: TCP 3306 only\n- nothing -> shop/db: TCP 22\n";
    private const string Bad = Good + "- shop/web -> shop/db: TCP 3306\n";
    private const string Open = Good + "- shop/nobody -> shop/db:\n";

    private readonly ManifestFolder _folder = new();

    public static TheoryData<LintReportFormat> Formats => [.. Enum.GetValues<LintReportFormat>()];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Good, ExitCode.Answered, "2 intents: 2 passed.")]
    [InlineData(Bad, ExitCode.CheckFailed, "3 intents: 2 passed, 1 failed.")]
    [InlineData(Open, ExitCode.NotAnswered, "3 intents: 2 passed, 1 undetermined.")]
    [InlineData(Bad + "- shop/nobody -> shop/db:\n", ExitCode.CheckFailed, "4 intents: 2 passed, 1 failed, 1 undetermined.")]
    [InlineData("intents: {}\n", ExitCode.Answered, "No intents.")]
    public void The_exit_code_says_whether_all_hold(string intents, int code, string sum)
    {
        var run = Check(intents, Netpol.ThreeTier);
        Assert.Equal(code, run.ExitCode);
        Assert.Equal(sum, run.ErrorLines[^1]);
    }

    [Fact]
    public void What_fails_is_told_with_the_rule_and_both_places()
    {
        var run = Check(Bad, Netpol.ThreeTier);
        Assert.Equal("passed        shop/api -> shop/db: TCP 3306 only", run.OutputLines[0]);
        Assert.Equal($"failed        shop/web -> shop/db: TCP 3306 ({_folder.At("intents.yaml")}:4:3)", run.OutputLines[2]);
        Assert.Equal("              shop/web may not reach shop/db on TCP 3306.", run.OutputLines[3]);
        Assert.Matches(@"shop/db spec\.ingress\[0\] \(.*policies\.yaml:\d+:\d+\) would match if the pod had tier=backend", run.OutputLines[4]);
    }

    [Fact]
    public void What_fails_is_told_with_its_smallest_repair()
    {
        var run = Check(Bad, Netpol.ThreeTier);
        Assert.Equal(
            "              Repair: NetworkPolicy shop/db: Add pods with app=web of the policy's own namespace to the peers of spec.ingress[0]. "
                + "(changes nothing else)",
            run.OutputLines[5]);
        var stopped = Check("intents:\n- shop/api -> shop/db: nothing\n", Netpol.ThreeTier, "-o", "json").Json.GetProperty("intents")[0];
        Assert.Equal("NetworkPolicy shop/db: Remove spec.ingress[0].", stopped.GetProperty("repair").GetString());
    }

    [Fact]
    public void What_was_seen_is_held_against_the_file_and_written_as_one()
    {
        var flows = Path.Combine(Repository.Root, "tests", "flows", "hubble.jsonl");
        const string intents = "intents:\n- shop/web -> shop/api: nothing\n- shop/api -> shop/db: TCP 3306\n- outside-ipv6 -> shop/web\n";
        var run = Check(intents, Netpol.ThreeTier, "--flows", flows);
        Assert.Equal(ExitCode.CheckFailed, run.ExitCode);
        Assert.Contains("              shop/web was seen to reach shop/api on TCP 5000.", run.OutputLines);
        Assert.Contains("passed        shop/api -> shop/db: TCP 3306", run.OutputLines);
        Assert.Contains("passed        outside-ipv6 -> shop/web, never seen", run.OutputLines);

        var file = _folder.At("seen.yaml");
        Assert.Equal(ExitCode.Answered, Netpol.Run(null, "check", Netpol.ThreeTier, "--init", "--intents", file, "--flows", flows).ExitCode);
        Assert.Equal(
            ["- shop/web -> shop/api: TCP 5000", "- shop/api -> shop/db: TCP 3306", "- {from: \"203.0.113.7\", to: shop/web, ports: \"TCP 80\"}"],
            File.ReadLines(file).Where(static line => line.StartsWith('-')));
        Assert.Equal(ExitCode.NotAnswered, Check(Good, Netpol.ThreeTier, "--flows", _folder.Write("none.jsonl", "")).ExitCode);
    }

    [Fact]
    public void Bad_input_and_what_is_not_evaluated_make_1_where_all_hold()
    {
        var broken = Repository.Example("broken", "both-selectors-as-lists.yaml");
        Assert.Equal(ExitCode.AnsweredWithBadInput, Check(Good, Netpol.ThreeTier, broken).ExitCode);
        Assert.Equal(ExitCode.CheckFailed, Check(Bad, Netpol.ThreeTier, broken).ExitCode);
    }

    [Theory]
    [InlineData("intents:\n- web > db\n", "intents.yaml:2:3: error: intents[0]: Found 'web > db', expected two ends with one arrow")]
    [InlineData("intents: [", "error: ")]
    public void A_bad_file_is_no_answer(string intents, string error)
    {
        var run = Check(intents, Netpol.ThreeTier);
        Assert.Equal((ExitCode.NotAnswered, ""), (run.ExitCode, run.Output));
        Assert.Contains(error, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_and_an_input_that_is_none_are_no_answer()
    {
        Assert.Equal(ExitCode.NotAnswered, Netpol.Run(null, "check", Netpol.ThreeTier, "--intents", _folder.At("nowhere.yaml")).ExitCode);
        Assert.Equal(ExitCode.NotAnswered, Check(Good, _folder.At("nothing.yaml")).ExitCode);
    }

    [Fact]
    public void The_nearest_file_of_the_name_is_taken()
    {
        var missing = Netpol.Run(null, "check", Netpol.ThreeTier);
        Assert.Equal(ExitCode.NotAnswered, missing.ExitCode);
        Assert.Contains(".netpol-intents.yaml", missing.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_without_a_namespace_are_looked_for_where_the_question_stands()
    {
        const string Short = "intents:\n- api -> db: TCP 3306\n";
        Assert.Equal(ExitCode.Answered, Check(Short, Netpol.ThreeTier, "-n", "shop").ExitCode);
        Assert.Equal(ExitCode.NotAnswered, Check(Short, Netpol.ThreeTier, "-n", "default").ExitCode);
        Assert.Equal(ExitCode.Answered, Check("namespace: shop\n" + Short, Netpol.ThreeTier, "-n", "default").ExitCode);
    }

    [Fact]
    public void Before_a_change_they_are_asked_too()
    {
        var open = _folder.Write("open.yaml", Given.Documents(
            Given.Workload("Deployment", "shop/web", "app: web"), Given.Workload("Deployment", "shop/api", "app: api"),
            Given.Workload("Deployment", "shop/db", "app: db")));
        var run = Check(Bad, Netpol.ThreeTier, "--before", open);
        Assert.Equal(ExitCode.CheckFailed, run.ExitCode);
        Assert.EndsWith("only, before: failed", run.OutputLines[0], StringComparison.Ordinal);
        Assert.EndsWith("), before: passed", run.OutputLines[2], StringComparison.Ordinal);
        Assert.Equal("Failed", Check(Good, Netpol.ThreeTier, "--before", open, "-o", "json").Json.GetProperty("intents")[0].GetProperty("before").GetString());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Each_form_has_what_failed_and_what_is_open(LintReportFormat format)
    {
        var run = Check(Bad + "- shop/nobody -> shop/db:\n", Netpol.ThreeTier, "-o", format.ToString().ToLowerInvariant());
        Assert.Equal(ExitCode.CheckFailed, run.ExitCode);
        Assert.Contains("shop/web may not reach shop/db on TCP 3306.", run.Output, StringComparison.Ordinal);
        Assert.Contains("'shop/nobody' matches nothing", run.Output.Replace("''", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void JUnit_has_a_case_for_each_intent()
    {
        var suites = XDocument.Parse(Check(Bad + "- shop/nobody -> shop/db:\n", Netpol.ThreeTier, "-o", "junit").Output).Root!;
        Assert.Equal(("4", "1", "1"), ((string?)suites.Attribute("tests"), (string?)suites.Attribute("failures"), (string?)suites.Attribute("errors")));
        var cases = suites.Descendants("testcase").ToArray();
        Assert.Equal(["shop/api -> shop/db: TCP 3306 only", "nothing -> shop/db: TCP 22", "shop/web -> shop/db: TCP 3306", "shop/nobody -> shop/db"],
            cases.Select(static test => (string?)test.Attribute("name")));
        Assert.Equal("4", (string?)cases[2].Attribute("line"));
        Assert.Single(cases[2].Elements("failure"));
        Assert.Single(cases[3].Elements("error"));
    }

    [Fact]
    public void NUnit_calls_what_is_open_inconclusive()
    {
        var run = XDocument.Parse(Check(Open, Netpol.ThreeTier, "-o", "nunit3").Output).Root!;
        Assert.Equal(("Inconclusive", "1"), ((string?)run.Attribute("result"), (string?)run.Attribute("inconclusive")));
    }

    [Fact]
    public void Tap_has_a_line_for_each_intent_and_what_is_wrong_below_it()
    {
        var lines = Check(Bad, Netpol.ThreeTier, "-o", "tap").OutputLines;
        Assert.Equal(["TAP version 13", "1..3", "ok 1 - shop/api -> shop/db: TCP 3306 only", "ok 2 - nothing -> shop/db: TCP 22"], lines.Take(4));
        Assert.Equal(["not ok 3 - shop/web -> shop/db: TCP 3306", "  ---", "  severity: fail"], lines.Skip(4).Take(3));
        Assert.Equal("  ...", lines[^1]);
    }

    [Fact]
    public void Sarif_points_at_the_intent_and_names_the_rule()
    {
        var run = JsonDocument.Parse(Check(Bad, Netpol.ThreeTier, "-o", "sarif").Output).RootElement.GetProperty("runs")[0];
        var result = Assert.Single(run.GetProperty("results").EnumerateArray());
        Assert.Equal("INT001", result.GetProperty("ruleId").GetString());
        Assert.Equal("netpol-check/", run.GetProperty("automationDetails").GetProperty("id").GetString());
        Assert.Equal(4, result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32());
        Assert.Contains("shop/db spec.ingress[0]", result.GetProperty("message").GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Init_writes_what_is_reachable_now_and_it_holds()
    {
        var file = _folder.At("written.yaml");
        var written = Netpol.Run(null, "check", Netpol.ThreeTier, "--init", "--intents", file);
        Assert.Equal((ExitCode.Answered, $"{file}: 4 intents written.\n"), (written.ExitCode, written.Errors));
        Assert.Contains("- shop/api -> shop/db: TCP 3306\n", File.ReadAllText(file), StringComparison.Ordinal);
        var held = Netpol.Run(null, "check", Netpol.ThreeTier, "--intents", file);
        Assert.Equal((ExitCode.Answered, "6 intents: 6 passed."), (held.ExitCode, held.ErrorLines[^1]));
        Assert.Equal(ExitCode.Answered, Netpol.Run(null, "check", Netpol.ThreeTier, "--init", "--intents", file).ExitCode);
        File.AppendAllText(file, "# Mine.\n");
        Assert.Equal(ExitCode.NotAnswered, Netpol.Run(null, "check", Netpol.ThreeTier, "--init", "--intents", file).ExitCode);
        Assert.EndsWith("# Mine.\n", File.ReadAllText(file), StringComparison.Ordinal);
    }

    /// <summary>What a denial by labels of namespaces means for an end of which nothing is known is open; but no intent is about such an end.</summary>
    [Theory]
    [InlineData("NotIn", false)]
    [InlineData("networks", true)]
    public void Init_says_that_something_is_open_only_where_the_defaults_will_be(string form, bool isOpen)
    {
        var peers = isOpen ? "networks: [10.0.0.0/8]" : "namespaces: {matchExpressions: [{key: team, operator: NotIn, values: [red]}]}";
        var manifests = _folder.Write(form + ".yaml", Given.Documents(
            Given.Namespace("shop", "team: red"),
            Given.Pod("shop/web"),
            Given.Pod("shop/db"),
            "{apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: {name: guard}, spec: {priority: 1, subject: {namespaces: {}}, "
                + (isOpen ? $"egress: [{{action: Deny, to: [{{{peers}}}]}}]" : $"ingress: [{{action: Deny, from: [{{{peers}}}]}}]") + "}}"));
        var file = _folder.At(form + "-intents.yaml");
        var written = Netpol.Run(null, "check", manifests, "--init", "--intents", file);
        Assert.Equal(isOpen, written.Errors.Contains("leave open", StringComparison.Ordinal));
        Assert.Equal(isOpen, Netpol.Run(null, "check", manifests, "--intents", file).ExitCode != ExitCode.Answered);
    }

    private Netpol Check(string intents, params string[] arguments) =>
        Netpol.Run(null, ["check", "--intents", _folder.Write("intents.yaml", intents), .. arguments]);
}
