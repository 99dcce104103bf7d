namespace NetPolTools.SeenTraffic;

/// <summary>What traffic that was seen says of an intent.</summary>
/// <param name="Deviations">What was not as the intent says; where one is certain, those that are.</param>
/// <param name="Count">How many of the seen connections the intent is about: of what must be reachable those that came about.</param>
internal sealed record SeenOfIntent(IReadOnlyList<SeenDeviation> Deviations, int Count);

/// <summary>Traffic that was seen, and is not as an intent says.</summary>
/// <param name="Text">As a sentence.</param>
/// <param name="IsCertain">Whether the intent is about both ends of it, and not only about some of their pods.</param>
internal sealed record SeenDeviation(string Text, bool IsCertain);
