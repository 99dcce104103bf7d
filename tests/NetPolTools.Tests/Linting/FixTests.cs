using System.Text;
using NetPolTools.Asking;
using NetPolTools.Linting;
using NetPolTools.Linting.Rules;
using NetPolTools.Reading;
using NetPolTools.Tests.Support;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Linting;

/// <summary>A fix changes what it says it changes, in the text and in traffic, and leaves every other byte as it was.</summary>
public sealed class FixTests : IDisposable
{
    private const string Pods = """

        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web-of-shop, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: a, ports: [{containerPort: 8080}]}]}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: other, namespace: shop}
        spec:
          selector: {matchLabels: {app: other}}
          template: {metadata: {labels: {app: other}}, spec: {containers: [{name: other, image: a}]}}
        """;

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.yaml");

    /// <summary>Rules that mend their own example of trouble.</summary>
    public static TheoryData<string> Mending => ["NP010", "NP017", "NP028", "NP031", "NP032", "NP036", "NP040", "NP041", "NP042", "NP045", "NP049", "NP053",
        "NP057", "NP001", "NP003", "NP014", "NP020", "NP021", "NP024", "NP052"];

    public void Dispose() => File.Delete(_file);

    [Theory]
    [MemberData(nameof(Mending))]
    public void A_rule_mends_its_example_of_trouble(string id)
    {
        var rule = LintCatalogue.Find(id)!;
        var bytes = Encoding.UTF8.GetBytes(rule.Trouble + Pods);
        var (fix, after) = Mend(rule, bytes);
        Assert.True(fix is { Refusal: null }, fix?.Refusal ?? "There is no fix.");
        CheckBytes(id, bytes, after!, fix!.ToString());
    }

    /// <summary>Whatever way the example is written: either the fix is refused, or the rule has nothing more to say and all else is as it was.</summary>
    [Theory]
    [MemberData(nameof(Mending))]
    public void Whatever_the_text_looks_like_the_rest_stays(string id)
    {
        var rule = LintCatalogue.Find(id)!;
        var mended = 0;
        const int Tries = 20;
        for (var seed = 0; seed < Tries; seed++)
        {
            var bytes = new StyledYaml(new Random(seed)).Of(rule.Trouble + Pods);
            var (fix, after) = Mend(rule, bytes);
            Assert.True(fix is not null, $"Nothing is found any more:\n{Encoding.UTF8.GetString(bytes)}");
            if (fix!.Refusal is not null)
                continue;
            mended++;
            CheckBytes(id, bytes, after!, $"{seed}: {fix}\n{Encoding.UTF8.GetString(bytes)}\n=>\n{Encoding.UTF8.GetString(after!)}");
            Assert.DoesNotContain(
                Findings(rule, Read(after!)), found => found.Object == fix.Finding.Object && found.FieldPath == fix.Finding.FieldPath);
        }

        Assert.True(mended > Tries * 2 / 3, $"Only {mended} of {Tries} were mended.");
    }

    [Fact]
    public void What_a_fix_does_to_traffic_is_counted()
    {
        var (fix, _) = Mend(LintCatalogue.Find("NP017")!, Encoding.UTF8.GetBytes(LintCatalogue.Find("NP017")!.Trouble + Pods));
        Assert.Equal((0, true), (fix!.Opened, fix.Closed > 0));
        Assert.Contains("closes", fix.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("spec: &spec\n", "spec:\n", "touching more")]
    [InlineData("policyTypes: &types [Egress]", "policyTypes: [Egress]", "touching more")]
    public void What_others_refer_to_is_not_touched(string with, string without, string expected)
    {
        var rule = LintCatalogue.Find("NP017")!;
        var bytes = Encoding.UTF8.GetBytes((rule.Trouble + Pods).Replace(without, with, StringComparison.Ordinal));
        var (fix, after) = Mend(rule, bytes);
        Assert.Contains(expected, fix!.Refusal!, StringComparison.Ordinal);
        Assert.Null(after);
    }

    [Fact]
    public void Without_pods_nobody_can_tell_what_a_fix_does()
    {
        var rule = LintCatalogue.Find("NP017")!;
        Assert.Contains("holds no pods", Mend(rule, Encoding.UTF8.GetBytes(rule.Trouble)).Fix!.Refusal!, StringComparison.Ordinal);
        var types = LintCatalogue.Find("NP049")!;
        var (fix, _) = Mend(types, Encoding.UTF8.GetBytes(types.Trouble.Replace("egress: []", "ingress: [{}]", StringComparison.Ordinal)));
        Assert.Null(fix!.Refusal);
        Assert.Equal("changes no connection", fix.Effect);
    }

    /// <summary>Nothing but what the correction is for may change, though its text would be right.</summary>
    [Fact]
    public void A_fix_that_would_open_what_it_is_not_to_open_is_refused()
    {
        var rule = LintCatalogue.Find("NP017")!;
        File.WriteAllText(_file, rule.Trouble + Pods);
        var cluster = new ClusterEvaluator(Cluster.OfPaths(_file).Snapshot);
        var finding = Findings(rule, cluster)[0];
        var only = finding with { Corrections = [finding.Corrections[0] with { Effect = LintEffect.Opens }] };
        Assert.Contains("which is not meant", Fixer(rule, cluster).Propose(only)!.Refusal!, StringComparison.Ordinal);
    }

    [Fact]
    public void Fixes_of_one_file_follow_each_other()
    {
        var rule = LintCatalogue.Find("NP017")!;
        var second = rule.Trouble.Replace("name: web", "name: again", StringComparison.Ordinal);
        File.WriteAllText(_file, $"{rule.Trouble}\n---\n{second}{Pods}");
        var cluster = new ClusterEvaluator(Cluster.OfPaths(_file).Snapshot);
        var fixer = Fixer(rule, cluster);
        var findings = Findings(rule, cluster);
        Assert.Equal(2, findings.Count);
        foreach (var finding in findings)
        {
            var fix = fixer.Propose(finding)!;
            Assert.Null(fix.Refusal);
            fixer.Accept(fix);
        }

        Assert.Empty(Findings(rule, Read(fixer.Files.Single().Value.Bytes())));
    }

    private (LintFix? Fix, byte[]? After) Mend(LintRule rule, byte[] bytes)
    {
        var cluster = Read(bytes);
        var fixer = Fixer(rule, cluster);
        var fix = Findings(rule, cluster).Select(finding => fixer.Propose(finding)).FirstOrDefault(static found => found is not null);
        if (fix is not { Refusal: null })
            return (fix, null);
        fixer.Accept(fix);
        return (fix, fixer.Files.Single().Value.Bytes());
    }

    private ClusterEvaluator Read(byte[] bytes)
    {
        File.WriteAllBytes(_file, bytes);
        return new ClusterEvaluator(Cluster.OfPaths(_file).Snapshot);
    }

    private static LintQuestion Question(LintRule rule) =>
        new() { Options = new LintOptions { IncludeRules = [rule.Id], Complete = LintCompleteness.All } };

    private static IReadOnlyList<LintFinding> Findings(LintRule rule, ClusterEvaluator cluster) =>
        Question(rule).Ask(cluster, QuestionWords.Plain).Value!.Findings;

    private static LintFixer Fixer(LintRule rule, ClusterEvaluator cluster) =>
        new(Question(rule), cluster, new ManifestReaderOptions(static (text, file) => new YamlTokenReader(text, file)), YamlSource.Parse);

    /// <summary>
    /// All bytes of the file before are there in their order, but for a key or a value that is another now, for what stood between two joined items, and for
    /// what is to go. What is moved is there in another place.
    /// </summary>
    private static void CheckBytes(string rule, byte[] before, byte[] after, string what)
    {
        Assert.NotEqual(before, after);
        if (rule == "NP024")
        {
            Assert.Equal(before.Where(static c => c > ' ').Order(), after.Where(static c => c > ' ').Order());
            return;
        }

        var start = before.AsSpan().CommonPrefixLength(after);
        var (last, end) = (before.Length, after.Length);
        while (last > start && end > start && before[last - 1] == after[end - 1])
            (last, end) = (last - 1, end - 1);
        var gone = Encoding.UTF8.GetString(before.AsSpan(start, last - start));
        var come = Encoding.UTF8.GetString(after.AsSpan(start, end - start));
        if (rule is "NP020" or "NP021")
            Assert.True(come.Length == 0, $"'{come}' is new.\n{what}");
        else if (rule is "NP052")
            Assert.True("extensions/v1beta1".Contains(gone, StringComparison.Ordinal), $"'{gone}' is gone.\n{what}");
        else
            Assert.True(gone.Length < 8 && gone.All(static c => char.IsAsciiLetterOrDigit(c) || " -{},".Contains(c)), $"'{gone}' is gone.\n{what}");
    }
}
