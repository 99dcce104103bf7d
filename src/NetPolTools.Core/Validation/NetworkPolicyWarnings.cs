using NetPolTools.Diagnostics;
using NetPolTools.Objects;

namespace NetPolTools.Validation;

/// <summary>What the API server takes without a word in a NetworkPolicy, and people do not mean.</summary>
public static class NetworkPolicyWarnings
{
    /// <param name="policy">What the server takes.</param>
    /// <param name="withCidrForms">Whether the version that is meant takes what <see cref="CidrForms"/> tells of.</param>
    public static IReadOnlyList<(DiagnosticId Id, string Path, string Message)> Check(NetworkPolicy policy, bool withCidrForms = true)
    {
        List<(DiagnosticId Id, string Path, string Message)>? warnings = null;
        Check(policy, PolicyDirection.Ingress, "spec.ingress", "from", ref warnings);
        Check(policy, PolicyDirection.Egress, "spec.egress", "to", ref warnings);
        if (withCidrForms && CidrForms.Check(policy) is { Count: > 0 } forms)
        {
            (warnings ??= []).AddRange(forms.Select(static form =>
                (form.Id, form.Path, $"{form.Message} API servers from Kubernetes {KubernetesVersion.StrictCidrs} on refuse it in new policies.")));
        }

        return warnings ?? [];
    }

    private static void Check(
        NetworkPolicy policy, PolicyDirection direction, string path, string peersField, ref List<(DiagnosticId Id, string Path, string Message)>? warnings)
    {
        var rules = policy.Rules(direction);
        if (rules.Count > 0 && !policy.Isolates(direction))
        {
            (warnings ??= []).Add((
                DiagnosticId.InertRules,
                path,
                $"policyTypes does not name {direction}, so the {path["spec.".Length..]} rules have no effect; add {direction} to policyTypes or remove "
                    + "the rules."));
        }

        for (var r = 0; r < rules.Count; r++)
        {
            for (var i = 0; i < rules[r].Peers?.Count; i++)
            {
                if (rules[r].Peers![i].IPBlock is not null)
                    Check(rules[r], direction, new RulePath(path, r, peersField, i, ".ipBlock"), ref warnings);
            }
        }
    }

    private static void Check(
        NetworkPolicyRule rule, PolicyDirection direction, RulePath path, ref List<(DiagnosticId Id, string Path, string Message)>? warnings)
    {
        if (direction == PolicyDirection.Egress && rule.Ports?.FirstOrDefault(static port => port.Port?.Name is not null) is { } named)
        {
            (warnings ??= []).Add((
                DiagnosticId.NamedPortTowardsIPBlock,
                path.ToString(),
                $"The named port '{named.Port}' is looked up on the pod it leads to; towards an ipBlock there is none, so it allows nothing there. Write "
                    + "the number."));
        }
    }
}
