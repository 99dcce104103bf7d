using NetPolTools.Sets;

namespace NetPolTools.Intents;

/// <summary>What one end of a written intent is: a workload or pod, a range of addresses, or an end with a name.</summary>
/// <param name="Text">As a file names it.</param>
/// <param name="Namespace">Of workloads and pods; null for anything else.</param>
/// <param name="Members">Of one class.</param>
/// <param name="Class">That class.</param>
internal sealed record IntentUnit(string Text, string? Namespace, IndexSet Members, int Class)
{
    /// <summary>The addresses, where it is such; null otherwise.</summary>
    public AddressRange? Addresses { get; init; }
}
