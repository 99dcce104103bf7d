using NetPolTools.Objects;
using NetPolTools.Validation;

namespace NetPolTools.Dialects.AdminTiers;

/// <summary>
/// Mistakes in the selectors of an admin policy. The server takes them, since the schemas of these kinds say nothing of operators, keys and values; whoever
/// enforces the policy cannot use such a selector, and it picks nothing.
/// </summary>
internal static class AdminSelectors
{
    public static IEnumerable<FieldError> Check(AdminPolicy policy)
    {
        var errors = new List<FieldError>();
        if (policy.Subject is { } subject)
        {
            Check(subject.Namespaces, "spec.subject.namespaces", errors);
            Check(subject.Pods, "spec.subject.pods", errors);
        }

        CheckRules(policy.Ingress, "spec.ingress", "from", errors);
        CheckRules(policy.Egress, "spec.egress", "to", errors);
        return errors.Select(static error => error with
        {
            Message = error.Message + " The server takes it, but enforcers cannot use such a selector: it is taken to pick nothing.",
        });
    }

    private static void CheckRules(IReadOnlyList<AdminRule>? rules, string path, string peersField, List<FieldError> errors)
    {
        for (var r = 0; r < rules?.Count; r++)
        {
            for (var p = 0; p < rules[r].Peers?.Count; p++)
            {
                var (peer, place) = (rules[r].Peers![p], $"{path}[{r}].{peersField}[{p}]");
                Check(peer.Namespaces, place + ".namespaces", errors);
                Check(peer.Pods, place + ".pods", errors);
                Check(peer.Nodes, place + ".nodes", errors);
            }
        }
    }

    private static void Check(AdminPods? pods, string path, List<FieldError> errors)
    {
        Check(pods?.NamespaceSelector, path + ".namespaceSelector", errors);
        Check(pods?.PodSelector, path + ".podSelector", errors);
    }

    private static void Check(LabelSelector? selector, string path, List<FieldError> errors)
    {
        if (selector is not null)
            LabelSelectorRules.Check(selector, path, errors);
    }
}
