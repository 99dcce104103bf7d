using NetPolTools.Linting;

namespace NetPolTools.Output;

/// <summary>A way to mend what a finding is about.</summary>
public sealed class NetPolLintCorrection
{
    internal NetPolLintCorrection(LintCorrection correction)
    {
        Description = correction.Description;
        Text = correction.Text ?? "";
    }

    /// <summary>What to do, in one sentence.</summary>
    public string Description { get; }

    /// <summary>What to write, as YAML; empty where the description says all.</summary>
    public string Text { get; }

    public override string ToString() => Description;
}
