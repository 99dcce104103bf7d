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

    /// <summary>
    /// Whether everything that <paramref name="inner"/> matches is matched by <paramref name="outer"/> as well. False where that is not certain.
    /// </summary>
    public static bool Covers(LabelSelector outer, LabelSelector inner) =>
        Contradiction(inner) is not null
        || outer.Keys.Distinct().All(key => KeyDemand.Of(outer, key).Covers(KeyDemand.Of(inner, key)));

    /// <summary>Whether no labels match both.</summary>
    public static bool AreDisjoint(LabelSelector a, LabelSelector b) =>
        a.Keys.Intersect(b.Keys).Any(key => KeyDemand.Of(a, key).With(KeyDemand.Of(b, key)).IsImpossible)
        || Contradiction(a) is not null
        || Contradiction(b) is not null;
}
