using NetPolTools.Diagnostics;

namespace NetPolTools.Validation;

/// <summary>One reason why the API server refuses an object.</summary>
/// <param name="Path">The field as the API server writes it, from the object's root: <c>spec.egress[0].ports[1].endPort</c>.</param>
/// <param name="Message">What was found and what would be right.</param>
/// <param name="MapKey">Where <paramref name="Path"/> leads to a map, the key the error is about.</param>
public sealed record FieldError(string Path, string Message, string? MapKey = null)
{
    /// <summary>More than that the value is invalid, where something of its kind is only warned of in other versions.</summary>
    public DiagnosticId Id { get; internal init; } = DiagnosticId.InvalidValue;
}
