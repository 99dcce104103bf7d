using System.Collections.Immutable;
using NetPolTools.Objects;

namespace NetPolTools.Services;

/// <summary>How the pods of an ingress controller are known: those that speak to backends, not those that only configure them.</summary>
/// <param name="Pods">The labels that its usual installation gives them.</param>
/// <param name="Serves">Kinds of entrances.</param>
/// <param name="Classes">Names that its usual installation gives its IngressClass. Others may be in use.</param>
/// <param name="GatewayLabel">The label by which a pod says the name of the one Gateway that it serves.</param>
internal sealed record IngressController(LabelSelector Pods, ImmutableArray<string> Serves, ImmutableArray<string> Classes, string? GatewayLabel = null);
