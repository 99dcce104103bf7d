using NetPolTools.Asking;
using NetPolTools.Intents;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>How results of intents read, whatever the form of the report.</summary>
internal static class IntentWriting
{
    public static string Of(IntentStatus status) => status switch
    {
        IntentStatus.Passed => "passed",
        IntentStatus.Failed => "failed",
        _ => "undetermined",
    };

    /// <summary>What is not as it should be, and which rules decide it; sentences.</summary>
    public static IEnumerable<string> Lines(IntentResult result) =>
        result.Deviations.Concat(result.Reasons).Concat(result.Repair is { } repair ? [$"Repair: {repair} ({repair.Effect})"] : []).Select(Printable.Of);

    /// <summary>As test results: a suite for the file, a test for each intent.</summary>
    /// <param name="report">The results.</param>
    /// <param name="file">The file.</param>
    public static TestRun Suites(IntentReport report, string? file)
    {
        var name = Printable.Of(file ?? "intents");
        return new TestRun("netpol check", [new TestSuite(name, [.. report.Results.Select(result => Test(result, name))])]);
    }

    private static TestCase Test(IntentResult result, string file)
    {
        TestFailure[] wrong = result.Status == IntentStatus.Passed ? [] : [Failure(result)];
        return new TestCase(file, Printable.Of(result.Intent.Name))
        {
            FullName = Printable.Of(result.Intent.Name),
            Location = result.Intent.Location,
            Failures = result.Status == IntentStatus.Failed ? wrong : [],
            Open = result.Status == IntentStatus.Undetermined ? wrong : [],
        };
    }

    private static TestFailure Failure(IntentResult result)
    {
        string[] lines = [.. Lines(result)];
        var place = result.DecidingPlace();
        return new TestFailure(
            Of(result.Status),
            lines.FirstOrDefault(""),
            string.Join('\n', lines),
            Printable.Of((place.IsKnown ? place : result.Intent.Location).ToString()));
    }
}
