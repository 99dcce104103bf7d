using NetPolTools.Diagnostics;
using NetPolTools.Objects;

namespace NetPolTools.Services;

/// <summary>Which pods an Ingress or route leads to, on which of their ports, and what of it leads nowhere.</summary>
/// <param name="Pods">A pod may stand in it several times, once for each backend that leads there.</param>
public sealed record EntranceTargets(Entrance Entrance, IReadOnlyList<ServicePod> Pods, IReadOnlyList<Diagnostic> Problems);
