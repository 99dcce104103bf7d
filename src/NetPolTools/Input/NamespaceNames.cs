using System.Management.Automation;
using System.Text.RegularExpressions;
using NetPolTools.Objects;
using NetPolTools.Output;

namespace NetPolTools.Input;

/// <summary>Namespaces that a pipeline names.</summary>
internal static partial class NamespaceNames
{
    private const string KubectlPrefix = "namespace/";

    /// <summary>
    /// The name, right or wrong: a line of text that is one word, also as <c>kubectl get namespaces -o name</c> prints it, or the property Namespace of
    /// an object that is none of Kubernetes'. Null for anything else, such as a line of a manifest.
    /// </summary>
    public static string? In(PSObject input)
    {
        if (input.BaseObject is string text)
            return !OneWord().IsMatch(text) ? null : text.StartsWith(KubectlPrefix, StringComparison.Ordinal) ? text[KubectlPrefix.Length..] : text;
        if (input.BaseObject is KubernetesObject or NetPolObject || input.Properties["apiVersion"] is not null || input.Properties["metadata"] is not null)
            return null;
        return input.Properties[nameof(Namespace)]?.Value.Unwrapped() as string;
    }

    /// <summary>Lines of manifests begin otherwise, hold a blank, or end in a colon or a bracket.</summary>
    [GeneratedRegex(@"^[\w*?][\w*?./-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex OneWord();
}
