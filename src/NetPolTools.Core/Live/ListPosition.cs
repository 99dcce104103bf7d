namespace NetPolTools.Live;

/// <summary>Where to go on from a list to what has changed since.</summary>
/// <param name="Path">The list's path in the API, without a query.</param>
/// <param name="ResourceVersion">The state of the cluster that is known.</param>
internal sealed record ListPosition(string Path, string ResourceVersion);
