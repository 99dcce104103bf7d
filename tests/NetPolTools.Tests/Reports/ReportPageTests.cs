using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NetPolTools.Asking;
using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reports;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;
using NetPolTools.Text;

namespace NetPolTools.Tests.Reports;

/// <summary>The page of a report, as far as no browser is needed to look at it.</summary>
public sealed partial class ReportPageTests
{
    public static TheoryData<string> Clusters => ["three-tier", "three-tier-next", "examples/store", "admin-tiers", "calico", "lint", "examples/demo-db"];

    [Theory]
    [MemberData(nameof(Clusters))]
    public void Says_what_reach_says(string folder)
    {
        var snapshot = Cluster.OfPaths(Repository.Manifests(folder)).Snapshot;
        var reach = new ReachQuestion(new ConnectionQuery()).Ask(new ClusterEvaluator(snapshot), QuestionWords.Plain).Value!;
        var expected = reach.List().Select(static line => Printable.Of(
            $"{line.Source} => {line.Destination} {line.Ports} {line.Verdict} {(line.IsNodeTraffic ? "node" : "")}"
            + string.Concat(line.Notes.Select(static note => " | " + note))));
        Assert.Equal(expected.Order(StringComparer.Ordinal), PageData.Of(snapshot).Lines().Select(static line => line.Line).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Clusters))]
    public void Names_the_rules_that_an_explanation_names(string folder)
    {
        var snapshot = Cluster.OfPaths(Repository.Manifests(folder)).Snapshot;
        var reach = new ReachQuestion(new ConnectionQuery()).Ask(new ClusterEvaluator(snapshot), QuestionWords.Plain).Value!;
        var page = PageData.Of(snapshot);
        var numbers = Enumerable.Range(0, page.Root.GetProperty("ends").GetArrayLength()).ToDictionary(page.End);
        var found = 0;
        foreach (var line in reach.List().Where(static line => !line.IsNodeTraffic))
        {
            var (source, destination) = (numbers[line.Source.ToString()], numbers[line.Destination.ToString()]);
            var explanation = reach.Explain(line);
            foreach (var (side, told, actual) in new[]
            {
                ("egress", explanation.Egress, page.Reasons("egress", source, destination)),
                ("ingress", explanation.Ingress, page.Reasons("ingress", destination, source)),
            })
            {
                var rules = told.Matches.Select(static match =>
                    $"Allow {match.Rule.Policy.Name} {match.Rule.Path} {match.Rule.Location.File}:{match.Rule.Location.Line} {match.Ports} "
                    + string.Join("; ", match.Peers));
                var steps = told.Tiers.Where(static step => step.Rule is not null).Select(static step =>
                    $"{step.Action} {step.Policy.Name} {step.Rule!.Path} {step.Rule.Location.File}:{step.Rule.Location.Line} {step.Ports}");
                Assert.All(rules, rule => Assert.Contains(Printable.Of(rule), actual));
                Assert.All(steps, step => Assert.Contains(actual, reason => reason.StartsWith(Printable.Of(step), StringComparison.Ordinal)));
                Assert.Equal(
                    rules.Count() + steps.Count(), actual.Count(static reason => reason.Contains(" spec.", StringComparison.Ordinal)));
                if (told.NeverIsolated is { } never)
                    Assert.Equal(Printable.Of(never), Assert.Single(actual));
                found += rules.Count() + steps.Count();
            }
        }

        Assert.True(found > 0 || folder == "examples/demo-db", $"{folder} has no rule that decides anything.");
    }

    [Fact]
    public void Has_the_isolation_that_isolation_tells_and_the_findings_of_lint()
    {
        var cluster = new ClusterEvaluator(Cluster.OfPaths(Repository.Manifests("lint")).Snapshot);
        var page = PageData.Of(cluster.Snapshot);
        var isolation = new IsolationQuestion().Ask(cluster, QuestionWords.Plain).Value!;
        Assert.Equal(
            isolation.Workloads.Select(static workload => $"{workload.End} {workload.Ingress.State} {workload.Egress.State} {workload.Summary}"),
            page.Root.GetProperty("isolation").EnumerateArray().Select(workload =>
                $"{page.End(workload[0].GetInt32())} {State(workload[1].GetInt32())} {State(workload[2].GetInt32())} {page.Text(workload[3])}"));
        var lint = new LintQuestion().Ask(cluster, QuestionWords.Plain).Value!;
        Assert.NotEmpty(lint.Findings);
        Assert.Equal(
            lint.Findings.Select(static finding => $"{finding.Rule.Id} {finding.Message} {finding.Location.Line}").Order(StringComparer.Ordinal),
            page.Root.GetProperty("findings").EnumerateArray().Select(finding => $"{page.Text(finding[1])} {page.Text(finding[4])} {finding[6].GetInt32()}")
                .Order(StringComparer.Ordinal));

        string State(int side) => page.Text(page.Root.GetProperty("sides")[side][0]);
    }

    [Theory]
    [MemberData(nameof(Clusters))]
    [InlineData("labels")]
    public void Says_what_exposure_says(string folder)
    {
        var snapshot = Cluster.OfPaths(Repository.Manifests(folder)).Snapshot;
        var lines = new ExposureQuestion().Ask(new ClusterEvaluator(snapshot), QuestionWords.Plain).Value!.Lines();
        var expected = lines.Select(static line => Printable.Of(
            $"{line.Workload} {(line.Direction == PolicyDirection.Ingress ? "from" : "to")} {line.Who} {line.Grade} {Ports(line.Ports)} "
            + $"{Ports(line.Undetermined)} {line.Example}: " + string.Join("; ", line.Deciding.Select(Rule))));
        var page = PageData.Of(snapshot);
        Assert.Equal(expected, page.Exposure());
        Assert.NotEmpty(page.Exposure());

        static string Ports(PortSet ports) => ports.IsEmpty ? "" : ports.ToString();

        static string Rule(DecidingReason reason) =>
            reason.Rule is { } rule ? $"{rule.Policy.Name} {rule.Path} {rule.Location.File}:{rule.Location.Line}" : "";
    }

    /// <summary>It costs more than the rest, so that it is left out beyond some workloads, unless it is asked for; and it says so.</summary>
    [Theory]
    [InlineData(1000, false, true)]
    [InlineData(39, false, false)]
    [InlineData(39, true, true)]
    public void Tells_exposure_of_few_workloads_or_where_it_is_asked_for(int most, bool isAskedFor, bool isTold)
    {
        var question = new ReportQuestion { Limits = new ReportLimits { MostExposed = most }, WithExposure = isAskedFor };
        var page = PageData.Of(Cluster.Of(ManyWorkloads.Of(40)).Snapshot, question);
        Assert.Equal(isTold, page.Root.TryGetProperty("exposure", out _));
        var leftOut = page.Root.GetProperty("leftOut").EnumerateArray().Select(page.Text).ToArray();
        Assert.Equal(isTold ? 0 : 1, leftOut.Count(static sentence => sentence.Contains("--exposure and -IncludeExposure", StringComparison.Ordinal)));
    }

    [Fact]
    public void Tells_of_two_states_what_diff_tells()
    {
        var (before, after) = (Evaluator("three-tier"), Evaluator("three-tier-next"));
        var page = PageData.Of(new ReportQuestion().Ask(before, after, QuestionWords.Plain));
        var changes = new DifferenceQuestion(new ConnectionQuery()).Ask(before, after, QuestionWords.Plain).Value!.List();
        Assert.Equal(
            changes.Select(static change => $"{change.Kind} {change.Source} {change.Destination} {change.Before} {change.After}"),
            page.Root.GetProperty("change").GetProperty("changes").EnumerateArray().Select(change =>
                $"{page.Text(change[0])} {page.End(change[1].GetInt32())} {page.End(change[2].GetInt32())} {page.Text(change[3])} {page.Text(change[4])}"));

        static ClusterEvaluator Evaluator(string folder) => new(Cluster.OfPaths(Repository.Manifests(folder)).Snapshot);
    }

    /// <summary>Every program and style that stands in it is allowed by its hash, and nothing else is.</summary>
    [Fact]
    public void Allows_what_stands_in_it_and_nothing_else()
    {
        var page = PageData.Of(Cluster.OfPaths(Repository.Manifests("three-tier")).Snapshot).Page;
        var policy = Csp().Match(page).Groups[1].Value;
        Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
        string[] directives = [.. policy.Split("; ")];
        Assert.Equal(["default-src", "style-src", "script-src", "img-src", "base-uri", "form-action"], directives.Select(static part => part.Split(' ')[0]));
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var programs = Program().Matches(page).Select(static match => match.Groups[1].Value).ToArray();
        Assert.Equal(2, programs.Length);
        Assert.All(programs, program => Assert.Contains(Hash(program), directives[2], StringComparison.Ordinal));
        Assert.Contains(Hash(Style().Match(page).Groups[1].Value), directives[1], StringComparison.Ordinal);
        Assert.DoesNotContain(" style=\"", page.Replace(programs[0], "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"?(https?:)?//", page);

        static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
    }

    [Fact]
    public void Is_under_two_megabytes_for_two_thousand_workloads()
    {
        var page = PageData.Of(Cluster.Of(ManyWorkloads.Of(2000)).Snapshot);
        Assert.Equal(2000, page.Root.GetProperty("own").GetInt32());
        Assert.True(page.Root.TryGetProperty("profiles", out _), "The rules were left out.");
        Assert.InRange(page.Page.Length, 100_000, 2_000_000);
    }

    /// <summary>Beyond what fits, namespaces stand for their workloads, and beyond that there are figures and a list of namespaces; each is said.</summary>
    [Theory]
    [InlineData(10, 100, 1000, "Namespace")]
    [InlineData(10, 1, 1000, null)]
    [InlineData(1000, 100, 5, null)]
    public void Counts_what_is_too_much_to_show(int workloads, int namespaces, int lines, string? by)
    {
        var limits = new ReportLimits { MostWorkloads = workloads, MostNamespaces = namespaces, MostLines = lines };
        var snapshot = Cluster.Of(ManyWorkloads.Of(40)).Snapshot;
        var page = PageData.Of(snapshot, new ReportQuestion { Limits = limits });
        Assert.Equal(by, page.Root.TryGetProperty("by", out var shown) ? shown.GetString() : null);
        Assert.Equal(40, page.Root.GetProperty("figures").GetProperty("workloads").GetInt32());
        var leftOut = page.Root.GetProperty("leftOut").EnumerateArray().Select(page.Text).First();
        Assert.Equal(4, page.Root.GetProperty("namespaces").GetArrayLength());
        var isCounted = workloads < 40 && namespaces < 4;
        Assert.Equal(!isCounted, page.Root.TryGetProperty("findings", out _));
        Assert.Equal(isCounted, leftOut.Contains("without what lint finds", StringComparison.Ordinal));
        if (by is null)
            return;
        var expected = new ReachQuestion(new ConnectionQuery { By = GroupBy.Namespace }).Ask(new ClusterEvaluator(snapshot), QuestionWords.Plain).Value!.List();
        Assert.Equal(expected.Count(), page.Lines().Count());
    }

    [Theory]
    [InlineData(1, long.MaxValue)]
    [InlineData(int.MaxValue, 1)]
    public void Rules_that_are_too_many_are_left_out_and_it_says_so(int mostReasons, long mostAsked)
    {
        var limits = new ReportLimits { MostReasons = mostReasons, MostAsked = mostAsked };
        var page = PageData.Of(Cluster.OfPaths(Repository.Manifests("three-tier")).Snapshot, new ReportQuestion { Limits = limits });
        Assert.False(page.Root.TryGetProperty("profiles", out _));
        Assert.Contains("--explain", page.Text(page.Root.GetProperty("leftOut")[0]), StringComparison.Ordinal);
    }

    /// <summary>Under thousands of policies each connection would have thousands of rules beside it: the page names the first, and counts the others.</summary>
    [Fact]
    public void Of_many_rules_policies_and_findings_the_page_names_the_first_and_counts_the_others()
    {
        var evaluator = new ClusterEvaluator(Cluster.Of(ManyPolicies.Of(5)).Snapshot);
        var whole = PageData.Of(new ReportQuestion().Ask(evaluator, QuestionWords.Plain));
        var limits = new ReportLimits { MostRules = 2, MostPolicies = 3, MostFindings = 4 };
        var answer = new ReportQuestion { Limits = limits }.Ask(evaluator, QuestionWords.Plain);
        var page = PageData.Of(answer);
        Assert.Equal(whole.Lines(), page.Lines());

        // When the reasons of exposure are worked out makes no difference, neither to a page nor to what else is then made of it.
        var forPage = new ReportQuestion { Limits = limits, IsForPage = true };
        Assert.Equal(page.Page, PageData.Of(forPage.Ask(evaluator, QuestionWords.Plain)).Page);
        Assert.Equal(JsonOf(new ReportQuestion()), JsonOf(forPage));
        var cut = 0;
        foreach (var (source, destination, _) in page.Lines())
        {
            cut += Compare("egress", source, destination) + Compare("ingress", destination, source);
        }

        Assert.NotEqual(0, cut);
        Assert.Equal(
            whole.Root.GetProperty("profiles").EnumerateArray().Select(static profile => profile[1].GetArrayLength()),
            page.Root.GetProperty("profiles").EnumerateArray().Select(static profile => PageData.Whole(profile[1])));
        Assert.Equal(
            whole.Root.GetProperty("sides").EnumerateArray().Select(static side => side[3].GetArrayLength()),
            page.Root.GetProperty("sides").EnumerateArray().Select(static side => PageData.Whole(side[3])));
        Assert.All(page.Root.GetProperty("sides").EnumerateArray(), static side => Assert.InRange(side[3].GetArrayLength(), 0, 4));
        Assert.Equal(4, page.Root.GetProperty("findings").GetArrayLength());
        Assert.Equal(whole.Root.GetProperty("findings").GetArrayLength() - 4, page.Root.GetProperty("moreFindings").GetInt32());
        Assert.False(whole.Root.TryGetProperty("moreFindings", out _));

        var (all, some) = (whole.Root.GetProperty("exposure"), page.Root.GetProperty("exposure"));
        foreach (var (line, cutLine) in Lines(all).Zip(Lines(some)))
        {
            Assert.Equal(line.Length, cutLine.Sum(static number => number < 0 ? -number : 1));
            Assert.InRange(cutLine.Length, 0, 3);
        }

        Assert.Contains(Lines(all), static line => line.Length > 2);
        Assert.Equal(Lines(all).Count(), Lines(some).Count());

        // What machines read is whole.
        Assert.Equal(JsonOf(new ReportQuestion()), JsonOf(new ReportQuestion { Limits = limits }));

        int Compare(string side, int subject, int peer)
        {
            var (rules, first, more) = (whole.Reasons(side, subject, peer), page.Reasons(side, subject, peer), page.MoreReasons(side, subject, peer));
            Assert.Equal(0, whole.MoreReasons(side, subject, peer));
            Assert.Equal(rules.Take(rules.Count() - more), first);
            return more;
        }

        static IEnumerable<int[]> Lines(JsonElement exposure) => exposure.EnumerateArray().SelectMany(static workload => workload.EnumerateArray()
            .Skip(1).Select(static line => line.EnumerateArray().Skip(3).Select(static number => number.GetInt32()).ToArray()));

        string JsonOf(ReportQuestion question)
        {
            using var output = new StringWriter();
            new ReportJsonWriter(output).Write(question.Ask(evaluator, QuestionWords.Plain).Value!, []);
            return output.ToString();
        }
    }

    /// <summary>A page that would be too large goes without the rules of connections, then without the lines of exposure; its sums stay.</summary>
    [Theory]
    [InlineData(0, true, true)]
    [InlineData(1, false, true)]
    [InlineData(1_000_000, false, false)]
    public void What_would_make_a_page_too_large_is_left_out_and_it_says_so(int less, bool hasRules, bool hasLines)
    {
        var answer = new ReportQuestion().Ask(new ClusterEvaluator(Cluster.Of(ManyWorkloads.Of(40)).Snapshot), QuestionWords.Plain);
        var whole = PageData.Of(answer).Root.GetRawText().Length;
        var page = PageData.Of(answer, Math.Max(0, whole - less));
        Assert.Equal(hasRules, page.Root.TryGetProperty("profiles", out _));
        Assert.Equal(hasLines, page.Root.TryGetProperty("exposure", out _));
        Assert.True(page.Root.TryGetProperty("grades", out _));
        var leftOut = page.Root.GetProperty("leftOut").EnumerateArray().Select(page.Text).ToArray();
        Assert.Equal((hasRules ? 0 : 1) + (hasLines ? 0 : 1), leftOut.Length);
    }

    /// <summary>What lies between two namespaces that are not asked about is not known, which is not the same as denied.</summary>
    [Fact]
    public void Marks_what_was_not_asked_about()
    {
        var page = PageData.Of(Cluster.Of(ManyWorkloads.Of(40)).Snapshot, new ReportQuestion { Namespaces = ["ns-1"] });
        var asked = page.Root.GetProperty("asked").GetString()!;
        Assert.Equal(10, asked[..page.Root.GetProperty("own").GetInt32()].Count(static known => known == '1'));
    }

    [GeneratedRegex("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"")]
    private static partial Regex Csp();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Program();

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
