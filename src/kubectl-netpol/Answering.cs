using NetPolTools.Diagnostics;

namespace NetPolTools.Kubectl;

/// <summary>What answering a command has in common: a thread of its own, and an exit code however it ends.</summary>
internal static class Answering
{
    /// <summary>Answers on a thread of its own: only then is someone left to hear of Ctrl+C, and to end what is under way.</summary>
    /// <param name="terminal">Where errors go.</param>
    /// <param name="answer">Gives the exit code.</param>
    public static Task<int> Run(Terminal terminal, Func<int> answer) => Task.Run(() => RunHere(terminal, answer));

    /// <inheritdoc cref="Run"/>
    public static int RunHere(Terminal terminal, Func<int> answer)
    {
        try
        {
            return answer();
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
            terminal.Tell($"error: The answer could not be written: {e.Message}");
            return ExitCode.NotAnswered;
        }
        finally
        {
            terminal.Clear();
        }
    }

    /// <summary>The exit code of an answer that was given.</summary>
    /// <param name="diagnostics">Of everything read.</param>
    /// <param name="otherwise">Where nothing was wrong with the input.</param>
    public static int ExitCodeOf(IEnumerable<Diagnostic> diagnostics, int otherwise = ExitCode.Answered) =>
        diagnostics.Any(static d => d.Severity == DiagnosticSeverity.Error) ? ExitCode.AnsweredWithBadInput : otherwise;
}
