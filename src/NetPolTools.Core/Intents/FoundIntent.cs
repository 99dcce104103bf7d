using NetPolTools.Sets;

namespace NetPolTools.Intents;

/// <summary>Sources that reach destinations on the same ports.</summary>
/// <param name="From">By their positions among the units.</param>
/// <param name="To">Likewise.</param>
/// <param name="Ports">All that each source reaches on each destination.</param>
internal sealed record FoundIntent(IndexSet From, IndexSet To, PortSet Ports);
