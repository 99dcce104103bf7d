using NetPolTools.Asking;
using NetPolTools.Linting;
using NetPolTools.Reading;
using NetPolTools.Sources;
using NetPolTools.Tests.Support;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Linting;

/// <summary>Fixes that take something out of a file or put a document into it, and several in one file.</summary>
public sealed class FixOfTextTests : IDisposable
{
    private const string Workloads = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: a}]}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api, namespace: shop}
        spec:
          selector: {matchLabels: {app: api}}
          template: {metadata: {labels: {app: api}}, spec: {containers: [{name: api, image: a}]}}

        """;

    private const string Policy = """
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress:
          # Everybody here.
          - from: [{podSelector: {}}]
          - from: [{podSelector: {matchLabels: {app: api}}}] # one of them
          # The one of monitoring.
          - from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}}]
          - from:
            - podSelector:
                # Again.
                matchLabels: {app: api}
            ports: [{port: 80}]

        """;

    private const string Annotated = """
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: web
          namespace: shop
          annotations:
            owner: us # of the shop
            netpol.tools/ignore.NP026: it is meant
        spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {}}]}]}

        """;

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.yaml");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Several_rules_of_one_policy_go_and_their_neighbours_stay()
    {
        var after = Fixed(Workloads + Policy, "NP020");
        Assert.Equal(
            (Workloads + Policy)
                .Replace("  - from: [{podSelector: {matchLabels: {app: api}}}] # one of them\n", "", StringComparison.Ordinal)
                .Replace(
                    "  - from:\n    - podSelector:\n        # Again.\n        matchLabels: {app: api}\n    ports: [{port: 80}]\n", "", StringComparison.Ordinal),
            after);
    }

    [Fact]
    public void One_policy_closes_a_namespace_for_all_of_its_workloads()
    {
        var after = Fixed(Workloads, "NP001", out var fixes);
        Assert.Equal([false, true], fixes.Select(static fix => fix.IsMadeAlready));
        Assert.Equal(
            Workloads + "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: default-deny, namespace: shop}\n"
                + "spec: {podSelector: {}, policyTypes: [Ingress, Egress]}\n",
            after);
    }

    [Fact]
    public void A_policy_that_is_added_has_a_name_of_its_own()
    {
        var known = Policy.Replace("name: web,", "name: default-deny,", StringComparison.Ordinal);
        Assert.Contains("name: default-deny-2,", Fixed(Workloads + known, "NP003"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("...\n")]
    [InlineData(null)]
    public void No_document_is_added_where_none_may_follow(string? end)
    {
        const string Json = """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "namespace": "shop"}, "spec": {"containers": []}}
            """;
        Fixed(end is null ? Json : Workloads + end, "NP001", out var fixes);
        Assert.All(fixes, static fix => Assert.NotNull(fix.Refusal));
        Assert.NotEmpty(fixes);
    }

    [Fact]
    public void A_comment_that_silences_nothing_goes_alone()
    {
        var before = (Workloads + Policy)
            .Replace("  # Everybody here.", "  # netpol:ignore NP026 it is meant", StringComparison.Ordinal)
            .Replace("policyTypes: [Ingress]", "policyTypes: [Ingress] # netpol:ignore NP049 it is said", StringComparison.Ordinal);
        var after = Fixed(before, "NP026", "NP049", "NP060");
        Assert.Equal(
            before.Replace("  # netpol:ignore NP026 it is meant\n", "", StringComparison.Ordinal)
                .Replace(" # netpol:ignore NP049 it is said", "", StringComparison.Ordinal),
            after);
    }

    [Fact]
    public void A_comment_about_several_rules_is_left_to_people()
    {
        var before = (Workloads + Policy).Replace("  # Everybody here.", "  # netpol:ignore NP026,NP049 it is meant", StringComparison.Ordinal);
        Assert.Equal(before, Fixed(before, "NP026", "NP049", "NP060"));
    }

    [Fact]
    public void An_annotation_that_silences_nothing_goes()
    {
        Assert.Equal(
            (Workloads + Annotated).Replace("    netpol.tools/ignore.NP026: it is meant\n", "", StringComparison.Ordinal),
            Fixed(Workloads + Annotated, "NP026", "NP060"));
        var alone = (Workloads + Annotated).Replace("    owner: us # of the shop\n", "", StringComparison.Ordinal);
        Assert.Equal(
            alone.Replace("netpol.tools/ignore.NP026: it is meant", "{}", StringComparison.Ordinal), Fixed(alone, "NP026", "NP060"));
    }

    [Fact]
    public void The_only_document_of_a_file_is_not_taken_out()
    {
        var text = new SourceText("a: 1\n", YamlSource.Parse);
        Assert.Null(SourceDocuments.Without(text, 0));
    }

    [Theory]
    [InlineData("a: 1\n---\nb: 2\n---\nc: 3\n", 0, "b: 2\n---\nc: 3\n")]
    [InlineData("a: 1\n---\nb: 2\n---\nc: 3\n", 1, "a: 1\n---\nc: 3\n")]
    [InlineData("a: 1\n---\nb: 2\n---\nc: 3\n", 2, "a: 1\n---\nb: 2\n")]
    [InlineData("# first\n---\na: 1\n---\nb: 2", 1, "# first\n---\na: 1\n")]
    [InlineData("a: 1\r\n---\r\nb: 2\r\n", 0, "b: 2\r\n")]
    public void A_document_goes_with_one_of_the_lines_around_it(string text, int document, string expected) =>
        Assert.Equal(expected, SourceDocuments.Without(new SourceText(text, YamlSource.Parse), document));

    private string Fixed(string text, params string[] rules) => Fixed(text, rules, out _);

    private string Fixed(string text, string rule, out IReadOnlyList<LintFix> fixes) => Fixed(text, [rule], out fixes);

    private string Fixed(string text, string[] rules, out IReadOnlyList<LintFix> fixes)
    {
        File.WriteAllText(_file, text);
        var cluster = new ClusterEvaluator(Cluster.OfPaths(_file).Snapshot);
        var question = new LintQuestion
        {
            Options = new LintOptions { IncludeRules = rules, Complete = LintCompleteness.All },
            Sources = new SourceTexts(YamlSource.Parse),
        };
        var report = question.Ask(cluster, QuestionWords.Plain).Value!;
        var fixer = new LintFixer(question, cluster, new ManifestReaderOptions(static (text, file) => new YamlTokenReader(text, file)), YamlSource.Parse);
        var found = new List<LintFix>();
        foreach (var finding in LintFixer.InOrder(report.Findings))
        {
            if (fixer.Propose(finding) is not { } fix)
                continue;
            found.Add(fix);
            if (fix.Refusal is null)
                fixer.Accept(fix);
        }

        fixes = found;
        return fixer.Files.TryGetValue(_file, out var file) ? file.Text : text;
    }
}
