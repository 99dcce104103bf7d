using System.Collections.Immutable;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Validation;

namespace NetPolTools.Dialects.Cilium;

/// <summary>What Cilium takes without a word, and people do not mean.</summary>
internal static class CiliumPolicyWarnings
{
    private static readonly ImmutableArray<string> DnsPorts = ["53", "5353"];

    public static IReadOnlyList<(DiagnosticId Id, string Path, string Message)> Check(CiliumPolicy policy)
    {
        var warnings = new List<(DiagnosticId, string, string)>();
        foreach (var (path, rule) in policy.Rules())
        {
            foreach (var (_, direction, denies) in CiliumRule.Sections)
            {
                var entries = rule.Entries(direction, denies);
                if (entries.Count == 0)
                    continue;
                var section = new RulePath(CiliumRule.PathOf(path, direction, denies));
                for (var i = 0; i < entries.Count; i++)
                    Check(entries[i], rule, direction, denies, section with { Rule = i }, warnings);
            }

            CheckSubject(policy, rule, path, warnings);
            CheckDns(rule, path, warnings);
        }

        return warnings;
    }

    private static void Check(
        CiliumEntry entry,
        CiliumRule rule,
        PolicyDirection direction,
        bool denies,
        RulePath path,
        List<(DiagnosticId Id, string Path, string Message)> warnings)
    {
        var prefix = direction == PolicyDirection.Ingress ? "from" : "to";
        var consequence = rule.DeniesByDefault(direction) ? ", and what no other rule allows is denied" : "";
        if (CiliumTranslator.SelectsNothing(entry))
        {
            warnings.Add((
                DiagnosticId.InertRules,
                path.ToString(),
                $"This entry names neither peers nor ports and {(denies ? "denies" : "allows")} nothing{consequence}. In a NetworkPolicy an empty rule allows "
                    + $"everything; here that is {prefix}Entities: [all]."));
        }
        else if (entry.SortsOfPeers == 0 && entry.EmptyPeers is { } empty)
        {
            warnings.Add((
                DiagnosticId.InertRules,
                path.ToString(),
                $"{prefix}{empty} is empty and so selects nobody{consequence}; leave it out for every peer on the ports, or write "
                    + $"{prefix}Entities: [all]."));
        }

        for (var i = 0; i < entry.Ports?.Count; i++)
        {
            if (entry.Ports[i].Ports is not { Count: > 0 })
                warnings.Add((DiagnosticId.InertRules, $"{path}.toPorts[{i}]",
                    $"Without ports this item {(denies ? "denies" : "allows")} nothing{consequence}."));
        }

        if (entry.Services is { Count: > 0 } && entry.Ports is { Count: > 0 })
        {
            warnings.Add((
                DiagnosticId.MisleadingRule,
                $"{path}.toServices",
                "toServices beside toPorts: the ports are those of the pods behind the Service, and where no Service matches Cilium may widen the rule to "
                    + "every "
                    + "peer on these ports (cilium/cilium issue 20067)."));
        }

        for (var i = 0; i < entry.Endpoints?.Count; i++)
        {
            if (NotInNamespaces(entry.Endpoints[i]))
            {
                warnings.Add((
                    DiagnosticId.MisleadingRule,
                    $"{path}.{prefix}Endpoints[{i}]",
                    "NotIn or DoesNotExist on the namespace: before Cilium 1.19 that also holds for what is in no namespace, the world and nodes among it. "
                        + "The answer is that of 1.19 and later: pods of this cluster alone."));
            }
        }

        if (entry.Requires is { Count: > 0 })
        {
            warnings.Add((
                DiagnosticId.MisleadingRule,
                $"{path}.{prefix}Requires",
                $"{prefix}Requires is gone since Cilium 1.19, and the answer does not go by it. Before, it narrowed all {prefix}Endpoints of rules with "
                    + $"the same "
                    + "subjects."));
        }

        if (entry.AuthenticationMode == "required")
        {
            warnings.Add((
                DiagnosticId.MisleadingRule,
                $"{path}.authentication",
                "What is allowed here is allowed once both ends have authenticated each other; the answer takes it that they have."));
        }
    }

    private static void CheckSubject(CiliumPolicy policy, CiliumRule rule, string path, List<(DiagnosticId Id, string Path, string Message)> warnings)
    {
        if (policy.IsClusterwide || rule.EndpointSelector is not { } selector)
            return;
        foreach (var (key, value) in selector.MatchLabels)
        {
            var parsed = CiliumKey.Parse(key);
            if (parsed is not { Name: CiliumKey.Namespace, IsOfKubernetes: true } || value == policy.Metadata.Namespace)
                continue;
            warnings.Add((
                DiagnosticId.MisleadingRule,
                path + ".endpointSelector",
                parsed.Source == CiliumKey.Kubernetes
                    ? $"A CiliumNetworkPolicy selects pods of its own namespace: {key} is taken for {policy.Metadata.Namespace}."
                    : $"A CiliumNetworkPolicy selects pods of its own namespace, and none of them is in {value}: the rule selects nothing."));
        }
    }

    /// <summary>Names are learnt from answers that pass Cilium's DNS proxy, which a rule with <c>rules.dns</c> leads them through.</summary>
    private static void CheckDns(CiliumRule rule, string path, List<(DiagnosticId Id, string Path, string Message)> warnings)
    {
        var named = rule.Egress?.ToList().FindIndex(static entry => entry.Fqdns is { Count: > 0 }) ?? -1;
        if (named < 0)
            return;
        if (!rule.Egress!.Any(LeadsDns))
        {
            warnings.Add((
                DiagnosticId.MisleadingRule,
                $"{path}.egress[{named}].toFQDNs",
                "Cilium learns the addresses of names from DNS answers that pass its proxy, and nothing in this rule leads DNS through it: unless another "
                    + "policy "
                    + "allows port 53 with rules.dns, the names match nothing."));
        }
    }

    /// <summary>Whether what an entry allows on DNS's ports passes Cilium's proxy.</summary>
    public static bool LeadsDns(CiliumEntry entry) => entry.Ports?.Any(
        static ports => ports.RulesOf("dns").Count > 0
            && ports.Ports?.Any(static port => port.Port is { } number && DnsPorts.Contains(number)) == true) == true;

    private static bool NotInNamespaces(LabelSelector selector) =>
        selector.MatchExpressions.Any(static requirement => CiliumKey.Parse(requirement.Key) is { Name: CiliumKey.Namespace, IsOfKubernetes: true }
            && requirement.Operator is LabelSelectorRequirement.NotIn or LabelSelectorRequirement.DoesNotExist)
        && !selector.HasKey(static key => CiliumKey.NameIn(key) == CiliumKey.ClusterName);
}
