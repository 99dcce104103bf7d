using NetPolTools.Asking;
using NetPolTools.Linting;
using NetPolTools.Linting.Suppressing;
using NetPolTools.Sources;
using NetPolTools.Tests.Support;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Linting;

/// <summary>Findings are left out by comments, annotations and a baseline, and whatever is wrong with these is a finding itself.</summary>
public sealed class SuppressionTests
{
    private const string Open = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: web
          namespace: shop
          annotations: {}
        spec:
          podSelector: {}
          policyTypes: [Ingress]
          ingress:
          - {}
        """;

    private static readonly DateOnly Today = new(2027, 2, 1);

    [Theory]
    [InlineData("  - {} # netpol:ignore NP026 the front door")]
    [InlineData("  # netpol:ignore NP026 the front door\n  - {}")]
    [InlineData("  # netpol:ignore NP026 the front door\n  # and more\n\n  - {}")]
    [InlineData("  - {} #netpol:ignore open-ingress the front door")]
    [InlineData("  - {} # netpol:ignore: NP026,NP031 the front door")]
    [InlineData("  - {} # netpol:ignore NP026 until=2027-02-01 the front door")]
    public void A_comment_on_the_line_or_above_it_silences(string rule)
    {
        var report = Ask(Open.Replace("  - {}", rule, StringComparison.Ordinal), "NP026", "NP060");
        Assert.Empty(report.Findings);
        var left = Assert.Single(report.Suppressed);
        Assert.Equal((LintSuppressionKind.Comment, "the front door"), (left.Suppression!.Kind, left.Suppression.Reason));
    }

    [Theory]
    [InlineData("  - {} # netpol:ignore NP026", "there is no reason")]
    [InlineData("  - {} # netpol:ignore NP026 until=2027-01-31 the front door", "ended after 2027-01-31")]
    [InlineData("  - {} # netpol:ignore NP026 until=soon the front door", "'soon' is no day")]
    [InlineData("  - {} # netpol:ignore open-ingres the front door", "There is no rule 'open-ingres'. Did you mean open-ingress?")]
    [InlineData("  - {} # netpol:ignore", "names no rule")]
    [InlineData("  # netpol:ignore NP026 the front door\n\n  - {}\n  - {from: [{podSelector: {}}]} # netpol:ignore NP026 nothing", "finds nothing")]
    public void A_comment_that_silences_nothing_is_told(string rule, string expected)
    {
        var found = Ask(Open.Replace("  - {}", rule, StringComparison.Ordinal), "NP026", "NP060").Findings.Single(static finding => finding.Rule.Id == "NP060");
        Assert.Contains(expected, found.Message, StringComparison.Ordinal);
        Assert.True(found.Location.Line >= 11);
    }

    [Theory]
    [InlineData("  - {} # see netpol:ignore NP026 the front door")]
    [InlineData("  - {}\n  # netpol:ignore NP026 the front door")]
    public void Another_comment_silences_nothing(string rule) =>
        Assert.Single(Ask(Open.Replace("  - {}", rule, StringComparison.Ordinal), "NP026").Findings);

    [Fact]
    public void A_comment_silences_its_rule_alone() =>
        Assert.Single(Ask(Open.Replace("  - {}", "  - {} # netpol:ignore NP027 the front door", StringComparison.Ordinal), "NP026").Findings);

    [Theory]
    [InlineData("\"the front door\"", true)]
    [InlineData("\"until=2027-02-01 the front door\"", true)]
    [InlineData("\"until=2027-01-31 the front door\"", false)]
    [InlineData("\"\"", false)]
    public void An_annotation_silences_a_rule_for_its_object(string value, bool isSilent)
    {
        var report = Ask(Open.Replace("annotations: {}", $"annotations: {{netpol.tools/ignore.NP026: {value}}}", StringComparison.Ordinal), "NP026", "NP060");
        Assert.Equal(isSilent ? 0 : 2, report.Findings.Count);
        Assert.Equal(isSilent ? 1 : 0, report.Suppressed.Count);
    }

    [Fact]
    public void Annotations_of_other_objects_are_kept_as_far_as_they_are_ours()
    {
        var cluster = Cluster.Of("""
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop, annotations: {netpol.tools/ignore.NP001: open on purpose, other: x}}
            """);
        var annotation = Assert.Single(cluster.Snapshot.Pods.Single().Metadata.Annotations);
        Assert.Equal(("netpol.tools/ignore.NP001", "open on purpose"), (annotation.Key, annotation.Value));
    }

    [Fact]
    public void An_annotation_that_is_nearly_one_of_ours_is_told() => Assert.Contains(
        "netpol.tools/ignore.",
        Ask(Open.Replace("annotations: {}", "annotations: {netpol.tools/skip.NP026: x}", StringComparison.Ordinal), "NP060").Findings.Single().Message,
        StringComparison.Ordinal);

    [Fact]
    public void What_a_rule_would_find_that_was_not_asked_is_not_known() =>
        Assert.Empty(Ask(Open.Replace("  - {}", "  - {} # netpol:ignore NP027 the front door", StringComparison.Ordinal), "NP060").Findings);

    [Fact]
    public void A_baseline_silences_what_it_holds_wherever_the_lines_have_gone()
    {
        var baseline = Baseline(Ask(Open, "NP026"));
        Assert.Equal(new LintBaselineEntry("NP026", "NetworkPolicy shop/web", "spec.ingress[0]"), Assert.Single(baseline.Entries));
        var report = Ask("# moved\n\n" + Open, baseline, "NP026", "NP060");
        Assert.Empty(report.Findings);
        Assert.Equal(LintSuppressionKind.Baseline, report.Suppressed.Single().Suppression!.Kind);
        Assert.Empty(report.Unused);
    }

    [Fact]
    public void What_is_new_is_told()
    {
        var report = Ask(Open + "\n  - {}", Baseline(Ask(Open, "NP026")), "NP026");
        Assert.Equal("spec.ingress[1]", report.Findings.Single().FieldPath);
    }

    [Fact]
    public void A_line_of_the_baseline_that_is_no_longer_found_is_told_and_goes()
    {
        var baseline = Baseline(Ask(Open, "NP026"));
        var report = Ask(Open.Replace("  - {}", "  - {from: [{podSelector: {}}]}", StringComparison.Ordinal), baseline, "NP026", "NP060");
        Assert.Contains("no longer found", report.Findings.Single().Message, StringComparison.Ordinal);
        Assert.Empty(baseline.Without(report.Unused).Entries);
    }

    [Fact]
    public void Of_objects_that_are_not_in_the_input_nothing_is_said()
    {
        var report = Ask(Open.Replace("name: web", "name: api", StringComparison.Ordinal), Baseline(Ask(Open, "NP026")), "NP026", "NP060");
        Assert.Equal("NP026", report.Findings.Single().Rule.Id);
        Assert.Single(report.Unused);
    }

    [Fact]
    public void A_baseline_holds_neither_what_a_comment_silences_nor_less_than_is_found()
    {
        var report = Ask(Open.Replace("  - {}", "  - {} # netpol:ignore NP026 the front door\n  - {}", StringComparison.Ordinal), "NP026");
        Assert.Equal("spec.ingress[1]", Assert.Single(Baseline(report).Entries).Path);
    }

    [Fact]
    public void A_baseline_is_written_and_read_again_and_bad_ones_are_refused_with_their_place()
    {
        var file = Path.GetTempFileName();
        try
        {
            var baseline = new LintBaseline(file, [new("NP026", "NetworkPolicy shop/web", "spec.ingress[0]"), new("NP050", "NetworkPolicy \"x\"", "")]);
            File.WriteAllText(file, LintBaselineFile.Write(baseline));
            Assert.Equal(baseline.Entries, LintBaselineFile.Read(file, static told => Assert.Fail(told.Message))!.Entries);

            foreach (var (text, line) in new[] { ("{\"version\":2}", 1), ("{\"findings\":[\n{\"rul\":\"x\"}]}", 2), ("{\"findings\":[\n", 2), ("[]", 1) })
            {
                File.WriteAllText(file, text);
                var told = new List<NetPolTools.Diagnostics.Diagnostic>();
                Assert.Null(LintBaselineFile.Read(file, told.Add));
                Assert.Equal((file, line), (told[0].Location.File, told[0].Location.Line));
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_run_writes_a_baseline_only_where_it_is_asked_to_and_never_a_longer_one()
    {
        var file = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        var report = Ask(Open, "NP026");
        var told = new List<NetPolTools.Diagnostics.Diagnostic>();
        Assert.False(new LintBaselineRun(file, LintBaselineUse.Read).Begin(told.Add));
        Assert.False(new LintBaselineRun(null, LintBaselineUse.New).Begin(told.Add));
        var made = new LintBaselineRun(file, LintBaselineUse.New);
        Assert.True(made.Begin(told.Add));
        File.WriteAllText(file, made.After(report)!.Value.Text);
        try
        {
            Assert.False(new LintBaselineRun(file, LintBaselineUse.New).Begin(told.Add));
            Assert.Equal(3, told.Count);
            var read = new LintBaselineRun(file, LintBaselineUse.Read);
            Assert.True(read.Begin(told.Add));
            Assert.Null(read.After(Ask(Open + "\n  - {}", read.Before!, "NP026")));
            var pruned = new LintBaselineRun(file, LintBaselineUse.Prune);
            Assert.True(pruned.Begin(told.Add));
            Assert.Null(pruned.After(Ask(Open + "\n  - {}", pruned.Before!, "NP026")));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static LintBaseline Baseline(LintReport report) => LintBaseline.Of("baseline.json", report.Known);

    private static LintReport Ask(string manifest, params string[] rules) => Ask(manifest, null, rules);

    private static LintReport Ask(string manifest, LintBaseline? baseline, params string[] rules)
    {
        var snapshot = Cluster.Of(manifest).Snapshot;
        var sources = new SourceTexts(YamlSource.Parse);
        sources.Add(snapshot.NetworkPolicies[0].Location.File!, manifest);
        return new LintQuestion
        {
            Options = new LintOptions { IncludeRules = rules, Complete = LintCompleteness.All },
            Sources = sources,
            Baseline = baseline,
            Today = Today,
        }.Ask(new ClusterEvaluator(snapshot), QuestionWords.Plain).Value!;
    }
}
