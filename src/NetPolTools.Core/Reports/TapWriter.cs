using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>
/// Test results as the Test Anything Protocol, version 13: a line for each test, with what is wrong as YAML below it. What neither passed nor failed is not
/// ok, and says so.
/// </summary>
/// <param name="output">Where to.</param>
/// <param name="root">The folder of the repository.</param>
public sealed class TapWriter(TextWriter output, string root)
{
    private readonly LintPaths _paths = new(root);

    public void Write(TestRun run)
    {
        TestCase[] all = [.. run.Suites.SelectMany(static suite => suite.Cases)];
        output.Write($"TAP version 13\n1..{all.Length}\n");
        for (var i = 0; i < all.Length; i++)
            Write(i + 1, all[i]);
    }

    private void Write(int number, TestCase test)
    {
        var isOk = test.Failures.Count + test.Open.Count == 0;
        var skipped = test.Skipped is null ? "" : $" # SKIP {Description(test.Skipped)}";
        output.Write($"{(isOk ? "ok" : "not ok")} {number} - {Description(test.FullName)}{skipped}\n");
        if (isOk)
            return;
        output.Write("  ---\n");
        output.Write($"  severity: {(test.Failures.Count > 0 ? "fail" : "undetermined")}\n");
        if (test.Location.File is { } file)
            output.Write($"  file: {Quoted(_paths.Of(file))}\n");
        if (test.Location.Line > 0)
            output.Write($"  line: {test.Location.Line}\n");
        output.Write("  message:\n");
        foreach (var line in test.Failures.Concat(test.Open).SelectMany(static failure => failure.Text.Split('\n')))
            output.Write($"  - {Quoted(line)}\n");
        output.Write("  ...\n");
    }

    /// <summary>A number sign would begin a directive.</summary>
    private static string Description(string text) =>
        Printable.Of(text).Replace(@"\", @"\\", StringComparison.Ordinal).Replace("#", @"\#", StringComparison.Ordinal);

    private static string Quoted(string text) => $"'{Printable.Of(text).Replace("'", "''", StringComparison.Ordinal)}'";
}
