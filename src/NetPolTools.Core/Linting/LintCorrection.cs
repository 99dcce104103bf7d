using NetPolTools.Sets;
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

    /// <summary>A policy to be added at the end of the file, as YAML in block form; null for none.</summary>
    public string? AddedDocument { get; internal init; }

    /// <summary>Whether the finding's object is to go.</summary>
    public bool RemovesObject { get; internal init; }

    /// <summary>Whether the comment that the finding is about is to go.</summary>
    public bool RemovesComment { get; internal init; }

    /// <summary>Whether it says what to change in the text, so that it can be made and tried.</summary>
    public bool CanBeMade => Edits.Count > 0 || AddedDocument is not null || RemovesObject || RemovesComment;

    /// <summary>The only ports on which it may open anything; null for any.</summary>
    public PortSet? OpenedPorts { get; internal init; }

    /// <summary>The only ports on which it may close anything; null for any.</summary>
    public PortSet? ClosedPorts { get; internal init; }

    /// <summary>What the change is meant to do.</summary>
    public LintEffect Effect { get; internal init; }

    public override string ToString() => Description;
}
