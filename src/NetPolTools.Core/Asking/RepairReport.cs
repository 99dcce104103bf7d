using NetPolTools.Intents;

namespace NetPolTools.Asking;

/// <summary>How an intent could be made to hold.</summary>
/// <param name="Intent">Which.</param>
/// <param name="HoldsAlready">Whether it does without any change.</param>
/// <param name="Repairs">Those with the fewest side effects first, then the smaller.</param>
/// <param name="Obstacles">Where there is no repair: what no NetworkPolicy can change, a sentence each.</param>
public sealed record RepairReport(Intent Intent, bool HoldsAlready, IReadOnlyList<Repair> Repairs, IReadOnlyList<string> Obstacles);
