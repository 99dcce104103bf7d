using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Sets;

namespace NetPolTools.Validation;

/// <summary>What the API server takes without a word in a NetworkPolicy, and people do not mean.</summary>
public static class NetworkPolicyWarnings
{
    public static IEnumerable<(DiagnosticId Id, string Path, string Message)> Check(NetworkPolicy policy) =>
        Check(policy, PolicyDirection.Ingress, "spec.ingress", "from").Concat(Check(policy, PolicyDirection.Egress, "spec.egress", "to"));

    private static IEnumerable<(DiagnosticId Id, string Path, string Message)> Check(
        NetworkPolicy policy, PolicyDirection direction, string path, string peersField)
    {
        var rules = policy.Rules(direction);
        if (rules.Count > 0 && !policy.Isolates(direction))
        {
            yield return (
                DiagnosticId.InertRules,
                path,
                $"policyTypes does not name {direction}, so the {path["spec.".Length..]} rules have no effect; add {direction} to policyTypes or remove the rules.");
        }

        for (var r = 0; r < rules.Count; r++)
        {
            for (var i = 0; i < rules[r].Peers?.Count; i++)
            {
                if (rules[r].Peers![i].IPBlock is null)
                    continue;
                foreach (var warning in Check(rules[r], rules[r].Peers![i], direction, $"{path}[{r}].{peersField}[{i}].ipBlock"))
                    yield return warning;
            }
        }
    }

    private static IEnumerable<(DiagnosticId Id, string Path, string Message)> Check(
        NetworkPolicyRule rule, NetworkPolicyPeer peer, PolicyDirection direction, string path)
    {
        if (peer.IPBlock is not { } block)
            yield break;
        if (HostBits(block.Cidr) is { } ofCidr)
            yield return (DiagnosticId.MaskedHostBits, path + ".cidr", ofCidr);
        for (var e = 0; e < block.Except.Count; e++)
        {
            if (HostBits(block.Except[e]) is { } ofExcept)
                yield return (DiagnosticId.MaskedHostBits, $"{path}.except[{e}]", ofExcept);
        }

        if (direction == PolicyDirection.Egress && rule.Ports?.FirstOrDefault(static port => port.Port?.Name is not null) is { } named)
        {
            yield return (
                DiagnosticId.NamedPortTowardsIPBlock,
                path,
                $"The named port '{named.Port}' is looked up on the pod it leads to; towards an ipBlock there is none, so it allows nothing there. Write the number.");
        }
    }

    private static string? HostBits(string cidr) => AddressRange.TryParseCidr(cidr, out var range, out var prefix, out var hostBits) && hostBits
        ? $"{cidr} has bits set behind its prefix; it means {new NetAddress(range.Family, range.First)}/{prefix}."
        : null;
}
