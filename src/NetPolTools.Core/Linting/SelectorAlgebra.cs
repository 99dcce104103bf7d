using NetPolTools.Objects;

namespace NetPolTools.Linting;

/// <summary>What can be said of selectors for every set of labels there may be, and not only for those of the input.</summary>
internal static class SelectorAlgebra
{
    /// <summary>Why no labels match a selector; null where some do.</summary>
    public static string? Contradiction(LabelSelector selector)
    {
        foreach (var key in selector.Keys.Distinct())
        {
            if (KeyDemand.Of(selector, key) is { IsImpossible: true } demand)
                return $"{key} would have to be {demand.Words}";
        }

        return null;
    }

    /// <summary>Whether whatever labels match one selector match the other, too.</summary>
    /// <param name="wider">Matches at least as much.</param>
    /// <param name="narrower">Asks for at least as much.</param>
    public static bool Covers(LabelSelector wider, LabelSelector narrower) =>
        ReferenceEquals(wider, narrower) || wider.Keys.All(key => KeyDemand.Of(wider, key).Covers(KeyDemand.Of(narrower, key)));

    /// <summary>Whether a selector asks for labels that controllers give the pods they make, so that no template has them.</summary>
    public static bool AsksControllers(LabelSelector selector) => selector.Keys.Any(ControllerLabels.IsGiven);
}
