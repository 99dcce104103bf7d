using NetPolTools.Sets;

namespace NetPolTools.Intents;

/// <summary>An intent whose ends are looked up.</summary>
/// <param name="Intent">As it was written.</param>
/// <param name="From">The sources, by their numbers.</param>
/// <param name="To">The destinations, by their numbers, with the ports asked about on them.</param>
internal sealed record IntentSides(Intent Intent, IndexSet From, IReadOnlyList<(IndexSet Ends, PortSet Ports)> To);
