using NetPolTools.Objects;

namespace NetPolTools.Linting;

/// <summary>What can be said of selectors for every set of labels there may be, and not only for those of the input.</summary>
internal static class SelectorAlgebra
{
    /// <summary>Why no labels match a selector; null where some do.</summary>
    public static string? Contradiction(LabelSelector selector)
    {
        // Labels alone ask for one value each.
        if (selector.MatchExpressions.Count == 0 || IsPlain(selector))
            return null;
        foreach (var key in selector.Keys.Distinct())
        {
            if (KeyDemand.Of(selector, key) is { IsImpossible: true } demand)
                return $"{key} would have to be {demand.Words}";
        }

        return null;
    }

    /// <summary>One requirement alone contradicts itself only where it asks for one of no values.</summary>
    private static bool IsPlain(LabelSelector selector) => selector.MatchLabels.Count == 0 && selector.MatchExpressions.Count == 1
        && selector.MatchExpressions[0] is not { Operator: LabelSelectorRequirement.In, Values.Count: 0 };

    /// <summary>Whether a selector asks for labels that controllers give the pods they make, so that no template has them.</summary>
    public static bool AsksControllers(LabelSelector selector) => selector.HasKey(ControllerLabels.IsGiven);
}
