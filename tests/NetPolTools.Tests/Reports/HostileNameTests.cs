using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NetPolTools.Asking;
using NetPolTools.Authoring.Inference;
using NetPolTools.Cni;
using NetPolTools.Diagnostics;
using NetPolTools.Difference;
using NetPolTools.Explaining;
using NetPolTools.Exposure;
using NetPolTools.Intents;
using NetPolTools.Isolation;
using NetPolTools.Linting;
using NetPolTools.Linting.Rules;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Paths;
using NetPolTools.Reachability;
using NetPolTools.Repairing;
using NetPolTools.Reports;
using NetPolTools.SeenTraffic;
using NetPolTools.Sets;
using NetPolTools.Snapshot;
using NetPolTools.Summaries;
using NetPolTools.Text;

namespace NetPolTools.Tests.Reports;

/// <summary>
/// Whoever writes a manifest may write anything into it. None of it steers whoever reads an answer: a terminal, a spreadsheet, a page that shows Markdown.
/// Every writer is given texts made of what means something in any of these, and has to write as many lines, cells and values as for plain ones.
/// </summary>
public sealed partial class HostileNameTests
{
    private static readonly string[] Pieces =
    [
        "a", "web", "\u001b[2J", "\u001b]0;title\u0007", "\n", "\r\n", "\t", "\0", "\u007f", "\u0085", "\u009b31m", "\u2028", "\u2029", "\u202e", "\u2066",
            "\u200b", "\u00a0",
        "\ufeff", "\u00ad", "\U000E0041", "|", "\\|", "`", "```", "``", "\\", "*", "**", "_", "~~", "# ", "#1", "@team", "<img src=x onerror=alert(1)>", "<!--",
            "-->",
        "&lt;", "&#64;", "](http://evil.example)", "[a](b)", "![", "https://evil.example", "www.evil.example", "$x$", "=1+1", "=cmd|' /C calc'!A0",
            "+1+cmd|'x'!A", "-1", "@SUM(1)",
        "\"", "'", ",", ";", "{", "}", "---\n", "- ", "%", "é", "日本", "😀", "\n### Network policies: no difference\n", "/", " ", "()",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void No_text_of_the_input_steers_a_reader_of_any_writer(int seed)
    {
        var random = new Random(seed);
        var plain = Written.Of(static use => use);
        for (var i = 0; i < 60; i++)
        {
            var names = new Names(random);
            try
            {
                Check(plain, Written.Of(names.Of));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"These texts do it: {JsonSerializer.Serialize(names.Given)}", e);
            }
        }
    }

    [Fact]
    public void Every_writer_is_among_those_that_are_tried()
    {
        var writers = typeof(ConnectionCsvWriter).Assembly.GetExportedTypes()
            .Where(static type => type.Namespace == typeof(ConnectionCsvWriter).Namespace && type.Name.EndsWith("Writer", StringComparison.Ordinal))
            .Select(static type => type.Name);
        var tried = Written.Of(static use => use).Texts.Keys.Select(static key => key.Split(' ')[0]).Where(static key => key != nameof(RepairPatch));
        Assert.Equal(writers.Order(StringComparer.Ordinal), tried.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("a\u001bb", @"a\u001Bb")]
    [InlineData("a\u00a0b", @"a\u00A0b")]
    [InlineData("a\u200bb", @"a\u200Bb")]
    [InlineData("a é 日本 😀 …", "a é 日本 😀 …")]
    public void What_cannot_be_seen_is_shown_as_its_number(string text, string expected) => Assert.Equal(expected, Printable.Of(text));

    [Fact]
    public void Half_of_a_surrogate_pair_is_shown_as_its_number() => Assert.Equal(@"a\uD83D", Printable.Of("a😀"[..2]));

    private static void Check(Written plain, Written hostile)
    {
        foreach (var (writer, text) in hostile.Texts)
        {
            var expected = plain.Texts[writer];
            Assert.True(expected.Length > 0, $"{writer} writes nothing.");
            if (writer == nameof(HtmlReportWriter))
            {
                CheckPage(expected, text);
                continue;
            }

            Assert.False(text.EnumerateRunes()
                .Any(static rune => rune.Value != '\n' && Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Control), writer);
            if (writer.Contains("Json", StringComparison.Ordinal) || writer is nameof(LintSarifWriter) or nameof(LintSonarWriter))
            {
                Assert.Equal(Shape(JsonDocument.Parse(expected).RootElement), Shape(JsonDocument.Parse(text).RootElement));
                continue;
            }

            if (writer.StartsWith(nameof(JUnitWriter), StringComparison.Ordinal) || writer is nameof(NUnitWriter)
                || writer.Contains("Svg", StringComparison.Ordinal))
            {
                Assert.Equal(Shape(XDocument.Parse(expected).Root!), Shape(XDocument.Parse(text).Root!));
                continue;
            }

            Assert.True(Printable.Of(text.Replace("\n", "", StringComparison.Ordinal)) == text.Replace("\n", "", StringComparison.Ordinal), writer);

            // A tree goes on in a line of its own where a name leaves too little room.
            if (writer != nameof(ConnectionTreeWriter))
                Assert.Equal((writer, Lines(expected).Length), (writer, Lines(text).Length));
            if (writer.Contains("Csv", StringComparison.Ordinal))
                CheckCsv(expected, text);
            else if (writer.Contains("Markdown", StringComparison.Ordinal))
                CheckMarkdown(expected, text);
            else if (writer.StartsWith(nameof(MermaidWriter), StringComparison.Ordinal))
                Assert.All(Lines(text), static line => Assert.Matches(MermaidLine(), line));
            else if (writer.StartsWith(nameof(DotWriter), StringComparison.Ordinal))
                Assert.All(Lines(text), static line => Assert.Matches(DotLine(), line));
            else if (writer.StartsWith(nameof(LintGitHubWriter), StringComparison.Ordinal))
                CheckCommands(expected, text);
        }
    }

    /// <summary>Whatever the texts are, the page around them is the same, and they are data to the end.</summary>
    private static void CheckPage(string expected, string text)
    {
        Assert.Equal(Island().Replace(expected, ""), Island().Replace(text, ""));
        var data = Island().Match(text).Groups[1].Value;
        Assert.DoesNotMatch("[<>&'\u2028\u2029]|[^\x20-\x7e]", data);
        var (before, after) = (JsonDocument.Parse(Island().Match(expected).Groups[1].Value).RootElement, JsonDocument.Parse(data).RootElement);

        // Runs of a row depend on the order of the names.
        Assert.Equal(before.EnumerateObject().Select(static property => property.Name), after.EnumerateObject().Select(static property => property.Name));
        Assert.Equal(before.GetProperty("ends").GetArrayLength(), after.GetProperty("ends").GetArrayLength());
        Assert.All(Strings(JsonDocument.Parse(data).RootElement), static shown => Assert.Equal(Printable.Of(shown), shown));

        static IEnumerable<string> Strings(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().SelectMany(static property => Strings(property.Value)),
            JsonValueKind.Array => value.EnumerateArray().SelectMany(Strings),
            JsonValueKind.String => [value.GetString()!],
            _ => [],
        };
    }

    private static void CheckCsv(string expected, string text)
    {
        foreach (var (plain, line) in Lines(expected).Zip(Lines(text)))
        {
            var cells = CsvCell().Matches(line).Select(
                static cell => cell.Groups[1].Success ? cell.Groups[1].Value.Replace("\"\"", "\"", StringComparison.Ordinal) : cell.Groups[2].Value).ToArray();
            Assert.Equal(CsvCell().Count(plain), cells.Length);
            Assert.All(cells, static cell => Assert.DoesNotMatch(@"^([=@\t\r]|[-+].*[^ +\-./0-9a-z])", cell));
        }
    }

    /// <summary>A command of GitHub's runner is the first of a line, and holds what it held before.</summary>
    private static void CheckCommands(string expected, string text)
    {
        foreach (var (plain, line) in Lines(expected).Zip(Lines(text)))
        {
            Assert.DoesNotContain("##[", line, StringComparison.Ordinal);
            var (before, after) = (Command().Match(plain), Command().Match(line));
            Assert.Equal(before.Groups["command"].Value, after.Groups["command"].Value);
            Assert.Equal(
                before.Groups["properties"].Value.Split(',').Select(static property => property.Split('=')[0]),
                after.Groups["properties"].Value.Split(',').Select(static property => property.Split('=')[0]));
        }
    }

    private static void CheckMarkdown(string expected, string text)
    {
        foreach (var (plain, line) in Lines(expected).Zip(Lines(text)))
        {
            if (plain.StartsWith('|'))
                Assert.Equal(Bar().Count(plain), Bar().Count(line));

            // Without its pieces of code, whose ends are as many backticks as their beginnings.
            var rest = OwnHtml().Replace(CodeSpan().Replace(line.Replace("\\|", "", StringComparison.Ordinal), ""), "");
            Assert.DoesNotMatch(@"[`<>@&*_~\\$]|://|www\.|\]\(|(?<!^|#)#", rest);
            Assert.Equal(plain.TakeWhile(static c => c == '#').Count(), rest.TakeWhile(static c => c == '#').Count());
        }
    }

    /// <summary>Names of properties and counts of items; texts and the order they make are left out.</summary>
    private static string Shape(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', value.EnumerateObject().Select(static property => property.Name + Shape(property.Value))) + "}",
        JsonValueKind.Array => "[" + string.Join(',', value.EnumerateArray().Select(Shape).Order(StringComparer.Ordinal)) + "]",
        _ => ":",
    };

    private static string Shape(XElement element)
    {
        var attributes = string.Join(',', element.Attributes().Select(static attribute => attribute.Name));
        return $"{element.Name}({attributes})[{string.Concat(element.Elements().Select(Shape))}]";
    }

    private static string[] Lines(string text) => text.Split('\n');

    [GeneratedRegex("^(?:::(?<command>[a-z]+) (?<properties>.*?)::)?")]
    private static partial Regex Command();

    [GeneratedRegex("""(?<=^|,)(?:"((?:[^"]|"")*)"|([^",]*))(?=,|$)""")]
    private static partial Regex CsvCell();

    /// <summary>What <see cref="ReportMarkdownWriter"/> writes itself, as whole lines.</summary>
    [GeneratedRegex(@"^<details( open)?><summary>[\w :,]+\(\d+\)</summary>$|^</details>$|^<!-- netpoltools report -->$")]
    private static partial Regex OwnHtml();

    [GeneratedRegex(@"^$|^flowchart LR$|^ +(subgraph g\d+(?<label>\[""[ ./,:()=+A-Za-z0-9#;-]*""\])|end|linkStyle [\d,]+ stroke:#\w{6}"
        + @"|(n\d+|said\d+|none)(\[|\(\[|>)""[ ./,:()=+A-Za-z0-9#;-]*""(\]|\]\))|n\d+ (-->|-\.->|==>)\|""[ ./,:()=+A-Za-z0-9#;-]*""\| n\d+)$")]
    private static partial Regex MermaidLine();

    [GeneratedRegex(@"^$|^digraph network_policies \{$|^ *\}$|^ +((rankdir=LR|labelloc=b|node \[.*\]|edge \[.*\]|label=<([^<>]|<br/>)*>);"
        + @"|subgraph cluster_\d+ \{|(n\d+|n\d+ -> n\d+) \[label=<[^<>]*>(, (style|color|penwidth)=[\w""#]+)*\];)$")]
    private static partial Regex DotLine();

    [GeneratedRegex("(?<=id=\"data\">)(.*?)(?=</script>)", RegexOptions.Singleline)]
    private static partial Regex Island();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();

    [GeneratedRegex("(?<!`)(`+)(?!`).*?(?<!`)\\1(?!`)")]
    private static partial Regex CodeSpan();

    /// <summary>A different random text for each use.</summary>
    private sealed class Names(Random random)
    {
        private readonly Dictionary<string, string> _given = [];

        public IReadOnlyDictionary<string, string> Given => _given;

        public string Of(string use)
        {
            if (!_given.TryGetValue(use, out var text))
                _given.Add(use, text = string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => Pieces[random.Next(Pieces.Length)])) + _given.Count);
            return text;
        }
    }

    /// <summary>What all writers make of one cluster.</summary>
    private sealed record Written(IReadOnlyDictionary<string, string> Texts)
    {
        public static Written Of(Func<string, string> text)
        {
            var texts = new Dictionary<string, string>();
            var (open, closed) = (Side(text, false), Side(text, true));
            var explainer = new Explainer(closed.Map);
            var all = new ConnectionQuery { IncludeDenied = true };
            Connection[] connections = [.. new ConnectionLister(closed.Map, all).List()];
            var difference = new ReachabilityDifference(open, closed, new ConnectionQuery());
            ConnectionChange[] changes = [.. difference.List()];
            Assert.NotEmpty(changes);
            var isolation = new IsolationReport(closed.Snapshot, closed.Map, []);
            var verdict = CniJudge.Judge(closed.Snapshot);
            var limited = PolicyFeatures.Limited(closed.Snapshot.NetworkPolicies, verdict).ToArray();
            Diagnostic[] diagnostics = [new Diagnostic(DiagnosticId.NoMatch, DiagnosticSeverity.Error, text("message")) { FieldPath = text("path"),
                Location = new SourceLocation(text("file"), 1, 1) }];

            Add(nameof(ConnectionTableWriter), output => new ConnectionTableWriter(output, Explain).Write(connections, withVerdict: true));
            Add(nameof(ConnectionCsvWriter), output => new ConnectionCsvWriter(output).Write(connections));
            Add(nameof(ConnectionJsonWriter), output =>
                new ConnectionJsonWriter(output, Explain).Write(connections, diagnostics, closed.Snapshot.NotEvaluated));
            Add(nameof(ConnectionMatrixWriter), output => new ConnectionMatrixWriter(output).Write(connections));
            Add(nameof(ConnectionTreeWriter), output => new ConnectionTreeWriter(output).Write(connections, bySource: true, byDestination: true));
            Add(nameof(DifferenceTableWriter), output => new DifferenceTableWriter(output).Write(difference.Ends, changes));
            Add(nameof(DifferenceCsvWriter), output => new DifferenceCsvWriter(output).Write(difference.Ends, changes));
            Add(nameof(DifferenceJsonWriter), output =>
                new DifferenceJsonWriter(output).Write(difference.Ends, difference.Policies, changes, diagnostics, closed.Snapshot.NotEvaluated));
            Add(nameof(DifferenceMarkdownWriter), output => new DifferenceMarkdownWriter(output).Write(difference.Ends, changes));
            Add(nameof(IsolationTableWriter) + " workloads", output => new IsolationTableWriter(output).Write(isolation.Workloads()));
            Add(nameof(IsolationTableWriter) + " namespaces", output => new IsolationTableWriter(output).Write(isolation.Namespaces()));
            Add(nameof(IsolationCsvWriter) + " workloads", output => new IsolationCsvWriter(output).Write(isolation.Workloads()));
            Add(nameof(IsolationCsvWriter) + " namespaces", output => new IsolationCsvWriter(output).Write(isolation.Namespaces()));
            Add(nameof(IsolationJsonWriter) + " workloads", output =>
                new IsolationJsonWriter(output).Write(isolation.Workloads(), diagnostics, closed.Snapshot.NotEvaluated));
            Add(nameof(IsolationJsonWriter) + " namespaces", output =>
                new IsolationJsonWriter(output).Write(isolation.Namespaces(), diagnostics, closed.Snapshot.NotEvaluated));
            var summaries = new SummaryReport(closed.Map, []).Lines(GroupBy.Workload, CancellationToken.None);
            Add(nameof(SummaryTableWriter), output => new SummaryTableWriter(output).Write(summaries));
            Add(nameof(SummaryCsvWriter), output => new SummaryCsvWriter(output).Write(summaries));
            Add(nameof(SummaryJsonWriter), output => new SummaryJsonWriter(output).Write(summaries, diagnostics, closed.Snapshot.NotEvaluated));
            var allLines = new ConnectionLister(closed.Map, new ConnectionQuery());
            var front = Array.FindIndex(allLines.Groups, group => group.End.Name == text("owner-front"));
            var radius = new BlastRadius(closed.Map, allLines, [front], null, CancellationToken.None);
            var chokePoints = radius.ChokePoints(1);
            Assert.NotEmpty(chokePoints);
            Add(nameof(PathTableWriter), output => new PathTableWriter(output, withSteps: true, Explain).Write(radius.Paths()));
            Add(nameof(PathCsvWriter), output => new PathCsvWriter(output).Write(radius.Paths()));
            Add(nameof(PathJsonWriter), output =>
                new PathJsonWriter(output, Explain).Write(radius.From, radius.Paths(), diagnostics, closed.Snapshot.NotEvaluated));
            Add(nameof(BlastRadiusTextWriter), output => new BlastRadiusTextWriter(output).Write(radius, chokePoints));
            Add(nameof(BlastRadiusJsonWriter), output =>
                new BlastRadiusJsonWriter(output).Write(radius, chokePoints, diagnostics, closed.Snapshot.NotEvaluated));
            var cause = CauseOf(text, open, closed);
            Assert.Equal(CauseOutcome.Found, cause.Outcome);
            Add(nameof(CauseTextWriter), output => new CauseTextWriter(output).Write(text("from"), text("to"), cause));
            Add(nameof(CauseJsonWriter), output => new CauseJsonWriter(output).Write(cause, diagnostics));
            var directory = new EndDirectory(closed.Snapshot);
            var seen = connections.Where(static line => line.Source.Addresses is null && line.Destination.Addresses is null && line.Source != line.Destination)
                .Select(line => new Traffic(directory.Find(line.Source)!, directory.Find(line.Destination)!, PortSet.Of(Protocol.TCP, 81)))
                .Select(static line => new SeenFlow(line, false));
            var traffic = new TrafficCheck(null, new FlowVerdicts(closed.Map, directory), [.. seen]);
            Assert.True(traffic.CountOf(FlowOutcome.Breaks) > 0);
            Add(nameof(TrafficTableWriter), output => new TrafficTableWriter(output).Write(traffic, withUnchanged: true));
            Add(nameof(TrafficCsvWriter), output => new TrafficCsvWriter(output).Write(traffic.Flows.Where(static flow => flow.DeniedBy.Count > 0)));
            Add(nameof(TrafficJsonWriter), output =>
                new TrafficJsonWriter(output).Write(traffic.Flows.OrderBy(static flow => flow.DeniedBy.Count), diagnostics, closed.Snapshot.NotEvaluated));
            var match = connections.SelectMany(line => explainer.Explain(line).Ingress.Matches).First();
            ExposureLine[] exposure =
            [
                new(ConnectionEnd.InCluster(text("namespace"), text("workload"), "Deployment"), PolicyDirection.Ingress, ExposureGrade.LabelledNamespaces)
                {
                    NamespaceSelector = text("selector"),
                    Except = [text("namespace")],
                    PodSelector = text("label"),
                    Ports = PortSet.All,
                    Example = text("example"),
                    Why = ExposureReasons.Of(
                        [new ExposureReason(text("reason"), new DecidingReason(null, null, "Allow", PortSet.None, text("reason"))), new ExposureReason(match)]),
                    IsCut = true,
                    Access =
                    [
                        new ExposureAccess(
                            new AccessSubject("ServiceAccount", text("namespace"), text("account")),
                            AccessAbility.CreatePods,
                            [text("namespace")],
                            new ObjectReference("RoleBinding", text("namespace"), text("binding")),
                            new ObjectReference("Role", text("namespace"), text("role"))) { Location = new SourceLocation(text("file"), 1, 1) },
                    ],
                },
                new(ConnectionEnd.InCluster(text("namespace"), text("workload"), "Deployment"), PolicyDirection.Egress, ExposureGrade.NamedNamespaces)
                {
                    Namespaces = [text("namespace")],
                    Undetermined = PortSet.All,
                },
                new(ConnectionEnd.InCluster(text("namespace"), text("workload"), "Deployment"), PolicyDirection.Egress, ExposureGrade.Outside)
                {
                    Addresses = text("addresses"),
                },
            ];
            ExposureChange[] exposed = [.. exposure.Select(static (line, i) => new ExposureChange(i == 0, line))];
            Add(nameof(ExposureMarkdownWriter), output => new ExposureMarkdownWriter(output).Write(exposed));
            Add(nameof(ExposureTableWriter) + " changes", output => new ExposureTableWriter(output).Write(exposed));
            Add(nameof(ExposureCsvWriter) + " changes", output => new ExposureCsvWriter(output).Write(exposed));
            Add(nameof(ExposureJsonWriter) + " changes", output => new ExposureJsonWriter(output).Write(exposed, diagnostics, closed.Snapshot.NotEvaluated));
            Add(nameof(ExposureTableWriter), output => new ExposureTableWriter(output).Write(exposure));
            Add(nameof(ExposureCsvWriter), output => new ExposureCsvWriter(output).Write(exposure));
            Add(nameof(ExposureJsonWriter), output => new ExposureJsonWriter(output).Write(exposure, diagnostics, closed.Snapshot.NotEvaluated));
            Add(nameof(CniTextWriter), output => new CniTextWriter(output).Write(verdict));
            Add(nameof(CniJsonWriter), output => new CniJsonWriter(output).Write(verdict, limited, diagnostics));
            var about = new ObjectReference("NetworkPolicy", text("namespace"), text("policy"));
            LintFinding finding = new(LintCatalogue.All[0], LintSeverity.Error, about, text("message"))
            {
                FieldPath = text("path"),
                Location = new SourceLocation(text("file"), 1, 1),
                Corrections = [new LintCorrection(text("correction")) { Text = text("yaml") }],
                Related = [new LintPlace(about, text("path"), new SourceLocation(text("file"), 2, 1))],
            };
            var report = new LintReport([finding], [LintCatalogue.All[1]]) { Asked = [LintCatalogue.All[0], LintCatalogue.All[2]] };
            Add(nameof(LintTextWriter), output => new LintTextWriter(output).Write([finding]));
            Add(nameof(LintJsonWriter), output => new LintJsonWriter(output).Write(report, diagnostics, closed.Snapshot.NotEvaluated));
            Add(nameof(LintSarifWriter), output => new LintSarifWriter(output, "1.0", "").Write(report, diagnostics));
            Add(nameof(JUnitWriter), output => new JUnitWriter(output, "").Write(LintSuites.Of(report)));
            Add(nameof(NUnitWriter), output => new NUnitWriter(output).Write(LintSuites.Of(report)));
            Add(nameof(LintGitHubWriter), output => new LintGitHubWriter(output, "").Write(report));
            Add(nameof(LintSonarWriter), output => new LintSonarWriter(output, "").Write(report));
            Add(nameof(LintMarkdownWriter), output => new LintMarkdownWriter(output, "").Write(report));
            var everything = new IntentEnd(text("end")) { IsEverything = true };
            var intents = new IntentSet
            {
                Intents =
                [
                    new Intent(text("intent"), IntentKind.Denied, everything, everything) { Location = new SourceLocation(text("file"), 1, 1) },
                ],
            };
            var checkedIntents = new IntentQuestion(intents) { Assumptions = Assumptions.None }
                .Ask(new ClusterEvaluator(closed.Snapshot), QuestionWords.Plain).Value!;

            // Ends with hostile names cannot be asked about by name, so only the others would have a repair.
            foreach (var result in checkedIntents.Results)
                result.Repairer = null;
            Add(nameof(IntentTextWriter), output => new IntentTextWriter(output).Write(checkedIntents));
            Add(nameof(IntentJsonWriter), output => new IntentJsonWriter(output).Write(checkedIntents, diagnostics, closed.Snapshot.NotEvaluated));
            Add(nameof(TapWriter), output => new TapWriter(output, "").Write(IntentWriting.Suites(checkedIntents, text("file"))));
            Add(nameof(JUnitWriter) + " intents", output => new JUnitWriter(output, "").Write(IntentWriting.Suites(checkedIntents, text("file"))));
            Add(nameof(LintGitHubWriter) + " intents", output => new LintGitHubWriter(output, "").Write(IntentFindings.Of(checkedIntents)));
            var whole = Report(new ClusterEvaluator(open.Snapshot), new ClusterEvaluator(closed.Snapshot), report) with { Exposure = exposure };
            whole = whole with { Change = whole.Change! with { Exposure = exposed } };
            Add(nameof(HtmlReportWriter), output => new HtmlReportWriter(output).Write(whole, diagnostics));
            Add(nameof(ReportMarkdownWriter), output => new ReportMarkdownWriter(output, "").Write(whole, diagnostics));
            Add(nameof(ReportJsonWriter), output => new ReportJsonWriter(output).Write(whole, diagnostics));
            var state = whole with { Change = null };
            Add(nameof(MermaidWriter) + " change", output => new MermaidWriter(output).Write(whole));
            Add(nameof(MermaidWriter) + " state", output => new MermaidWriter(output).Write(state));
            Add(nameof(DotWriter) + " change", output => new DotWriter(output).Write(whole));
            Add(nameof(DotWriter) + " state", output => new DotWriter(output).Write(state));
            Add(nameof(MatrixSvgWriter), output => new MatrixSvgWriter(output).Write(state));
            Add(nameof(NeighbourhoodSvgWriter), output => new NeighbourhoodSvgWriter(output).Write(state, state.Picture!.Ends[0]));
            var repair = new Repair(
            [
                new RepairStep(RepairKind.AddPort, about, text("message")) { Location = new SourceLocation(text("file"), 1, 1), Patch = text("yaml") },
            ])
            {
                OpensBesides = [changes[0]],
            };
            var repairs = new RepairReport(intents.Intents[0], false, [repair], [text("obstacle")]);
            Add(nameof(RepairTextWriter), output => new RepairTextWriter(output).Write(repairs));
            Add(nameof(RepairJsonWriter), output => new RepairJsonWriter(output).Write(repairs, diagnostics, closed.Snapshot.NotEvaluated));
            Add(nameof(RepairPatch), output => output.Write(string.Join('\n', RepairPatch.Commands(repair)!)));
            return new Written(texts);

            Explanation Explain(Connection connection) => explainer.Explain(connection);

            void Add(string writer, Action<StringWriter> write)
            {
                using var output = new StringWriter();
                write(output);
                texts.Add(writer, output.ToString());
            }
        }

        private static ClusterReport Report(ClusterEvaluator open, ClusterEvaluator closed, LintReport lint) =>
            new ReportQuestion().Ask(open, closed, QuestionWords.Plain).Value! with { Lint = lint };

        /// <summary>Why another pod of a namespace reaches one that policies close.</summary>
        private static CauseAnswer CauseOf(Func<string, string> text, DifferenceSide open, DifferenceSide closed)
        {
            var addressed = new[] { open, closed }.Select(side => new ClusterEvaluator(side.Snapshot.Changed(found => found is Pod pod
                ? pod with { Addresses = [NetAddress.Parse(pod.Name == text("front") ? "10.0.0.1" : pod.Name == text("back") ? "10.0.0.2" : "192.0.2.1")] }
                : found))).ToArray();
            return new CauseQuestion(EndpointPattern.Parse("10.0.0.1"), EndpointPattern.Parse("10.0.0.2"))
            {
                Ports = PortSet.Of(Protocol.TCP, 81),
                Assumptions = Assumptions.None,
            }.Ask(addressed[0], addressed[1], QuestionWords.Plain).Value!;
        }

        private static DifferenceSide Side(Func<string, string> text, bool withPolicies)
        {
            ClusterSnapshot snapshot = NamedCluster.Of(text, withPolicies);
            return new DifferenceSide(snapshot, ReachabilityMap.Compile(snapshot));
        }
    }
}
