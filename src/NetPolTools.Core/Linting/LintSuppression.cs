using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Linting;

/// <summary>Where somebody asked for findings to be left out.</summary>
public enum LintSuppressionKind
{
    /// <summary>An annotation of the object: it goes where the object goes.</summary>
    Annotation,

    /// <summary>A comment on the line or above it.</summary>
    Comment,

    /// <summary>A line of the baseline.</summary>
    Baseline,
}

/// <summary>That findings of a rule are to be left out.</summary>
/// <param name="Kind">Where that stands.</param>
/// <param name="Rule">The rule by id or name, as it was written.</param>
/// <param name="Reason">Why; empty where nothing was given.</param>
/// <param name="Location">The place of the annotation's object, of the comment or of the baseline's line.</param>
public sealed record LintSuppression(LintSuppressionKind Kind, string Rule, string Reason, SourceLocation Location)
{
    /// <summary>The last day on which it holds; null for no end.</summary>
    public DateOnly? Until { get; internal init; }

    /// <summary>Of an annotation.</summary>
    public ObjectReference? Object { get; internal init; }

    /// <summary>Of a comment: whether it is about other rules too.</summary>
    public bool IsShared { get; internal init; }

    /// <summary>What is wrong with how it is written, as a sentence; null for nothing.</summary>
    public string? Mistake { get; internal init; }

    public override string ToString() => Reason.Length == 0 ? Kind.ToString().ToLowerInvariant() : $"{Kind.ToString().ToLowerInvariant()}: {Reason}";
}
