using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Json.Schema;
using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Linting;
using NetPolTools.Linting.Rules;
using NetPolTools.Objects;
using NetPolTools.Reports;
using NetPolTools.Sources;
using NetPolTools.Tests.Support;
using NetPolTools.Text;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Reports;

/// <summary>Findings in the forms of other tools.</summary>
public sealed class LintReportTests
{
    private const string Manifest = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {}
          policyTypes: [Ingress]
          ingress:
          - from:
            - namespaceSelector: {} # all of them
            - ipBlock: {cidr: 0.0.0.0/0}
          egress:
          - to:
            - podSelector: {}
        """;

    private static readonly Lazy<JsonSchema> Sarif = new(static () =>
        JsonSchema.FromFile(Path.Combine(AppContext.BaseDirectory, "schemas", "sarif-2.1.0.json")));

    [Fact]
    public void Sarif_keeps_to_its_schema() => CheckSchema(Written(LintReportFormat.Sarif, Report(LintCompleteness.None)));

    [Fact]
    public void Sarif_of_nothing_found_and_of_no_answer_keeps_to_its_schema()
    {
        CheckSchema(Written(LintReportFormat.Sarif, new LintReport([], [])));
        CheckSchema(Written(LintReportFormat.Sarif, null, new Diagnostic(DiagnosticId.NoInput, DiagnosticSeverity.Error, "There is nothing to read.")));
    }

    [Fact]
    public void The_schema_is_one_that_refuses() =>
        Assert.False(Sarif.Value.Evaluate(JsonDocument.Parse("""{"version": "2.1.0", "runs": [{"results": []}]}""").RootElement).IsValid);

    [Fact]
    public void Sarif_has_what_code_scanning_asks_for()
    {
        var run = Run(Report());
        Assert.All(run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray(), static rule =>
        {
            Assert.NotEmpty(rule.GetProperty("shortDescription").GetProperty("text").GetString()!);
            Assert.NotEmpty(rule.GetProperty("fullDescription").GetProperty("text").GetString()!);
            Assert.NotEmpty(rule.GetProperty("help").GetProperty("text").GetString()!);
            Assert.Contains("```yaml", rule.GetProperty("help").GetProperty("markdown").GetString()!, StringComparison.Ordinal);
            Assert.True(rule.GetProperty("properties").GetProperty("tags").GetArrayLength() is > 0 and <= 10);
        });
        Assert.NotEmpty(run.GetProperty("automationDetails").GetProperty("id").GetString()!);
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        Assert.All(Results(run), result =>
        {
            Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
            Assert.NotEmpty(result.GetProperty("partialFingerprints").GetProperty("primaryLocationLineHash").GetString()!);
            Assert.Equal("manifests/web.yaml", Location(result).GetProperty("artifactLocation").GetProperty("uri").GetString());
            Assert.False(result.TryGetProperty("suppressions", out _));
        });
    }

    [Theory]
    [InlineData("NP029", "namespaceSelector: {}")]
    [InlineData("NP035", "ipBlock: {cidr: 0.0.0.0/0}")]
    public void Sarif_points_at_the_text_of_the_field(string rule, string expected)
    {
        var region = Location(Results(Run(Report())).First(result => result.GetProperty("ruleId").GetString() == rule)).GetProperty("region");
        var lines = Manifest.Split('\n');
        var (line, end) = (region.GetProperty("startLine").GetInt32(), region.GetProperty("endLine").GetInt32());
        Assert.Equal(line, end);
        Assert.Equal(expected, lines[line - 1][(region.GetProperty("startColumn").GetInt32() - 1)..(region.GetProperty("endColumn").GetInt32() - 1)]);
    }

    [Fact]
    public void Fingerprints_stay_where_lines_move_and_differ_within_a_run()
    {
        var before = Fingerprints(Report());
        Assert.Distinct(before);
        Assert.Equal(before, Fingerprints(Report(manifest: "# A comment.\n\n" + Manifest)));
        Assert.NotEqual(before, Fingerprints(Report(manifest: Manifest.Replace("name: web", "name: api", StringComparison.Ordinal))));

        static string[] Fingerprints(LintReport report) =>
            [.. Results(Run(report)).Select(static result => result.GetProperty("partialFingerprints").GetProperty("primaryLocationLineHash").GetString()!)];
    }

    [Fact]
    public void Sarif_keeps_to_what_GitHub_takes_and_the_gravest_stay()
    {
        var rule = LintCatalogue.All[0];
        LintFinding[] findings =
        [
            .. Enumerable.Range(1, LintSarifWriter.MostResults + 10).Select(i => new LintFinding(
                rule, i > LintSarifWriter.MostResults ? LintSeverity.Error : LintSeverity.Note, new ObjectReference("NetworkPolicy", "shop", $"p{i}"), "Text.")
            {
                Location = new SourceLocation("web.yaml", i, 1),
            }),
        ];
        var text = Written(LintReportFormat.Sarif, new LintReport(findings, []) { Asked = [rule] });
        var run = JsonDocument.Parse(text).RootElement.GetProperty("runs")[0];
        Assert.Equal(LintSarifWriter.MostResults, run.GetProperty("results").GetArrayLength());
        Assert.Equal(10, Results(run).Count(static result => result.GetProperty("level").GetString() == "error"));
        Assert.Contains("10 of 25010", run.GetProperty("invocations")[0].GetProperty("toolExecutionNotifications")[0].GetProperty("message")
            .GetProperty("text").GetString()!, StringComparison.Ordinal);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        Assert.True(packed.Length < 10_000_000, $"{packed.Length} bytes");
    }

    [Fact]
    public void Related_places_have_places_of_their_own()
    {
        var other = new LintPlace(new ObjectReference("NetworkPolicy", "shop", "db"), "spec", new SourceLocation("db.yaml", 3, 1));
        var finding = Finding() with { Related = [other] };
        var related = Results(Run(new LintReport([finding], []))).Single().GetProperty("relatedLocations")[0];
        Assert.Equal("db.yaml", related.GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal("NetworkPolicy shop/db spec", related.GetProperty("message").GetProperty("text").GetString());
        CheckSchema(Written(LintReportFormat.Sarif, new LintReport([finding], [])));
    }

    [Theory]
    [InlineData("/repo/manifests/web.yaml", "manifests/web.yaml")]
    [InlineData("./manifests/web.yaml", "manifests/web.yaml")]
    [InlineData("a b/ü#?.yaml", "a%20b/%C3%BC%23%3F.yaml")]
    [InlineData("/elsewhere/web.yaml", "file:///elsewhere/web.yaml")]
    [InlineData("<stdin>", "%3Cstdin%3E")]
    public void Paths_are_below_the_repository(string file, string expected)
    {
        var report = new LintReport([Finding() with { Location = new SourceLocation(file, 1, 1) }], []);
        Assert.Equal(expected, Location(Results(Run(report)).Single()).GetProperty("artifactLocation").GetProperty("uri").GetString());
    }

    [Fact]
    public void JUnit_has_a_suite_for_each_rule_and_a_case_for_each_object()
    {
        var suites = XDocument.Parse(Written(LintReportFormat.JUnit, Report(LintCompleteness.None))).Root!;
        var suite = suites.Elements("testsuite").Single(static suite => suite.Attribute("name")!.Value.StartsWith("NP029", StringComparison.Ordinal));
        var failed = Assert.Single(suite.Elements("testcase"));
        Assert.Equal(("NP029", "NetworkPolicy shop/web"), (failed.Attribute("classname")!.Value, failed.Attribute("name")!.Value));
        Assert.Contains("spec.ingress[0].from[0]", failed.Element("failure")!.Value, StringComparison.Ordinal);
        Assert.Contains(suites.Descendants("testcase"), static test => !test.HasElements);
        Assert.Equal(suites.Descendants("testcase").Count(), (int)suites.Attribute("tests")!);
        Assert.Equal(suites.Descendants("testcase").Count(static test => test.Element("failure") is not null), (int)suites.Attribute("failures")!);
        Assert.Equal(suites.Descendants("skipped").Count(), (int)suites.Attribute("skipped")!);
    }

    [Fact]
    public void NUnit_counts_what_it_holds()
    {
        var run = XDocument.Parse(Written(LintReportFormat.NUnit3, Report(LintCompleteness.None))).Root!;
        foreach (var suite in run.DescendantsAndSelf().Where(static element => element.Name.LocalName is "test-run" or "test-suite"))
        {
            var cases = suite.Descendants("test-case").ToArray();
            Assert.Equal(cases.Length, (int)suite.Attribute("testcasecount")!);
            foreach (var (count, result) in new[] { ("passed", "Passed"), ("failed", "Failed"), ("skipped", "Skipped") })
                Assert.Equal(cases.Count(test => test.Attribute("result")!.Value == result), (int)suite.Attribute(count)!);
        }

        Assert.Equal("Failed", run.Attribute("result")!.Value);
        Assert.Distinct(run.DescendantsAndSelf().Attributes("id").Select(static id => id.Value));
    }

    [Fact]
    public void GitHub_gets_the_gravest_first_and_no_more_than_it_shows()
    {
        LintFinding[] findings =
        [
            .. Enumerable.Range(1, 12).Select(i => Finding() with { Severity = LintSeverity.Warning, Location = new SourceLocation("a,b:c.yaml", i, 3) }),
            Finding() with { Severity = LintSeverity.Error, Message = "100% ##[error] open." },
        ];
        var lines = Written(LintReportFormat.GitHub, new LintReport(findings, [])).Split('\n');
        Assert.Equal("::error file=web.yaml,line=1,col=1,title=NP000 refused::NetworkPolicy shop/web: 100%25 ## [error] open.", lines[0]);
        Assert.Equal("::warning file=a%2Cb%3Ac.yaml,line=1,col=3,title=NP000 refused::NetworkPolicy shop/web: Text.", lines[1]);
        Assert.Equal(10, lines.Count(static line => line.StartsWith("::warning", StringComparison.Ordinal)));
        Assert.Contains("::group::2 further findings", lines);
    }

    [Fact]
    public void Sonar_counts_columns_from_0_and_leaves_out_what_is_in_no_file()
    {
        var found = Finding() with { Location = new SourceLocation("web.yaml", 4, 7), End = new SourceEnd(4, 9) };
        using var output = new StringWriter();
        Assert.Equal(1, new LintSonarWriter(output, "").Write(new LintReport([found, Finding() with { Location = default }], [])));
        var root = JsonDocument.Parse(output.ToString()).RootElement;
        var place = root.GetProperty("issues").EnumerateArray().Single().GetProperty("primaryLocation");
        Assert.Equal("web.yaml", place.GetProperty("filePath").GetString());
        Assert.Equal("""{"startLine":4,"endLine":4,"startColumn":6,"endColumn":8}""", JsonSerializer.Serialize(place.GetProperty("textRange")));
        var rule = root.GetProperty("rules").EnumerateArray().Single();
        Assert.Equal("NP000", rule.GetProperty("id").GetString());
        Assert.Equal("HIGH", rule.GetProperty("impacts")[0].GetProperty("severity").GetString());
    }

    /// <summary>Two threads look up the ends, file by file: each is that of its own file, where what stands there is longer from file to file.</summary>
    [Fact]
    public void Each_of_many_files_has_the_ends_of_its_own()
    {
        var texts = Enumerable.Range(1, 300).ToDictionary(static i => $"{i:000}.yaml", static i => $"{new string('\n', i)}kind: {new string('x', i)}\n");
        LintFinding[] findings =
        [
            .. texts.Keys.SelectMany(static (file, i) =>
                Enumerable.Repeat(Finding() with { FieldPath = "kind", Location = new SourceLocation(file, i + 2, 7) }, 3)),
        ];
        var opened = 0;
        var found = LintRegions.Of(findings, name =>
        {
            Interlocked.Increment(ref opened);
            return new SourceText(texts[name], YamlSource.Parse);
        });
        Assert.Equal(findings.Select(static finding => finding.Location), found.Select(static finding => finding.Location));
        Assert.Equal(Enumerable.Range(0, 900).Select(static i => new SourceEnd((i / 3) + 2, 8 + (i / 3))), found.Select(static finding => finding.End!.Value));
        Assert.Equal(300, opened);
    }

    [Fact]
    public void Markdown_is_short_enough_for_a_comment()
    {
        var finding = Finding() with { Message = new string('x', 200) };
        var text = Written(LintReportFormat.Markdown, new LintReport([.. Enumerable.Repeat(finding, 2000)], []));
        Assert.True(text.Length < 65_000);
        Assert.Contains("### Network policy lint: 2000 findings", text, StringComparison.Ordinal);
        Assert.Matches("… and [0-9]+ more", text);
    }

    private static LintFinding Finding() =>
        new(LintCatalogue.All[0], LintSeverity.Error, new ObjectReference("NetworkPolicy", "shop", "web"), "Text.")
        {
            Location = new SourceLocation("web.yaml", 1, 1),
        };

    private static LintReport Report(LintCompleteness? complete = LintCompleteness.All, string manifest = Manifest)
    {
        var question = new LintQuestion
        {
            Options = new LintOptions { Complete = complete },
            Sources = new SourceTexts(YamlSource.Parse),
            WithRegions = true,
        };
        var cluster = Cluster.Of(manifest);
        question.Sources.Add(cluster.Snapshot.NetworkPolicies[0].Location.File!, manifest);
        var report = question.Ask(new ClusterEvaluator(cluster.Snapshot), QuestionWords.Plain).Value!;
        return report with
        {
            Findings = [.. report.Findings.Select(static finding =>
                finding with { Location = new SourceLocation("/repo/manifests/web.yaml", finding.Location.Line, finding.Location.Column) })],
        };
    }

    private static string Written(LintReportFormat format, LintReport? report, params Diagnostic[] diagnostics)
    {
        using var output = new StringWriter();
        new LintReportFile(report, diagnostics, [], "/repo").Write(format, output);
        return output.ToString();
    }

    private static JsonElement Run(LintReport report) => JsonDocument.Parse(Written(LintReportFormat.Sarif, report)).RootElement.GetProperty("runs")[0];

    private static JsonElement.ArrayEnumerator Results(JsonElement run) => run.GetProperty("results").EnumerateArray();

    private static JsonElement Location(JsonElement result) => result.GetProperty("locations")[0].GetProperty("physicalLocation");

    private static void CheckSchema(string sarif)
    {
        var result = Sarif.Value.Evaluate(JsonDocument.Parse(sarif).RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(result.IsValid, JsonSerializer.Serialize(result));
    }
}
