using NetPolTools.Sets;

namespace NetPolTools.Asking;

/// <summary>Whether the one may reach the other.</summary>
/// <param name="IsAllowed">On at least one of the ports asked about.</param>
/// <param name="Ports">Those of the ports asked about that are allowed.</param>
/// <param name="Example">Two endpoints, by their numbers in the map, that the answer was found with.</param>
/// <param name="Because">Why no policy was asked; null where policies decide.</param>
public sealed record ReachabilityAnswer(bool IsAllowed, PortSet Ports, (int Source, int Destination) Example, string? Because);
