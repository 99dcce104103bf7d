using System.Collections;
using System.Globalization;
using System.Management.Automation;
using NetPolTools.Authoring;
using NetPolTools.Objects;

namespace NetPolTools.Commands;

/// <summary>PowerShell's values as labels and selectors.</summary>
internal static class Selectors
{
    /// <summary>Namespaces by their names or by their labels, not both; null where neither is given.</summary>
    public static LabelSelector? Namespaces(Cmdlet cmdlet, string[] names, LabelSelector? selector)
    {
        if (names.Length > 0 && selector is not null)
            cmdlet.ThrowTerminatingError(ErrorRecords.InvalidArgument("-Namespace stands in place of -NamespaceSelector; give one of them.", names));
        return names.Length > 0 ? NamespaceSelectors.Named(names) : selector;
    }

    /// <summary>By key, as kubectl prints them: a hashtable has no order of its own. Values such as 80 become text.</summary>
    public static KeyValuePair<string, string>[] Labels(IDictionary labels) =>
        [.. labels.Keys.Cast<object>().Select(key => KeyValuePair.Create(Text(key), Text(labels[key])))
            .OrderBy(static label => label.Key, StringComparer.Ordinal)];

    /// <summary>80 as a text, whatever the language of the session.</summary>
    public static string Text(object? value) => Convert.ToString(value.Unwrapped(), CultureInfo.InvariantCulture) ?? "";
}
