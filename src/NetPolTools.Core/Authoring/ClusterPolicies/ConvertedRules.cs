using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Validation;

namespace NetPolTools.Authoring.ClusterPolicies;

/// <summary>Rules of an AdminNetworkPolicy or BaselineAdminNetworkPolicy as a ClusterNetworkPolicy has them: they match the same, in the same order.</summary>
internal static class ConvertedRules
{
    private static readonly AdminPolicyKind Kind = AdminPolicyKind.ClusterNetworkPolicy;

    /// <param name="rules">Of one direction.</param>
    /// <param name="path">Of the direction: spec.ingress or spec.egress.</param>
    /// <param name="left">Takes rules that match nothing and are left out, each with the reason.</param>
    public static IReadOnlyList<AdminRule> Of(IReadOnlyList<AdminRule> rules, string path, List<FieldError> left)
    {
        var converted = new List<AdminRule>();
        for (var i = 0; i < rules.Count; i++)
        {
            var ports = Ports(rules[i].Ports);
            if (ports is [])
                left.Add(new FieldError($"{path}[{i}]", "The rule matches nothing, since no port in it is one; it is left out."));
            else
                converted.AddRange(Parts(rules[i], ports));
        }

        return converted;
    }

    /// <summary>v1alpha2 takes fewer peers and ports in a rule than v1alpha1: what is more stands in further rules of the same action behind it.</summary>
    private static IEnumerable<AdminRule> Parts(AdminRule rule, AdminPort[]? ports) =>
        from peers in (rule.Peers ?? []).Chunk(Kind.MostItems)
        from some in ports?.Chunk(Kind.MostItems) ?? (IEnumerable<AdminPort[]?>)[null]
        select new AdminRule { Name = rule.Name, Action = rule.Action == "Allow" ? "Accept" : rule.Action, Peers = peers, Ports = some };

    /// <returns>Null for everything; empty where no port of the rule matches anything.</returns>
    private static AdminPort[]? Ports(IReadOnlyList<AdminPort>? ports) => ports is { Count: > 0 } ? [.. ports.SelectMany(Ports)] : null;

    /// <summary>v1alpha1 takes any text for a protocol and ranges that end before they begin; both match nothing.</summary>
    private static IEnumerable<AdminPort> Ports(AdminPort port)
    {
        if (port.PortName is not null)
        {
            yield return port;
            yield break;
        }

        var (protocol, first, last) = port.PortNumber is { } number
            ? (number.Protocol, number.Port!.Value, number.Port.Value)
            : (port.PortRange!.Protocol, port.PortRange.Start!.Value, port.PortRange.End!.Value);
        if ((protocol ?? "TCP") is "TCP" or "UDP" or "SCTP" && first <= last)
            yield return ClusterPolicyPorts.Destination(protocol ?? "TCP", first, last);
    }
}
