using System.Management.Automation;
using NetPolTools.Objects;
using NetPolTools.Validation;

namespace NetPolTools.Input;

/// <summary>Namespaces that a pipeline names.</summary>
internal static class NamespaceNames
{
    private const string KubectlPrefix = "namespace/";

    /// <summary>
    /// The name: a line of text, also as <c>kubectl get namespaces -o name</c> prints it, or the property Namespace of an object that is none of
    /// Kubernetes'. Null for anything else, such as a line of a manifest.
    /// </summary>
    public static string? In(PSObject input)
    {
        if (input.BaseObject is string text)
        {
            var name = text.StartsWith(KubectlPrefix, StringComparison.Ordinal) ? text[KubectlPrefix.Length..] : text;
            return NameRules.CheckDnsLabel(name.Replace('*', 'x').Replace('?', 'x')) is null ? name : null;
        }

        if (input.BaseObject is KubernetesObject || input.Properties["kind"] is not null || input.Properties["apiVersion"] is not null)
            return null;
        var ns = input.Properties[nameof(Namespace)]?.Value;
        return (ns is PSObject wrapped ? wrapped.BaseObject : ns) as string;
    }
}
