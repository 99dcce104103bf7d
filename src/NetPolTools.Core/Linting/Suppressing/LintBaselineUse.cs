namespace NetPolTools.Linting.Suppressing;

/// <summary>What a run does with the baseline.</summary>
public enum LintBaselineUse
{
    /// <summary>What it holds is not told.</summary>
    Read,

    /// <summary>It is written with all that is found; one that is there is kept.</summary>
    New,

    /// <summary>What is no longer found is taken out.</summary>
    Prune,
}
