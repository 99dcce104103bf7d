using NetPolTools.Objects;
using NetPolTools.Validation;

namespace NetPolTools.Dialects.Cilium;

/// <summary>Why Cilium rejects a policy because of its settings.</summary>
internal static class CiliumSettingRules
{
    public static IReadOnlyList<FieldError> Check(CiliumPolicy policy, CiliumSettings settings)
    {
        var errors = new List<FieldError>();
        foreach (var (path, rule) in policy.Rules())
        {
            foreach (var (_, direction, denies) in CiliumRule.Sections)
            {
                var entries = rule.Entries(direction, denies);
                if (entries.Count == 0)
                    continue;
                var section = new RulePath(CiliumRule.PathOf(path, direction, denies));
                for (var i = 0; i < entries.Count; i++)
                    Check(entries[i], settings, section with { Rule = i }, direction == PolicyDirection.Ingress ? "from" : "to", errors);
            }
        }

        return errors;
    }

    private static void Check(CiliumEntry entry, CiliumSettings settings, RulePath path, string prefix, List<FieldError> errors)
    {
        if (entry.Nodes is { Count: > 0 } && !settings.NodeSelectorLabels)
        {
            errors.Add(new FieldError(
                $"{path}.{prefix}Nodes", "FromNodes/ToNodes rules can only be applied when the \"enable-node-selector-labels\" flag is set."));
        }

        if (entry.Icmps is { Count: > 0 } && !settings.IcmpRules)
            errors.Add(new FieldError($"{path}.icmps", "ICMP rules can only be applied when the \"enable-icmp-rules\" flag is set."));
        for (var i = 0; i < entry.Ports?.Count; i++)
        {
            var ports = entry.Ports[i];
            if (ports.HasRules && !settings.L7Proxy)
                errors.Add(new FieldError($"{path}.toPorts[{i}].rules", "L7 policy is not supported since L7 proxy is not enabled."));
            for (var p = 0; p < ports.Ports?.Count && !settings.ExtendedProtocols; p++)
            {
                if (CiliumProtocol.Of(ports.Ports[p].Protocol) is { IsExtended: true } protocol)
                {
                    errors.Add(new FieldError(
                        $"{path}.toPorts[{i}].ports[{p}].protocol",
                        $"protocol {protocol.Name} can only be used when the \"enable-extended-ip-protocols\" flag is set."));
                }
            }
        }
    }
}
