using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NetPolTools.Kubectl;
using NetPolTools.Reports;
using NetPolTools.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace NetPolTools.Tests.CommandLine;

/// <summary><c>kubectl netpol lint</c>: what would hurt; its forms, its exit codes, and the samples that call it.</summary>
public sealed class LintTests
{
    private static readonly string Shop = Repository.Manifests("lint", "shop.yaml");

    public static TheoryData<LintReportFormat> Formats => [.. Enum.GetValues<LintReportFormat>()];

    public static TheoryData<string> Samples => [.. SampleCommands()];

    [Theory]
    [InlineData("error", ExitCode.CheckFailed)]
    [InlineData("never", ExitCode.Answered)]
    public void The_exit_code_goes_by_the_gravest_finding(string failOn, int code) =>
        Assert.Equal(code, Netpol.Run(null, "lint", Shop, "--include-rule", "inert-rules", "--fail-on", failOn).ExitCode);

    [Fact]
    public void Warnings_fail_only_where_they_are_to()
    {
        string[] question = ["lint", Shop, "--include-rule", "open-ingress"];
        Assert.Equal(ExitCode.Answered, Netpol.Run(null, question).ExitCode);
        Assert.Equal(ExitCode.CheckFailed, Netpol.Run(null, [.. question, "--fail-on", "warning"]).ExitCode);
    }

    [Fact]
    public void A_path_that_leads_nowhere_is_no_finding()
    {
        var asked = Netpol.Run(null, "lint", "nowhere.yaml");
        Assert.Equal((ExitCode.NotAnswered, ""), (asked.ExitCode, asked.Output));
        Assert.Contains("There is no such file or folder.", asked.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_of_other_namespaces_are_left_out()
    {
        Assert.Contains("NP026", Netpol.Run(null, "lint", Shop, "-n", "shop").Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.NotAnswered, Netpol.Run(null, "lint", Shop, "-n", "other").ExitCode);
    }

    [Fact]
    public void Settings_and_a_baseline_say_what_is_told()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var (settings, baseline) = (Path.Combine(folder, "lint.yaml"), Path.Combine(folder, "known.json"));
            File.WriteAllText(settings, "rules:\n  '*': off\n  NP017: warning\n  NP026: on\nfailOn: warning\nbaseline: known.json\n");
            string[] question = ["lint", Shop, "--settings", settings];
            Assert.Equal(ExitCode.NotAnswered, Netpol.Run(null, question).ExitCode);
            Assert.Equal(ExitCode.Answered, Netpol.Run(null, [.. question, "--new-baseline", "--include-rule", "NP017"]).ExitCode);
            Assert.True(File.Exists(baseline));
            Assert.Equal(ExitCode.NotAnswered, Netpol.Run(null, [.. question, "--new-baseline"]).ExitCode);
            var asked = Netpol.Run(null, question);
            Assert.Equal(ExitCode.CheckFailed, asked.ExitCode);
            Assert.Contains("NP026", asked.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("NP017", asked.Output, StringComparison.Ordinal);
            Assert.Contains("1 left out", asked.Errors, StringComparison.Ordinal);
            Assert.Contains("left out by baseline", Netpol.Run(null, [.. question, "--suppressed-only"]).Output, StringComparison.Ordinal);
            File.WriteAllText(settings, "rules:\n  NP999: off\n");
            var wrong = Netpol.Run(null, question);
            Assert.Equal(ExitCode.NotAnswered, wrong.ExitCode);
            Assert.Contains($"{settings}:2:3", wrong.Errors, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Fix_mends_the_file_and_tells_what_is_left()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.yaml");
        try
        {
            File.Copy(Shop, file);
            var asked = Netpol.Run(null, "lint", file, "--include-rule", "NP017", "NP026", "--fix");
            Assert.Equal(ExitCode.Answered, asked.ExitCode);
            Assert.Contains($"fixed: {file}: NP017 NetworkPolicy shop/db", asked.Errors, StringComparison.Ordinal);
            Assert.Contains("NP026", asked.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("NP017", asked.Output, StringComparison.Ordinal);
            Assert.Equal(File.ReadAllText(Shop).Replace("  policyTypes: [Ingress]\n  ingress:\n    - from:", "  policyTypes: [Ingress, Egress]\n  ingress:\n"
                + "    - from:", StringComparison.Ordinal), File.ReadAllText(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Comments_count_on_standard_input()
    {
        const string Manifest = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: web, namespace: shop}\nspec:\n  podSelector: {}\n"
            + "  policyTypes: [Ingress]\n  ingress:\n  - {} # netpol:ignore NP026 the front door\n";
        var asked = Netpol.Run(Manifest, "lint", "-", "--include-rule", "NP026");
        Assert.Equal((ExitCode.Answered, ""), (asked.ExitCode, asked.Output));
        Assert.Contains("1 left out", asked.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_form_names_the_rules(LintReportFormat format)
    {
        var asked = Netpol.Run(null, "lint", Shop, "--include-rule", "NP026", "-o", format.ToString());
        Assert.Equal(ExitCode.Answered, asked.ExitCode);
        Assert.Contains("NP026", asked.Output, StringComparison.Ordinal);
        if (format is LintReportFormat.Json or LintReportFormat.Sarif or LintReportFormat.Sonar)
            JsonDocument.Parse(asked.Output);
        else if (format is LintReportFormat.JUnit or LintReportFormat.NUnit3)
            XDocument.Parse(asked.Output);
    }

    [Fact]
    public void JSON_has_the_shape_that_is_written_down()
    {
        var finding = Netpol.Run(null, "lint", Shop, "--include-rule", "NP029", "-o", "json").Json.GetProperty("findings").EnumerateArray().Single();
        Assert.Equal("NP029", finding.GetProperty("rule").GetString());
        Assert.Equal("Warning", finding.GetProperty("severity").GetString());
        Assert.Equal("""{"namespace":"shop","name":"db","kind":"NetworkPolicy"}""", JsonSerializer.Serialize(finding.GetProperty("object")));
        Assert.Equal("spec.ingress[0].from[0]", finding.GetProperty("path").GetString());
        Assert.Equal(Shop, finding.GetProperty("file").GetString());
        Assert.True(finding.GetProperty("line").GetInt32() > 0 && finding.GetProperty("column").GetInt32() > 0);
        Assert.NotEmpty(finding.GetProperty("message").GetString()!);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_calls_what_there_is(string command)
    {
        var words = command.Split(' ');
        var end = Array.FindIndex(words, static word => word is ">" or ">>");
        var arguments = (end < 0 ? words : words[..end]).Skip(1).Select(static word => word == "manifests" ? Shop : word);
        var asked = Netpol.Run(null, [.. arguments]);
        Assert.Equal(words.Contains("never") ? ExitCode.Answered : ExitCode.CheckFailed, asked.ExitCode);
        Assert.NotEmpty(asked.Output);
    }

    [Fact]
    public void The_sample_workflow_hands_on_the_file_that_it_writes_and_may_do_so()
    {
        var workflow = Load("lint.yml");
        Assert.Equal("write", (string)workflow["permissions"]["security-events"]!);
        var steps = ((YamlSequenceNode)workflow["jobs"]["lint"]["steps"]).Children;
        var upload = steps.Single(static step => Text(step, "uses").StartsWith("github/codeql-action/upload-sarif@", StringComparison.Ordinal));
        var file = (string)upload["with"]["sarif_file"]!;
        Assert.Contains(steps, step => Text(step, "run").EndsWith($"-o sarif > {file}", StringComparison.Ordinal));
        Assert.Equal(4, SampleCommands().Count());
    }

    [Fact]
    public void The_sample_hook_looks_at_manifests()
    {
        var hook = Load("pre-commit-config.yaml")["repos"][0]["hooks"][0];
        Assert.Equal(("netpol-lint", "system"), ((string)hook["id"]!, (string)hook["language"]!));
        var files = new Regex((string)hook["files"]!);
        Assert.Matches(files, "a/b.yaml");
        Assert.Matches(files, "b.yml");
        Assert.DoesNotMatch(files, "README.md");
    }

    private static IEnumerable<string> SampleCommands() => Directory.EnumerateFiles(Path.Combine(Repository.Root, ".github", "samples"))
        .SelectMany(File.ReadLines)
        .Select(static line => Regex.Match(line, "(?:run|entry): (kubectl-netpol .*)$"))
        .Where(static match => match.Success)
        .Select(static match => match.Groups[1].Value);

    private static string Text(YamlNode node, string key) => ((YamlMappingNode)node).Children.TryGetValue(key, out var found) ? (string)found! : "";

    private static YamlMappingNode Load(string file)
    {
        var stream = new YamlStream();
        using var text = File.OpenText(Path.Combine(Repository.Root, ".github", "samples", file));
        stream.Load(text);
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }
}
