using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace NetPolTools.Live;

/// <summary>Understands what kubectl says when it fails.</summary>
internal static partial class KubectlErrors
{
    private const string Forbidden = "Error from server (Forbidden)";
    private const string NotFound = "Error from server (NotFound)";

    /// <summary>Of a chunk whose list is no longer kept, and of a place in the changes that is not.</summary>
    private static readonly ImmutableArray<string> Expired = ["Error from server (Expired)", "Error from server (Gone)"];

    public static ReadOutcome Understand(ProgramRun run)
    {
        var lines = run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.FirstOrDefault(static line => line.StartsWith(Forbidden, StringComparison.Ordinal)) is { } forbidden)
            return new ReadOutcome(ReadStatus.Forbidden, forbidden);
        if (lines.Any(static line => Expired.Any(expired => line.StartsWith(expired, StringComparison.Ordinal))))
            return ReadOutcome.Expired;
        return lines.Any(static line => line.StartsWith(NotFound, StringComparison.Ordinal))
            ? ReadOutcome.Absent
            : new ReadOutcome(ReadStatus.Failed, Words(lines, run.ExitCode));
    }

    /// <summary>kubectl's own words, without the log lines that say the same before them.</summary>
    private static string Words(string[] lines, int exitCode)
    {
        var words = lines.Where(static line => !LogLine().IsMatch(line)).Distinct().ToArray();
        if (words.Length == 0)
            words = lines;
        return words.Length == 0 ? $"kubectl ended with exit code {exitCode} and said nothing." : "kubectl says: " + string.Join(' ', words);
    }

    /// <summary><c>E1120 14:00:00.000000    1234 memcache.go:265] "Unhandled Error" …</c></summary>
    [GeneratedRegex(@"^[IWEF]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ [\w./-]+:\d+\] ")]
    private static partial Regex LogLine();
}
