using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Linting;

/// <summary>An object that a finding refers to beside its own.</summary>
/// <param name="Object">Which.</param>
/// <param name="FieldPath">A field of it; null for the whole object.</param>
/// <param name="Location">Where that stands.</param>
public sealed record LintPlace(ObjectReference Object, string? FieldPath, SourceLocation Location)
{
    /// <summary>Of an object as a whole.</summary>
    internal static LintPlace Of(KubernetesObject found, string? fieldPath = null) => new(found.Reference, fieldPath, found.Location);

    /// <summary><c>NetworkPolicy shop/web spec.ingress[0] (web.yaml:3:1)</c>.</summary>
    public override string ToString() =>
        $"{Object}{(FieldPath is null ? "" : " " + FieldPath)}{(Location.IsKnown ? $" ({Location})" : "")}";
}
