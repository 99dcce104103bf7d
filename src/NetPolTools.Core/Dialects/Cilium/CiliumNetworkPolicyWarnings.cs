using NetPolTools.Diagnostics;
using NetPolTools.Objects;

namespace NetPolTools.Dialects.Cilium;

/// <summary>What to know of a NetworkPolicy that Cilium reads otherwise than it is written.</summary>
internal static class CiliumNetworkPolicyWarnings
{
    public static IEnumerable<Diagnostic> Of(NetworkPolicy policy, CiliumNetworkPolicies reader)
    {
        foreach (var direction in new[] { PolicyDirection.Ingress, PolicyDirection.Egress })
        {
            if (CiliumNetworkPolicies.CountsMore(policy, direction))
            {
                yield return Warning(
                    policy,
                    DiagnosticId.MisleadingRule,
                    $"policyTypes does not name {direction}, and Cilium goes by the {direction.ToString().ToLowerInvariant()} rules nevertheless: they "
                        + $"isolate.");
            }
        }

        foreach (var key in reader.KeysLeftOut(policy))
        {
            yield return Warning(
                policy,
                DiagnosticId.SelectsNothing,
                $"It selects by the label {key}, which identities of Cilium do not have: to its policies no pod has it.");
        }
    }

    private static Diagnostic Warning(NetworkPolicy policy, DiagnosticId id, string message) =>
        new(id, DiagnosticSeverity.Warning, message) { Location = policy.Location, Object = policy.Reference };
}
