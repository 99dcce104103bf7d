using System.Collections;
using System.Globalization;
using NetPolTools.Input;
using NetPolTools.Objects;

namespace NetPolTools.Commands;

/// <summary>PowerShell's values as labels and selectors.</summary>
internal static class Selectors
{
    /// <summary>By key, as kubectl prints them: a hashtable has no order of its own. Values such as 80 become text.</summary>
    public static KeyValuePair<string, string>[] Labels(IDictionary labels) =>
        [.. labels.Keys.Cast<object>().Select(key => KeyValuePair.Create(Text(key), Text(labels[key]))).OrderBy(static label => label.Key, StringComparer.Ordinal)];

    /// <summary>Namespaces by the label that every one of them has with its name.</summary>
    public static LabelSelector NamespacesNamed(string[] names) => names is [var name]
        ? new LabelSelector { MatchLabels = [new(Namespace.NameLabel, name)] }
        : new LabelSelector { MatchExpressions = [new LabelSelectorRequirement(Namespace.NameLabel, LabelSelectorRequirement.In, names)] };

    private static string Text(object? value) => Convert.ToString(value.Unwrapped(), CultureInfo.InvariantCulture) ?? "";
}
