using NetPolTools.Objects;

namespace NetPolTools.Authoring;

/// <summary>Selectors of namespaces.</summary>
public static class NamespaceSelectors
{
    /// <summary>Namespaces by the label that every one of them has with its name since Kubernetes 1.22 (1.21 as a beta feature).</summary>
    /// <param name="names">One or more.</param>
    public static LabelSelector Named(params IReadOnlyList<string> names) => names is [var name]
        ? new LabelSelector { MatchLabels = [KeyValuePair.Create(Namespace.NameLabel, name)] }
        : new LabelSelector { MatchExpressions = [new LabelSelectorRequirement(Namespace.NameLabel, LabelSelectorRequirement.In, names)] };

    /// <summary>Every other namespace, by the same label; one that lacks it is among them.</summary>
    /// <param name="names">One or more.</param>
    public static LabelSelector NotNamed(IReadOnlyList<string> names) =>
        new() { MatchExpressions = [new LabelSelectorRequirement(Namespace.NameLabel, LabelSelectorRequirement.NotIn, names)] };
}
