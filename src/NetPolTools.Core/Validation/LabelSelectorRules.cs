using NetPolTools.Objects;

namespace NetPolTools.Validation;

/// <summary>What the API server refuses in a label selector (apimachinery, meta/v1/validation).</summary>
internal static class LabelSelectorRules
{
    /// <param name="selector">Well formed.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <param name="labelAt">Where in its keys that of a label begins; null for at the beginning.</param>
    public static void Check(LabelSelector selector, RulePath path, List<FieldError> errors, Func<string, int>? labelAt = null)
    {
        CheckLabels(selector.MatchLabels, path, ".matchLabels", errors, labelAt);
        for (var i = 0; i < selector.MatchExpressions.Count; i++)
            CheckRequirement(selector.MatchExpressions[i], path, i, errors, labelAt);
    }

    /// <param name="labels">Keys and values.</param>
    /// <param name="path">Of what has them.</param>
    /// <param name="field">Where it has them, with its dot.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <param name="labelAt">Where in the keys that of a label begins; null for at the beginning.</param>
    public static void CheckLabels(
        IReadOnlyList<KeyValuePair<string, string>> labels, RulePath path, string field, List<FieldError> errors, Func<string, int>? labelAt = null)
    {
        for (var i = 0; i < labels.Count; i++)
        {
            var (key, value) = labels[i];
            if (NameRules.CheckLabelKey(key.AsSpan(labelAt?.Invoke(key) ?? 0)) is { } wrongKey)
                errors.Add(new FieldError($"{path}{field}", $"The label key '{Excerpt.Of(key)}' {wrongKey}.", key));
            if (NameRules.CheckLabelValue(value) is { } wrongValue)
                errors.Add(new FieldError($"{path}{field}", $"The value '{Excerpt.Of(value)}' of label '{Excerpt.Of(key)}' {wrongValue}.", key));
        }
    }

    private static void CheckRequirement(
        LabelSelectorRequirement requirement, RulePath path, int number, List<FieldError> errors, Func<string, int>? labelAt)
    {
        switch (requirement.Operator)
        {
            case LabelSelectorRequirement.In or LabelSelectorRequirement.NotIn:
                if (requirement.Values.Count == 0)
                    errors.Add(new FieldError(Path(".values"), $"Operator {requirement.Operator} needs at least one value."));
                break;
            case LabelSelectorRequirement.Exists or LabelSelectorRequirement.DoesNotExist:
                if (requirement.Values.Count > 0)
                {
                    errors.Add(new FieldError(
                        Path(".values"), $"Operator {requirement.Operator} takes no values; for values, use In or NotIn."));
                }

                break;
            default:
                errors.Add(new FieldError(
                    Path(".operator"),
                    $"'{Excerpt.Of(requirement.Operator)}' is not a selector operator; expected In, NotIn, Exists or DoesNotExist, with exactly this case."));
                break;
        }

        if (NameRules.CheckLabelKey(requirement.Key.AsSpan(labelAt?.Invoke(requirement.Key) ?? 0)) is { } wrongKey)
            errors.Add(new FieldError(Path(".key"), $"The label key '{Excerpt.Of(requirement.Key)}' {wrongKey}."));
        for (var i = 0; i < requirement.Values.Count; i++)
        {
            if (NameRules.CheckLabelValue(requirement.Values[i]) is { } wrongValue)
                errors.Add(new FieldError(Path($".values[{i}]"), $"The label value '{Excerpt.Of(requirement.Values[i])}' {wrongValue}."));
        }

        string Path(string field) => $"{path}.matchExpressions[{number}]{field}";
    }
}
