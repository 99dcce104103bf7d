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
        CheckSelector(rule.EndpointSelector, $"{path}.endpointSelector", errors);
        CheckSelector(rule.NodeSelector, $"{path}.nodeSelector", errors);
        foreach (var (field, direction, denies) in CiliumRule.Sections)
        {
            var entries = rule.Entries(direction, denies);
            for (var i = 0; i < entries.Count; i++)
                CheckEntry(entries[i], direction, rule.NodeSelector is not null, $"{path}.{field}[{i}]", errors);
        }
    }

    private static void CheckEntry(CiliumEntry entry, PolicyDirection direction, bool isOfHost, string path, List<FieldError> errors)
    {
        var prefix = direction == PolicyDirection.Ingress ? "From" : "To";
        string[] given = [.. entry.PeerFields().Where(static field => field.Count > 0).Select(static field => field.Field)];
        if (given.Length > 1)
        {
            errors.Add(new FieldError(
                path, $"combining {prefix}{given[0]} and {prefix}{given[1]} is not supported yet: an entry has peers of one sort."));
        }

        var fields = $"{path}.{(direction == PolicyDirection.Ingress ? "from" : "to")}";
        CheckSelectors(entry.Endpoints, fields, "Endpoints", errors);
        CheckSelectors(entry.Requires, fields, "Requires", errors);
        CheckSelectors(entry.Nodes, fields, "Nodes", errors);
        Each(entry.Entities, fields, "Entities", (entity, place) =>
        {
            if (!CiliumEntities.Names.Contains(entity))
                errors.Add(new FieldError(place, $"unsupported entity: {Excerpt.Of(entity)}; expected one of {string.Join(", ", CiliumEntities.Names)}."));
        });
        Each(entry.Cidrs, fields, "CIDR", (cidr, place) =>
        {
            if (CheckCidr(cidr) is { } wrong)
                errors.Add(new FieldError(place, wrong));
        });
        Each(entry.CidrSet, fields, "CIDRSet", (rule, place) => CheckCidrRule(rule, place, errors));
        Each(entry.Fqdns, fields, "FQDNs", (domain, place) => CheckDomain(domain, place, errors));
        Each(entry.Services, fields, "Services", (service, place) => CheckService(service, place, errors));
        if (entry.Icmps is { Count: > 0 } && entry.Ports is { Count: > 0 })
            errors.Add(new FieldError($"{path}.icmps", "the ICMPs block may only be present without ToPorts; define a separate rule to use ToPorts."));
        CiliumPortRules.Check(entry, direction, isOfHost, path, errors);
        if (entry.AuthenticationMode is { } mode && mode is not ("disabled" or "required" or "test-always-fail"))
            errors.Add(new FieldError($"{path}.authentication.mode", $"Unsupported value: \"{Excerpt.Of(mode)}\": expected disabled, required or "
                + "test-always-fail."));
    }

    private static void CheckCidrRule(CiliumCidrRule rule, string path, List<FieldError> errors)
    {
        var members = (rule.Cidr is { Length: > 0 } ? 1 : 0) + (rule.GroupRef is { Length: > 0 } ? 1 : 0) + (rule.GroupSelector is null ? 0 : 1);
        if (members == 0)
            errors.Add(new FieldError(path, "one of cidr, cidrGroupRef, or cidrGroupSelector is required."));
        else if (members > 1)
            errors.Add(new FieldError(path, "more than one of cidr, cidrGroupRef, or cidrGroupSelector may not be set."));
        if (rule.GroupSelector is not null)
            LabelSelectorRules.Check(rule.GroupSelector, path + ".cidrGroupSelector", errors);
        var block = default(Sets.AddressRange);
        var isBlock = rule.Cidr is { Length: > 0 } && CiliumCidr.TryParse(rule.Cidr, out block);
        if (rule.Cidr is { Length: > 0 } cidr && !isBlock)
            errors.Add(new FieldError(path + ".cidr", CheckCidr(cidr)!));
        Each(rule.Except, path, ".except", (except, place) =>
        {
            if (!CiliumCidr.TryParse(except, out var hole))
                errors.Add(new FieldError(place, CheckCidr(except)!));
            else if (isBlock && !(block.Family == hole.Family && block.First <= hole.First && hole.First <= block.Last))
                errors.Add(new FieldError(place, $"allow CIDR prefix {Excerpt.Of(rule.Cidr!)} does not contain exclude CIDR prefix {Excerpt.Of(except)}."));
        });
    }

    private static void CheckDomain(CiliumDomain domain, string path, List<FieldError> errors)
    {
        if (domain.Name is { Length: > 0 } && domain.Pattern is { Length: > 0 })
            errors.Add(new FieldError(path, "only one of MatchName or MatchPattern is allowed in an FQDNSelector."));
        if (domain.Name is { Length: > 0 } name && !name.All(static c => IsOfName(c)))
            errors.Add(new FieldError(
                path + ".matchName", $"Invalid characters in MatchName: \"{Excerpt.Of(name)}\". Only 0-9, a-z, A-Z and . and - characters "
                + "are allowed."));
        if (domain.Pattern is { Length: > 0 } pattern && !pattern.All(static c => c == '*' || IsOfName(c)))
            errors.Add(new FieldError(path + ".matchPattern", $"Invalid characters in MatchPattern: \"{Excerpt.Of(pattern)}\". Only 0-9, a-z, A-Z and ., - and "
                + "* characters are allowed."));

        static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_';
    }

    private static void CheckService(CiliumService service, string path, List<FieldError> errors)
    {
        if (service.Selector is not { } selector)
            return;
        if (selector.Selector is null)
            errors.Add(new FieldError(path + ".k8sServiceSelector.selector", "Required value."));
        CheckSelector(selector.Selector, path + ".k8sServiceSelector.selector", errors);
    }

    private static void CheckSelectors(IReadOnlyList<LabelSelector>? selectors, string path, string field, List<FieldError> errors) =>
        Each(selectors, path, field, (selector, place) => CheckSelector(selector, place, errors));

    private static void CheckSelector(LabelSelector? selector, string path, List<FieldError> errors)
    {
        if (selector is { SelectsEverything: false })
            LabelSelectorRules.Check(CiliumKey.WithoutSources(selector), path, errors);
    }

    private static void Each<T>(IReadOnlyList<T>? items, string path, string field, Action<T, string> check)
    {
        for (var i = 0; i < items?.Count; i++)
            check(items[i], $"{path}{field}[{i}]");
    }
}
