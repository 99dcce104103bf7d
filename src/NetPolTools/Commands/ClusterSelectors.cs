using System.Management.Automation;
using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Objects;

namespace NetPolTools.Commands;

/// <summary>Pods and namespaces of the whole cluster, as parameters name them.</summary>
internal static class ClusterSelectors
{
    /// <summary>Where no pods are named, whole namespaces: <see cref="AdminPods.PodSelector"/> is null. Nothing named is a mistake: it would be
    /// everybody.</summary>
    public static AdminPods Pods(Cmdlet cmdlet, string[] namespaces, LabelSelector? namespaceSelector, LabelSelector? podSelector)
    {
        var selector = Selectors.Namespaces(cmdlet, namespaces, namespaceSelector);
        if (selector is null && podSelector is null)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.InvalidArgument(
                "Nobody is named. Give -Namespace, -NamespaceSelector or -PodSelector; -NamespaceSelector @{} is every namespace.", null));
        }

        return new AdminPods(selector, podSelector);
    }

    public static AdminPeer Peer(AdminPods pods) =>
        pods.PodSelector is null ? new AdminPeer { Namespaces = pods.NamespaceSelector } : new AdminPeer { Pods = pods };

    public static AdminSubject Subject(AdminPods pods) =>
        pods.PodSelector is null ? new AdminSubject { Namespaces = pods.NamespaceSelector } : new AdminSubject { Pods = pods };
}
