using NetPolTools.Diagnostics;
using NetPolTools.Difference;
using NetPolTools.Objects;
using NetPolTools.Snapshot;

namespace NetPolTools.Authoring;

/// <summary>Policies of a cluster that others of the same name would take the place of.</summary>
internal sealed class ReplacedPolicies(ClusterSnapshot cluster)
{
    public const string Message = "The cluster has a policy of this name that says something else; applied, the new one takes its place.";

    private readonly ILookup<(string Namespace, string Name), NetworkPolicy> _present =
        cluster.NetworkPolicies.ToLookup(static policy => (policy.Namespace, policy.Name));

    /// <summary>A warning for each that says something else.</summary>
    public IEnumerable<Diagnostic> Among(IEnumerable<NetworkPolicy> made) =>
        from policy in made
        from present in _present[(policy.Namespace, policy.Name)]
        where !PolicyContent.AreSame(present, policy)
        select new Diagnostic(
            DiagnosticId.ReplacesPolicy,
            DiagnosticSeverity.Warning,
            Message)
        {
            Object = present.Reference,
            Location = present.Location,
        };
}
