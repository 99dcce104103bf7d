using NetPolTools.Asking;
using NetPolTools.Linting;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>Findings for people: by file and object, each with its place, its rule and its sentence.</summary>
public sealed class LintTextWriter(TextWriter output)
{
    private const string Indentation = "             ";

    /// <summary>Both are as wide as most of what stands there.</summary>
    private const int PlaceWidth = 8;

    private const int SeverityWidth = 7;

    /// <returns>How many findings there were.</returns>
    public int Write(IReadOnlyList<LintFinding> findings)
    {
        string? file = null;
        string? about = null;
        ObjectReference? last = null;
        foreach (var finding in findings)
        {
            var itsFile = finding.Location.File ?? "";
            if (itsFile != file)
            {
                if (file is not null)
                    output.Write('\n');
                output.Write(Printable.Of(itsFile.Length == 0 ? "(no file)" : itsFile));
                output.Write('\n');
                (file, about) = (itsFile, null);
            }

            if (about is null || finding.Object != last)
            {
                var itsObject = finding.Object?.ToString() ?? "";
                if (itsObject != about && itsObject.Length > 0)
                {
                    output.Write("  ");
                    output.Write(Printable.Of(itsObject));
                    output.Write('\n');
                }

                (last, about) = (finding.Object, itsObject);
            }

            Write(finding);
        }

        return findings.Count;
    }

    /// <summary>Part by part: of hundreds of thousands, no line is made as a text of its own.</summary>
    private void Write(LintFinding finding)
    {
        output.Write("    ");
        WritePlace(finding.Location);
        output.Write(' ');
        var severity = LintWords.Of(finding.Severity);
        output.Write(severity);
        output.Write(Indentation.AsSpan(0, SeverityWidth + 1 - severity.Length));
        output.Write(finding.Rule.Id);
        output.Write(' ');
        output.Write(finding.Rule.Name);
        output.Write(':');
        if (finding.FieldPath is { } path)
        {
            output.Write(' ');
            output.Write(Printable.Of(path));
            output.Write(':');
        }

        output.Write(' ');
        output.Write(Printable.Of(finding.Message));
        output.Write('\n');
        if (finding.Suppression is { } suppression)
            output.Write($"{Indentation}left out by {Printable.Of(suppression.ToString())}\n");
        foreach (var correction in finding.Corrections)
        {
            output.Write(Indentation);
            output.Write("fix: ");
            output.Write(Printable.Of(correction.Description));
            if (correction.Text is { } text && !text.Contains('\n'))
            {
                output.Write(' ');
                output.Write(Printable.Of(text));
            }

            output.Write('\n');
        }
    }

    /// <summary><c>3:5</c>; a dash for none.</summary>
    private void WritePlace(SourceLocation place)
    {
        Span<char> text = stackalloc char[2 * PlaceWidth + 8];
        text.Fill(' ');
        var length = 1;
        if (place.Line <= 0)
            text[0] = '-';
        else
            text.TryWrite($"{place.Line}:{place.Column}", out length);
        output.Write(text[..Math.Max(length, PlaceWidth)]);
    }

    /// <summary>A line for each rule.</summary>
    public void Write(IEnumerable<LintRule> rules)
    {
        var table = new TextTable(output, "ID", "NAME", "SEVERITY", "NEEDS", "FINDS");
        foreach (var rule in rules)
            table.Add(
                rule.Id, rule.Name, LintWords.Of(rule.Severity), rule.Needs.ToString(), rule.Description + (rule.IsOptIn ? " Only where asked for." : ""));
        table.Complete();
    }

    /// <summary>All there is to know of a rule.</summary>
    public void Write(LintRule rule) => output.Write(
        $"{rule.Id} {rule.Name} ({LintWords.Of(rule.Severity)})\n\n{rule.Description} "
            + $"{rule.Why}\n\nTrouble:\n\n{Indented(rule.Trouble)}\n\nMended:\n\n{Indented(rule.Cure)}\n");

    /// <summary><c>3 findings: 1 error, 2 warnings</c>; a sentence without a full stop.</summary>
    public static string Sum(IReadOnlyList<LintFinding> findings)
    {
        if (findings.Count == 0)
            return "No findings";
        var counts = findings.GroupBy(static finding => finding.Severity).OrderByDescending(static group => group.Key)
            .Select(static group => Wording.Count(group.Count(), LintWords.Of(group.Key)));
        return $"{Wording.Count(findings.Count, "finding")}: {string.Join(", ", counts)}";
    }

    /// <summary>Why some rules have nothing to say, in a sentence.</summary>
    public static string SumOfSilent(LintReport report) =>
        $"{Wording.Count(report.Silent.Count, "rule")} about what is missing {(report.Silent.Count == 1 ? "was" : "were")} not asked, since the input need not "
            + "hold all there is.";

    private static string Indented(string text) => string.Join('\n', text.Split('\n').Select(static line => "    " + line));
}
