using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Exposure;
using NetPolTools.Reports;
using NetPolTools.Snapshot;

namespace NetPolTools.Kubectl;

/// <summary><c>kubectl netpol diff --exposure</c>: what a change opens and closes to pods that do not exist yet.</summary>
internal static class ExposureDiff
{
    /// <param name="before">What is.</param>
    /// <param name="after">What is to be, or is applied to it.</param>
    /// <param name="words">The names of the inputs.</param>
    /// <param name="like">A question about connections with the same inputs, whose filters are those of this one.</param>
    /// <param name="format">How to print.</param>
    /// <param name="terminal">Where to print.</param>
    /// <param name="cancellation">Ends the evaluation.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Answer(
        ClusterEvaluator before,
        ClusterEvaluator after,
        QuestionWords words,
        DifferenceQuestion like,
        DifferenceFormat format,
        Terminal terminal,
        CancellationToken cancellation)
    {
        var question = new ExposureDifferenceQuestion
        {
            By = like.Query.By,
            Namespaces = like.Query.Namespaces,
            Apply = like.Apply,
            EnforcesStaged = like.EnforcesStaged,
            Assumptions = like.Assumptions,
        };
        var answer = question.Ask(before, after, words, cancellation);
        terminal.TellSettings(after, question.Assumptions);
        var diagnostics = answer.AllDiagnostics();
        terminal.Tell(diagnostics);
        var differs = false;
        if (answer.IsWhole || format == DifferenceFormat.Json)
        {
            NotEvaluatedKind[] notEvaluated = [.. before.Snapshot.NotEvaluated.Union(after.Snapshot.NotEvaluated)];
            differs = Print(answer.IsWhole ? answer.Value!.List(cancellation) : [], diagnostics, notEvaluated, format, terminal);
        }

        return Answering.ExitCodeOf(answer.Status, differs ? ExitCode.Differs : ExitCode.Answered);
    }

    /// <returns>Whether there was anything to print.</returns>
    private static bool Print(
        IEnumerable<ExposureChange> found,
        IReadOnlyList<Diagnostic> diagnostics,
        IReadOnlyList<NotEvaluatedKind> notEvaluated,
        DifferenceFormat format,
        Terminal terminal)
    {
        using var output = terminal.OpenOutput();
        var differs = false;
        switch (format)
        {
            case DifferenceFormat.Json:
                new ExposureJsonWriter(output).Write(Changes(), diagnostics, notEvaluated);
                break;
            case DifferenceFormat.Csv:
                new ExposureCsvWriter(output).Write(Changes());
                break;
            case DifferenceFormat.Markdown:
                new ExposureMarkdownWriter(output).Write(Changes());
                break;
            default:
                if (new ExposureTableWriter(output).Write(Changes()) == 0)
                    terminal.Tell("No difference in exposure.");
                break;
        }

        return differs;

        IEnumerable<ExposureChange> Changes()
        {
            foreach (var change in found)
            {
                differs = true;
                yield return change;
            }
        }
    }
}
