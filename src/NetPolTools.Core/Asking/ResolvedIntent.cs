using NetPolTools.Diagnostics;
using NetPolTools.Intents;

namespace NetPolTools.Asking;

/// <summary>An intent with its ends, as far as they could be found.</summary>
/// <param name="Intent">As it was written.</param>
/// <param name="Sides">Null where an end names nothing, or several workloads.</param>
/// <param name="Problems">Why.</param>
internal sealed record ResolvedIntent(Intent Intent, IntentSides? Sides, IReadOnlyList<Diagnostic> Problems);
