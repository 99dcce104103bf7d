using NetPolTools.Diagnostics;
using NetPolTools.Objects;

namespace NetPolTools.Authoring.Inference;

/// <summary>Policies that allow the traffic asked for, and what of it they could not, or what they allow beyond.</summary>
public sealed record InferredPolicies(IReadOnlyList<NetworkPolicy> Policies, IReadOnlyList<Diagnostic> Diagnostics);
