using NetPolTools.Sources;

namespace NetPolTools.Linting;

/// <summary>A way to mend what a finding is about.</summary>
/// <param name="Description">One sentence, as an instruction.</param>
public sealed record LintCorrection(string Description)
{
    /// <summary>What to write, as YAML; null where the description says all.</summary>
    public string? Text { get; internal init; }

    /// <summary>What to change in the text of the finding's object; none where that is left to people.</summary>
    public IReadOnlyList<SourceEdit> Edits { get; internal init; } = [];

    /// <summary>What the change is meant to do.</summary>
    public LintEffect Effect { get; internal init; }

    public override string ToString() => Description;
}
