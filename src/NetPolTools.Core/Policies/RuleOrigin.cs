using NetPolTools.Text;

namespace NetPolTools.Policies;

/// <summary>Where a rule stands in its object.</summary>
/// <param name="Path">As the API server writes it: <c>spec.ingress[0]</c>.</param>
/// <param name="Location">Where the rule begins; unknown for objects that did not come as text.</param>
/// <param name="Name">The rule's own name, where the API has names for rules and it has one.</param>
public sealed record RuleOrigin(string Path, SourceLocation Location, string? Name = null);
