using NetPolTools.Reading;

namespace NetPolTools.Live;

/// <summary>What is known of one chunk of a list, once it is read.</summary>
/// <param name="Metadata">What the list says of itself; null where it says nothing.</param>
/// <param name="Fault">Why it is no such list; null for one.</param>
internal readonly record struct ListChunk(ListMetadata? Metadata, string? Fault);
