using NetPolTools.Objects;

namespace NetPolTools.Linting;

/// <summary>Finds labels that stand for the name of a namespace and that the namespace does not have.</summary>
internal static class NamespaceNames
{
    /// <summary>
    /// The label of a selector whose value is the name of a namespace, while no namespace has the label with this value, not even the one that is named. Null
    /// for none, and where the labels of the namespace are not known.
    /// </summary>
    public static (string Key, string Name)? Slip(LintContext context, LabelSelector selector)
    {
        for (var i = 0; i < selector.MatchLabels.Count; i++)
        {
            var (key, name) = selector.MatchLabels[i];
            if (IsSlip(context, key, name))
                return (key, name);
        }

        for (var i = 0; i < selector.MatchExpressions.Count; i++)
        {
            var asked = selector.MatchExpressions[i];
            for (var v = 0; asked.Operator == LabelSelectorRequirement.In && v < asked.Values.Count; v++)
            {
                if (IsSlip(context, asked.Key, asked.Values[v]))
                    return (asked.Key, asked.Values[v]);
            }
        }

        return null;
    }

    private static bool IsSlip(LintContext context, string key, string name) => key != Namespace.NameLabel
        && context.FindNamespace(name) is { IsOnlyMentioned: false } && context.Map.Peers.NamespaceLabels.WithValue(key, name).IsEmpty;
}
