namespace NetPolTools.Linting;

/// <summary>What a correction is meant to do to traffic. Whatever else it did would be a reason not to make it.</summary>
[Flags]
public enum LintEffect
{
    /// <summary>The same is allowed as before.</summary>
    None = 0,

    /// <summary>More may be allowed.</summary>
    Opens = 1,

    /// <summary>Less may be allowed.</summary>
    Closes = 2,
}
