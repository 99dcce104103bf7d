using NetPolTools.Objects;

namespace NetPolTools.Validation;

/// <summary>What the API server refuses in a label selector (apimachinery, meta/v1/validation).</summary>
internal static class LabelSelectorRules
{
    /// <param name="selector">Well formed.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <param name="labelOf">What of its keys is that of a label; null for all.</param>
    public static void Check(LabelSelector selector, RulePath path, List<FieldError> errors, Func<string, string>? labelOf = null)
    {
        CheckLabels(selector.MatchLabels, path, ".matchLabels", errors, labelOf);
        for (var i = 0; i < selector.MatchExpressions.Count; i++)
            CheckRequirement(selector.MatchExpressions[i], path, i, errors, labelOf);
    }

    /// <param name="labels">Keys and values.</param>
    /// <param name="path">Of what has them.</param>
    /// <param name="field">Where it has them, with its dot.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <param name="labelOf">What of the keys is that of a label; null for all.</param>
    public static void CheckLabels(
        IReadOnlyList<KeyValuePair<string, string>> labels, RulePath path, string field, List<FieldError> errors, Func<string, string>? labelOf = null)
    {
        for (var i = 0; i < labels.Count; i++)
        {
            var (key, value) = labels[i];
            if (NameRules.CheckLabelKey(labelOf?.Invoke(key) ?? key) is { } wrongKey)
                errors.Add(new FieldError($"{path}{field}", $"The label key '{Excerpt.Of(key)}' {wrongKey}.", key));
            if (NameRules.CheckLabelValue(value) is { } wrongValue)
                errors.Add(new FieldError($"{path}{field}", $"The value '{Excerpt.Of(value)}' of label '{Excerpt.Of(key)}' {wrongValue}.", key));
        }
    }

    private static void CheckRequirement(
        LabelSelectorRequirement requirement, RulePath path, int number, List<FieldError> errors, Func<string, string>? labelOf)
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

        if (NameRules.CheckLabelKey(labelOf?.Invoke(requirement.Key) ?? requirement.Key) is { } wrongKey)
            errors.Add(new FieldError(Path(".key"), $"The label key '{Excerpt.Of(requirement.Key)}' {wrongKey}."));
        for (var i = 0; i < requirement.Values.Count; i++)
        {
            if (NameRules.CheckLabelValue(requirement.Values[i]) is { } wrongValue)
                errors.Add(new FieldError(Path($".values[{i}]"), $"The label value '{Excerpt.Of(requirement.Values[i])}' {wrongValue}."));
        }

        string Path(string field) => $"{path}.matchExpressions[{number}]{field}";
    }
}
