using System.Collections;
using System.Globalization;

namespace NetPolTools.Commands;

/// <summary>PowerShell's values as labels and selectors.</summary>
internal static class Selectors
{
    /// <summary>By key, as kubectl prints them: a hashtable has no order of its own. Values such as 80 become text.</summary>
    public static KeyValuePair<string, string>[] Labels(IDictionary labels) =>
        [.. labels.Keys.Cast<object>().Select(key => KeyValuePair.Create(Text(key), Text(labels[key])))
            .OrderBy(static label => label.Key, StringComparer.Ordinal)];

    /// <summary>80 as a text, whatever the language of the session.</summary>
    public static string Text(object? value) => Convert.ToString(value.Unwrapped(), CultureInfo.InvariantCulture) ?? "";
}
