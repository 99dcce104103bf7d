namespace NetPolTools.Kubectl;

public static class ExitCode
{
    public const int Answered = 0;

    /// <summary>The answer is there, but something of the input took no part in it.</summary>
    public const int AnsweredWithBadInput = 1;

    /// <summary>No answer: nothing to read, a name that matches nothing, or wrong arguments.</summary>
    public const int NotAnswered = 2;

    /// <summary>Stopped by Ctrl+C, as shells count it.</summary>
    public const int Cancelled = 130;
}
