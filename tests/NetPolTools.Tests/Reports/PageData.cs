using System.Text.Json;
using System.Text.RegularExpressions;
using NetPolTools.Asking;
using NetPolTools.Reports;
using NetPolTools.Snapshot;

namespace NetPolTools.Tests.Reports;

/// <summary>The data of a report's page, read as its program reads it.</summary>
internal sealed partial class PageData
{
    private static readonly HashSet<string> NamedAlone = ["IngressController", "Entity", "DomainName"];

    private PageData(string page)
    {
        Page = page;
        Root = JsonDocument.Parse(Island().Match(page).Groups[1].Value).RootElement;
    }

    public string Page { get; }

    public JsonElement Root { get; }

    public static PageData Of(ClusterSnapshot snapshot, ReportQuestion? question = null)
    {
        var answer = (question ?? new ReportQuestion()).Ask(new ClusterEvaluator(snapshot), QuestionWords.Plain);
        Assert.NotNull(answer.Value);
        return Of(answer);
    }

    /// <param name="answer">What the page shows.</param>
    /// <param name="largest">The most bytes of data; null for what is usual.</param>
    public static PageData Of(Answer<ClusterReport> answer, int? largest = null)
    {
        using var output = new StringWriter();
        var writer = largest is { } bytes ? new HtmlReportWriter(output) { LargestData = bytes } : new HtmlReportWriter(output);
        writer.Write(answer.Value!, answer.AllDiagnostics());
        return new PageData(output.ToString());
    }

    public string Text(JsonElement number) => Text(number.GetInt32());

    public string Text(int number) => number < 0 ? "" : Root.GetProperty("texts")[number].GetString()!;

    public string End(int number)
    {
        var end = Root.GetProperty("ends")[number];
        if (end.GetArrayLength() == 1)
            return end[0].GetString()!;
        var kind = Text(end[2]);
        return NamedAlone.Contains(kind) ? end[1].GetString()! : $"{Text(end[0])}/{end[1].GetString()}[{kind}]";
    }

    /// <summary>Every line of the matrix, with the numbers of its ends.</summary>
    public IEnumerable<(int Source, int Destination, string Line)> Lines()
    {
        var rowOf = Root.GetProperty("rowOf");
        for (var source = 0; source < rowOf.GetArrayLength(); source++)
        {
            foreach (var (destination, cell) in Runs(Root.GetProperty("rows")[rowOf[source].GetInt32()], withValue: true))
            {
                foreach (var line in Root.GetProperty("cells")[cell].EnumerateArray())
                    yield return (source, destination, Line(source, destination, line));
            }
        }
    }

    /// <summary>The rules that decide on one side of a connection, or why none does.</summary>
    public IEnumerable<string> Reasons(string side, int subject, int peer)
    {
        var profile = Root.GetProperty("profiles")[Root.GetProperty(side)[subject].GetInt32()];
        if (profile[0].GetInt32() >= 0)
            yield return Text(profile[0]);
        for (var i = 0; i < profile[2].GetArrayLength(); i += 2)
        {
            if (!Runs(Root.GetProperty("sets")[profile[2][i + 1].GetInt32()], withValue: false).Any(run => run.Number == peer))
                continue;
            var reason = Root.GetProperty("reasons")[profile[2][i].GetInt32()];
            yield return $"{Text(reason[2])} {(reason[0].GetInt32() < 0 ? "" : Rule(Root.GetProperty("rules")[reason[0].GetInt32()]))} "
                + $"{Text(reason[3])} {Text(reason[4])}";
        }
    }

    /// <summary>How many rules decide on one side of a connection beside those that are named.</summary>
    public int MoreReasons(string side, int subject, int peer)
    {
        var profile = Root.GetProperty("profiles")[Root.GetProperty(side)[subject].GetInt32()];
        var more = 0;
        for (var i = 0; profile.GetArrayLength() > 3 && i < profile[3].GetArrayLength(); i += 2)
        {
            if (Runs(Root.GetProperty("sets")[profile[3][i + 1].GetInt32()], withValue: false).Any(run => run.Number == peer))
                more += profile[3][i].GetInt32();
        }

        return more;
    }

    /// <summary>How many a list has, with those that it does not name.</summary>
    public static int Whole(JsonElement list) => list.EnumerateArray().Sum(static item => item.GetInt32() < 0 ? -item.GetInt32() : 1);

    /// <summary>The lines of exposure as they are shown.</summary>
    public IEnumerable<string> Exposure()
    {
        foreach (var workload in Root.GetProperty("exposure").EnumerateArray())
        {
            Assert.InRange(workload[0].GetInt32(), 0, Root.GetProperty("own").GetInt32() - 1);
            foreach (var line in workload.EnumerateArray().Skip(1))
            {
                var shape = Root.GetProperty("shapes")[line[0].GetInt32()];
                var reasons = line.EnumerateArray().Skip(3).Where(static number => number.GetInt32() >= 0)
                    .Select(number => Reason(Root.GetProperty("reasons")[number.GetInt32()]));
                yield return $"{End(workload[0].GetInt32())} {(shape[0].GetInt32() == 0 ? "from" : "to")} {Text(line[1])} "
                    + $"{Text(Root.GetProperty("grades")[shape[1].GetInt32()][0])} {Text(shape[2])} {Text(shape[3])} {Text(line[2])}: "
                    + string.Join("; ", reasons);
            }
        }
    }

    private string Reason(JsonElement reason) => reason[0].GetInt32() < 0 ? "" : Rule(Root.GetProperty("rules")[reason[0].GetInt32()]);

    private string Rule(JsonElement rule) =>
        $"{Text(Root.GetProperty("policies")[rule[0].GetInt32()][0])} {Text(rule[1])} {Text(rule[2])}:{rule[3].GetInt32()}";

    private string Line(int source, int destination, JsonElement line) =>
        $"{End(source)} => {End(destination)} {Text(line[0])} {(line[1].GetInt32() == 1 ? "Undetermined" : "Allowed")} "
        + (line[2].GetInt32() == 1 ? "node" : "")
        + string.Concat(line.EnumerateArray().Skip(3).Select(note => " | " + Text(note)));

    private static IEnumerable<(int Number, int Value)> Runs(JsonElement runs, bool withValue)
    {
        var (at, width) = (0, withValue ? 3 : 2);
        for (var i = 0; i < runs.GetArrayLength(); i += width)
        {
            at += runs[i].GetInt32();
            for (var n = 0; n < runs[i + 1].GetInt32(); n++)
                yield return (at++, withValue ? runs[i + 2].GetInt32() : 0);
        }
    }

    [GeneratedRegex("<script type=\"application/json\" id=\"data\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Island();
}
