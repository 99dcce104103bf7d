using NetPolTools.Objects;
using NetPolTools.Validation;

namespace NetPolTools.Dialects.Cilium;

/// <summary>
/// Why Cilium rejects a policy that is well formed, whatever its settings are (cilium/cilium: pkg/policy/api/rule_validation.go, and the schemas of its
/// CustomResourceDefinitions). One such reason, and the whole object has no effect.
/// </summary>
public static class CiliumPolicyRules
{
    /// <summary>What is wrong with a policy without any rule.</summary>
    internal const string Empty = "empty policy: spec or specs must be provided.";

    public static IReadOnlyList<FieldError> Check(CiliumPolicy policy)
    {
        var errors = new List<FieldError>();
        MetadataRules.Check(policy.Metadata, errors);
        if (policy.Spec is null && policy.Specs is null)
            errors.Add(new FieldError("spec", Empty));
        foreach (var (path, rule) in policy.Rules())
            CheckRule(policy, rule, path, errors);
        return errors;
    }

    /// <summary>What is wrong with a block of addresses with a prefix; null for a good one.</summary>
    internal static string? CheckCidr(string cidr) =>
        CiliumCidr.TryParse(cidr, out _) ? null : $"unable to parse CIDR: \"{Excerpt.Of(cidr)}\" is not an address with a prefix, such as 10.0.0.0/8.";

    private static void CheckRule(CiliumPolicy policy, CiliumRule rule, string path, List<FieldError> errors)
    {
        if (!rule.IsAbout(PolicyDirection.Ingress) && !rule.IsAbout(PolicyDirection.Egress))
            errors.Add(new FieldError(path, "rule must have at least one of Ingress, IngressDeny, Egress, EgressDeny: without entries there is no rule."));
        if (rule.EndpointSelector is null && rule.NodeSelector is null)
            errors.Add(new FieldError(path, "rule must have one of EndpointSelector or NodeSelector."));
        if (rule.EndpointSelector is not null && rule.NodeSelector is not null)
            errors.Add(new FieldError(path, "rule cannot have both EndpointSelector and NodeSelector."));
        else if (rule.NodeSelector is not null && !policy.IsClusterwide)
            errors.Add(new FieldError($"{path}.nodeSelector", "rule cannot have NodeSelector: nodes are for CiliumClusterwideNetworkPolicy."));
        CheckSelector(rule.EndpointSelector, new RulePath(path, Field: ".endpointSelector"), errors);
        CheckSelector(rule.NodeSelector, new RulePath(path, Field: ".nodeSelector"), errors);
        foreach (var (_, direction, denies) in CiliumRule.Sections)
        {
            var entries = rule.Entries(direction, denies);
            if (entries.Count == 0)
                continue;
            var section = new RulePath(CiliumRule.PathOf(path, direction, denies));
            for (var i = 0; i < entries.Count; i++)
                CheckEntry(entries[i], direction, rule.NodeSelector is not null, section with { Rule = i }, errors);
        }
    }

    private static void CheckEntry(CiliumEntry entry, PolicyDirection direction, bool isOfHost, RulePath path, List<FieldError> errors)
    {
        var isEgress = direction == PolicyDirection.Egress;
        if (entry.SortsOfPeers > 1)
        {
            string[] given = [.. entry.PeerFields().Where(static field => field.Count > 0).Select(static field => field.Field)];
            var prefix = isEgress ? "To" : "From";
            errors.Add(new FieldError(
                path.ToString(), $"combining {prefix}{given[0]} and {prefix}{given[1]} is not supported yet: an entry has peers of one sort."));
        }

        CheckSelectors(entry.Endpoints, path with { List = isEgress ? "toEndpoints" : "fromEndpoints" }, errors);
        CheckSelectors(entry.Requires, path with { List = isEgress ? "toRequires" : "fromRequires" }, errors);
        CheckSelectors(entry.Nodes, path with { List = isEgress ? "toNodes" : "fromNodes" }, errors);
        for (var i = 0; i < entry.Entities?.Count; i++)
            CheckEntity(entry.Entities[i], path with { List = isEgress ? "toEntities" : "fromEntities", Item = i }, errors);
        for (var i = 0; i < entry.Cidrs?.Count; i++)
        {
            if (CheckCidr(entry.Cidrs[i]) is { } wrong)
                errors.Add(new FieldError($"{path}.{(isEgress ? "to" : "from")}CIDR[{i}]", wrong));
        }

        for (var i = 0; i < entry.CidrSet?.Count; i++)
            CheckCidrRule(entry.CidrSet[i], path with { List = isEgress ? "toCIDRSet" : "fromCIDRSet", Item = i }, errors);
        for (var i = 0; i < entry.Fqdns?.Count; i++)
            CheckDomain(entry.Fqdns[i], path with { List = "toFQDNs", Item = i }, errors);
        for (var i = 0; i < entry.Services?.Count; i++)
            CheckService(entry.Services[i], path with { List = "toServices", Item = i }, errors);
        if (entry.Icmps is { Count: > 0 } && entry.Ports is { Count: > 0 })
            errors.Add(new FieldError($"{path}.icmps", "the ICMPs block may only be present without ToPorts; define a separate rule to use ToPorts."));
        CiliumPortRules.Check(entry, direction, isOfHost, path, errors);
        if (entry.AuthenticationMode is { } mode && mode is not ("disabled" or "required" or "test-always-fail"))
            errors.Add(new FieldError($"{path}.authentication.mode", $"Unsupported value: \"{Excerpt.Of(mode)}\": expected disabled, required or "
                + "test-always-fail."));
    }

    private static void CheckEntity(string entity, RulePath path, List<FieldError> errors)
    {
        if (CiliumEntities.Names.Contains(entity))
            return;
        errors.Add(new FieldError(
            path.ToString(), $"unsupported entity: {Excerpt.Of(entity)}; expected one of {string.Join(", ", CiliumEntities.Names)}."));
    }

    private static void CheckCidrRule(CiliumCidrRule rule, RulePath path, List<FieldError> errors)
    {
        var members = (rule.Cidr is { Length: > 0 } ? 1 : 0) + (rule.GroupRef is { Length: > 0 } ? 1 : 0) + (rule.GroupSelector is null ? 0 : 1);
        if (members == 0)
            errors.Add(new FieldError(path.ToString(), "one of cidr, cidrGroupRef, or cidrGroupSelector is required."));
        else if (members > 1)
            errors.Add(new FieldError(path.ToString(), "more than one of cidr, cidrGroupRef, or cidrGroupSelector may not be set."));
        if (rule.GroupSelector is not null)
            LabelSelectorRules.Check(rule.GroupSelector, path with { Field = ".cidrGroupSelector" }, errors);
        var block = default(Sets.AddressRange);
        var isBlock = rule.Cidr is { Length: > 0 } && CiliumCidr.TryParse(rule.Cidr, out block);
        if (rule.Cidr is { Length: > 0 } cidr && !isBlock)
            errors.Add(new FieldError($"{path}.cidr", CheckCidr(cidr)!));
        for (var i = 0; i < rule.Except?.Count; i++)
        {
            var except = rule.Except[i];
            if (!CiliumCidr.TryParse(except, out var hole))
                errors.Add(new FieldError($"{path}.except[{i}]", CheckCidr(except)!));
            else if (isBlock && !(block.Family == hole.Family && block.First <= hole.First && hole.First <= block.Last))
                errors.Add(new FieldError($"{path}.except[{i}]", $"allow CIDR prefix {Excerpt.Of(rule.Cidr!)} does not contain exclude CIDR prefix {Excerpt.Of(except)}."));
        }
    }

    private static void CheckDomain(CiliumDomain domain, RulePath path, List<FieldError> errors)
    {
        if (domain.Name is { Length: > 0 } && domain.Pattern is { Length: > 0 })
            errors.Add(new FieldError(path.ToString(), "only one of MatchName or MatchPattern is allowed in an FQDNSelector."));
        if (domain.Name is { Length: > 0 } name && !name.All(static c => IsOfName(c)))
            errors.Add(new FieldError(
                $"{path}.matchName", $"Invalid characters in MatchName: \"{Excerpt.Of(name)}\". Only 0-9, a-z, A-Z and . and - characters "
                + "are allowed."));
        if (domain.Pattern is { Length: > 0 } pattern && !pattern.All(static c => c == '*' || IsOfName(c)))
            errors.Add(new FieldError($"{path}.matchPattern", $"Invalid characters in MatchPattern: \"{Excerpt.Of(pattern)}\". Only 0-9, a-z, A-Z and ., - and "
                + "* characters are allowed."));

        static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_';
    }

    private static void CheckService(CiliumService service, RulePath path, List<FieldError> errors)
    {
        if (service.Selector is not { } selector)
            return;
        if (selector.Selector is null)
            errors.Add(new FieldError($"{path}.k8sServiceSelector.selector", "Required value."));
        CheckSelector(selector.Selector, path with { Field = ".k8sServiceSelector.selector" }, errors);
    }

    private static void CheckSelectors(IReadOnlyList<LabelSelector>? selectors, RulePath path, List<FieldError> errors)
    {
        for (var i = 0; i < selectors?.Count; i++)
            CheckSelector(selectors[i], path with { Item = i }, errors);
    }

    private static void CheckSelector(LabelSelector? selector, RulePath path, List<FieldError> errors)
    {
        if (selector is not null)
            LabelSelectorRules.Check(selector, path, errors, CiliumKey.NameAt);
    }
}
