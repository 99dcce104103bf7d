namespace NetPolTools.Intents;

/// <summary>What a map says of an intent.</summary>
/// <param name="Status">Passed where there is no deviation; failed where one is certain.</param>
/// <param name="Deviations">The connections that are not as the intent says; where one is certain, those that are. A thousand at most.</param>
/// <param name="HasMore">Whether there are others.</param>
internal sealed record JudgedIntent(IntentStatus Status, IReadOnlyList<Deviation> Deviations, bool HasMore)
{
    /// <summary>Whether there are two ends at all that could be connected.</summary>
    public bool IsAboutSomebody { get; init; } = true;
}
