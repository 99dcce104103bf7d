using NetPolTools.Objects;

namespace NetPolTools.Authoring.VendorPolicies;

/// <summary>Labels that tell a selector from one that nearly says the same.</summary>
internal static class LabelExamples
{
    private const string OtherValue = "another";

    /// <summary>
    /// Labels that the selector matches, one for each value that it names; the same with one requirement broken, for each of them; and no labels at all.
    /// </summary>
    public static IEnumerable<LabelSet> Of(LabelSelector selector)
    {
        LabelSelectorRequirement[] requirements =
        [
            .. selector.MatchLabels.Select(static label => new LabelSelectorRequirement(label.Key, LabelSelectorRequirement.In, [label.Value])),
            .. selector.MatchExpressions,
        ];
        var fitting = requirements.Aggregate(LabelSet.Empty, Fitting);
        IEnumerable<LabelSet> variants = requirements.SelectMany(requirement => Values(requirement)
            .Select(value => value is null ? fitting.Without(requirement.Key) : fitting.With(requirement.Key, value)));
        return variants.Prepend(fitting).Append(LabelSet.Empty).Distinct();
    }

    private static LabelSet Fitting(LabelSet labels, LabelSelectorRequirement requirement) => requirement.Operator switch
    {
        LabelSelectorRequirement.In => labels.With(requirement.Key, requirement.Values[0]),
        LabelSelectorRequirement.Exists => labels.TryGet(requirement.Key, out _) ? labels : labels.With(requirement.Key, OtherValue),
        _ => labels,
    };

    /// <summary>Null for a label that is absent.</summary>
    private static IEnumerable<string?> Values(LabelSelectorRequirement requirement) => [null, "", OtherValue, .. requirement.Values];
}
