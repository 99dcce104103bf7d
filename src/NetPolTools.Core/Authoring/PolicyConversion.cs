using NetPolTools.Diagnostics;
using NetPolTools.Objects;

namespace NetPolTools.Authoring;

/// <summary>Policies of one API that take the place of policies of another one and decide the same.</summary>
/// <param name="Policies">What was made, in the order of what it takes the place of.</param>
/// <param name="Replaced">The policies that are to be deleted when the others are applied.</param>
/// <param name="Problems">An error for each policy that was not converted, and what else is to be known.</param>
public sealed record PolicyConversion(IReadOnlyList<PolicyObject> Policies, IReadOnlyList<KubernetesObject> Replaced, IReadOnlyList<Diagnostic> Problems);
