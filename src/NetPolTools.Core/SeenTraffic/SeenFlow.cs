using NetPolTools.Authoring.Inference;

namespace NetPolTools.SeenTraffic;

/// <summary>Traffic that somebody saw in a cluster.</summary>
/// <param name="Traffic">Between whom, on which ports.</param>
/// <param name="WasDenied">Whether a policy kept it from coming about.</param>
public sealed record SeenFlow(Traffic Traffic, bool WasDenied);
