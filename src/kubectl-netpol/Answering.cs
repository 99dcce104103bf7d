using NetPolTools.Asking;

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

    /// <summary>The exit code of an answer. One to a part of the question is none, since scripts would take it for the whole.</summary>
    /// <param name="status">How far the question was answered.</param>
    /// <param name="otherwise">Where the whole question was answered and nothing was wrong with the input.</param>
    public static int ExitCodeOf(AnswerStatus status, int otherwise = ExitCode.Answered) => status switch
    {
        AnswerStatus.Answered => otherwise,
        AnswerStatus.AnsweredWithErrors => ExitCode.AnsweredWithBadInput,
        _ => ExitCode.NotAnswered,
    };
}
