using NetPolTools.Objects;

namespace NetPolTools.Linting;

/// <summary>What can be said of selectors for every set of labels there may be, and not only for those of the input.</summary>
internal static class SelectorAlgebra
{
    /// <summary>Why no labels match a selector; null where some do.</summary>
    public static string? Contradiction(LabelSelector selector)
    {
        // Labels alone ask for one value each.
        if (selector.MatchExpressions.Count == 0 || AsksOnceOfEach(selector))
            return null;
        foreach (var key in selector.Keys.Distinct())
        {
            if (KeyDemand.Of(selector, key) is { IsImpossible: true } demand)
                return $"{key} would have to be {demand.Words}";
        }

        return null;
    }

    /// <summary>
    /// Whether it asks but once of each label: a requirement alone contradicts itself only where it asks for one of no values. Every selector of a fleet is
    /// asked, so it makes nothing on its way.
    /// </summary>
    private static bool AsksOnceOfEach(LabelSelector selector)
    {
        for (var i = 0; i < selector.MatchExpressions.Count; i++)
        {
            var asked = selector.MatchExpressions[i];
            if (asked is { Operator: LabelSelectorRequirement.In, Values.Count: 0 })
                return false;
            for (var other = 0; other < i; other++)
            {
                if (selector.MatchExpressions[other].Key == asked.Key)
                    return false;
            }

            for (var label = 0; label < selector.MatchLabels.Count; label++)
            {
                if (selector.MatchLabels[label].Key == asked.Key)
                    return false;
            }
        }

        return true;
    }

    /// <summary>Whether a selector asks for labels that controllers give the pods they make, so that no template has them.</summary>
    public static bool AsksControllers(LabelSelector selector) => selector.HasKey(ControllerLabels.IsGiven);
}
