using NetPolTools.Diagnostics;

namespace NetPolTools.Kubectl;

/// <summary>What answering a command has in common: progress, and an exit code however it ends.</summary>
internal static class Answering
{
    /// <summary>Answers on a thread of its own: only then is someone left to hear of Ctrl+C, and to end what is under way.</summary>
    /// <param name="answer">Gives the exit code.</param>
    public static Task<int> Run(Func<TerminalProgress, int> answer) => Task.Run(() => RunHere(answer));

    private static int RunHere(Func<TerminalProgress, int> answer)
    {
        try
        {
            using var progress = new TerminalProgress();
            return answer(progress);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Cancelled;
        }
        catch (IOException e) when (StandardOutput.IsClosedByReader(e))
        {
            // As with "| head": the reader has what it wanted.
            return ExitCode.Answered;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk is full, or there is no standard output at all.
            Console.Error.WriteLine($"error: The answer could not be written: {e.Message}");
            return ExitCode.NotAnswered;
        }
    }

    public static void Tell(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
            Console.Error.WriteLine(diagnostic);
    }

    /// <summary>The exit code of an answer that was given.</summary>
    /// <param name="diagnostics">Of everything read.</param>
    /// <param name="otherwise">Where nothing was wrong with the input.</param>
    public static int ExitCodeOf(IEnumerable<Diagnostic> diagnostics, int otherwise = ExitCode.Answered) =>
        diagnostics.Any(static d => d.Severity == DiagnosticSeverity.Error) ? ExitCode.AnsweredWithBadInput : otherwise;
}
