namespace NetPolTools.Kubectl;

public static class ExitCode
{
    /// <summary>Also: what was asked about is reachable; the two sides of a comparison are the same.</summary>
    public const int Answered = 0;

    /// <summary>The answer is there, but something of the input took no part in it, or something that may decide it is not evaluated. Of a comparison
    /// this outweighs <see cref="Differs"/>, as trouble does with diff.</summary>
    public const int AnsweredWithBadInput = 1;

    /// <summary>No answer: nothing to read, a name that matches nothing, or wrong arguments.</summary>
    public const int NotAnswered = 2;

    /// <summary>What was asked about is not reachable; the cluster does not enforce policies on all of its nodes.</summary>
    public const int NotReachable = 3;

    /// <summary>A check found something as grave as it was asked to fail for.</summary>
    public const int CheckFailed = 3;

    /// <summary>The two sides of a comparison differ.</summary>
    public const int Differs = 4;

    /// <summary>Stopped by Ctrl+C, as shells count it.</summary>
    public const int Cancelled = 130;
}
