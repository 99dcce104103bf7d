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
        foreach (var (key, values) in Needed(selector))
        {
            foreach (var name in values)
            {
                if (key != Namespace.NameLabel && context.FindNamespace(name) is { IsOnlyMentioned: false }
                    && context.Map.Peers.NamespaceLabels.WithValue(key, name).IsEmpty)
                {
                    return (key, name);
                }
            }
        }

        return null;
    }

    private static IEnumerable<(string Key, IReadOnlyList<string> Values)> Needed(LabelSelector selector) =>
        selector.MatchLabels.Select(static label => (label.Key, (IReadOnlyList<string>)[label.Value])).Concat(selector.MatchExpressions
            .Where(static requirement => requirement.Operator == LabelSelectorRequirement.In)
            .Select(static requirement => (requirement.Key, requirement.Values)));
}
