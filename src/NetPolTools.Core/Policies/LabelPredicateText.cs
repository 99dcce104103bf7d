using System.Collections.Immutable;

namespace NetPolTools.Policies;

/// <summary>Conditions in words, as kubectl writes selectors where it can: <c>app=web,tier in (api,db),!canary</c>.</summary>
internal static class LabelPredicateText
{
    public static string Of(LabelPredicate predicate) => predicate switch
    {
        LabelPredicate.Label label => Of(label),
        LabelPredicate.InNamespace ns => $"namespace {ns.Name}",
        LabelPredicate.HasServiceAccount { Test: LabelTest.In } accounts => $"service account {Or(accounts.Names)}",
        LabelPredicate.HasServiceAccount accounts => $"service account {Test(accounts.Test, accounts.Names)}",
        LabelPredicate.IsOneOf objects => string.Join(" or ", objects.Objects),
        LabelPredicate.AllOf { Parts.Length: 0 } => "<everything>",
        LabelPredicate.AllOf all => string.Join(",", all.Parts.Select(Part)),
        LabelPredicate.AnyOf { Parts.Length: 0 } => "<nothing>",
        LabelPredicate.AnyOf any => string.Join(" or ", any.Parts.Select(Part)),
        LabelPredicate.Not not => Negated(not.Part),
        _ => throw new ArgumentException($"{predicate.GetType()} is not known.", nameof(predicate)),
    };

    private static string Of(LabelPredicate.Label label) => label.Test switch
    {
        LabelTest.Exists => Key(label),
        LabelTest.In when label.Values.Length == 1 => $"{Key(label)}={label.Values[0]}",
        LabelTest.In => $"{Key(label)} in ({string.Join(",", label.Values)})",
        _ => $"{Key(label)} {Test(label.Test, label.Values)}",
    };

    private static string Key(LabelPredicate.Label label) =>
        label.Owner == LabelOwner.ServiceAccount ? $"service account label {label.Key}" : label.Key;

    private static string Test(LabelTest test, ImmutableArray<string> values) => test switch
    {
        LabelTest.StartsWith => $"starts with '{Or(values)}'",
        LabelTest.EndsWith => $"ends with '{Or(values)}'",
        LabelTest.Contains => $"contains '{Or(values)}'",
        _ => "exists",
    };

    private static string Negated(LabelPredicate part) => part switch
    {
        LabelPredicate.Label { Test: LabelTest.Exists } label => "!" + Key(label),
        LabelPredicate.Label { Test: LabelTest.In } label => $"{Key(label)} notin ({string.Join(",", label.Values)})",
        _ => $"not ({part})",
    };

    /// <summary>In brackets where the text would otherwise run together with that of its neighbours.</summary>
    private static string Part(LabelPredicate part) => part is LabelPredicate.AllOf or LabelPredicate.AnyOf ? $"({part})" : part.ToString();

    private static string Or(ImmutableArray<string> values) => string.Join(" or ", values);
}
