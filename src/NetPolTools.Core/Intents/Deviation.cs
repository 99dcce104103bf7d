using NetPolTools.Sets;

namespace NetPolTools.Intents;

/// <summary>A connection that is not as an intent says, or may not be.</summary>
/// <param name="Source">Who, by its number in the map.</param>
/// <param name="Destination">Whom.</param>
/// <param name="Ports">Those that are allowed and should not be, or that should be allowed and are not.</param>
/// <param name="IsAllowed">Whether it is one that is allowed and should not be.</param>
/// <param name="IsCertain">Whether it surely is so.</param>
internal readonly record struct Deviation(int Source, int Destination, PortSet Ports, bool IsAllowed, bool IsCertain);
