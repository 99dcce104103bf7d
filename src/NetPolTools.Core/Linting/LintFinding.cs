using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Linting;

/// <summary>That a rule has something to say about an object.</summary>
/// <param name="Rule">Which rule.</param>
/// <param name="Severity">The rule's own, unless the settings or the case at hand say otherwise.</param>
/// <param name="Object">What it is about; null for text in which no object was recognised.</param>
/// <param name="Message">One or two sentences, with the names and values of the case.</param>
public sealed record LintFinding(LintRule Rule, LintSeverity Severity, ObjectReference? Object, string Message)
{
    /// <summary>The field as the API server writes it, such as <c>spec.ingress[0].from[1]</c>; null for the whole object.</summary>
    public string? FieldPath { get; internal init; }

    public SourceLocation Location { get; internal init; }

    /// <summary>What it is known by again where it is about no object; null for its file.</summary>
    internal string? KnownBy { get; init; }

    /// <summary>Where the text that it is about ends, where that was looked up.</summary>
    public SourceEnd? End { get; internal init; }

    /// <summary>Why it is left out; null where it is not.</summary>
    public LintSuppression? Suppression { get; internal init; }

    /// <summary>Best first.</summary>
    public IReadOnlyList<LintCorrection> Corrections { get; internal init; } = [];

    /// <summary>Other places that the finding is about, such as the policy that makes this one void.</summary>
    public IReadOnlyList<LintPlace> Related { get; internal init; } = [];

    /// <summary><c>NP026 shop/web spec.ingress[0]: …</c>.</summary>
    public override string ToString() => $"{Rule.Id} {Object?.ToString() ?? Location.ToString()}{(FieldPath is null ? "" : " " + FieldPath)}: {Message}";
}
