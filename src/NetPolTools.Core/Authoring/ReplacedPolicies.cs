using NetPolTools.Difference;
using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Snapshot;

namespace NetPolTools.Authoring;

/// <summary>Policies of a cluster that others of the same name would take the place of.</summary>
internal static class ReplacedPolicies
{
    /// <summary>A warning for each that says something else.</summary>
    public static IEnumerable<Diagnostic> Among(IReadOnlyList<NetworkPolicy> made, ClusterSnapshot cluster)
    {
        var names = made.ToLookup(static policy => (policy.Namespace, policy.Name));
        return from present in cluster.NetworkPolicies
               from policy in names[(present.Namespace, present.Name)]
               where PolicyContent.Of(present) != PolicyContent.Of(policy)
               select new Diagnostic(
                   DiagnosticId.ReplacesPolicy,
                   DiagnosticSeverity.Warning,
                   "The cluster has a policy of this name that says something else; applied, the new one takes its place.")
               {
                   Object = present.Reference,
                   Location = present.Location,
               };
    }
}
