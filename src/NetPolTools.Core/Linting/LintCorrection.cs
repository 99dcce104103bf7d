namespace NetPolTools.Linting;

/// <summary>A way to mend what a finding is about.</summary>
/// <param name="Description">One sentence, as an instruction.</param>
public sealed record LintCorrection(string Description)
{
    /// <summary>What to write, as YAML; null where the description says all.</summary>
    public string? Text { get; internal init; }

    public override string ToString() => Description;
}
