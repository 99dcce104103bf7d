using NetPolTools.Objects;
using NetPolTools.Validation;

namespace NetPolTools.Dialects.AdminTiers;

/// <summary>
/// What the API server refuses in an admin policy that is well formed: the schemas and CEL rules of the CustomResourceDefinitions of
/// kubernetes-sigs/network-policy-api, experimental channel, with the server's field paths and words.
/// </summary>
public static class AdminPolicyRules
{
    private const int MostPriority = 1000;
    private const int LongestRuleName = 100;

    public static IReadOnlyList<FieldError> Check(AdminPolicy policy)
    {
        var errors = new List<FieldError>();
        MetadataRules.Check(policy.Metadata, errors);
        var kind = policy.PolicyKind;
        if (kind == AdminPolicyKind.BaselineAdminNetworkPolicy && policy.Name != AdminPolicyKind.BaselineName)
            errors.Add(new FieldError("metadata.name", "Only one baseline admin network policy with metadata.name=\"default\" can be created in the cluster."));
        if (kind.Tier is null)
            CheckWord(policy.Tier, "spec.tier", [AdminPolicyKind.AdminTier, AdminPolicyKind.BaselineTier], errors);
        if (kind.HasPriority)
            CheckNumber(policy.Priority, "spec.priority", 0, MostPriority, errors);
        CheckSubject(kind, policy.Subject, errors);
        CheckRules(policy, PolicyDirection.Ingress, errors);
        CheckRules(policy, PolicyDirection.Egress, errors);
        return errors;
    }

    /// <summary>Of a rule that stands for itself: in an egress rule every peer of the kind may stand.</summary>
    public static IReadOnlyList<FieldError> Check(AdminPolicyKind kind, AdminRule rule)
    {
        var errors = new List<FieldError>();
        CheckRule(kind, PolicyDirection.Egress, rule, "", "peers", errors);
        return errors;
    }

    /// <summary>Of a peer that stands for itself.</summary>
    public static IReadOnlyList<FieldError> Check(AdminPolicyKind kind, AdminPeer peer)
    {
        var errors = new List<FieldError>();
        AdminPeerRules.Check(kind, peer, "peer", errors);
        return errors;
    }

    /// <summary>Mistakes in selectors, which the server does not look at and no enforcer can use.</summary>
    public static IReadOnlyList<FieldError> CheckSelectors(AdminPolicy policy) => [.. AdminSelectors.Check(policy)];

    /// <summary>Whether enforcers can use a selector: the server does not check the operators, keys and values of selectors in these kinds.</summary>
    public static bool IsUsable(LabelSelector selector)
    {
        var errors = new List<FieldError>();
        LabelSelectorRules.Check(selector, "", errors);
        return errors.Count == 0;
    }

    internal static void CheckPods(AdminPolicyKind kind, AdminPods pods, string path, List<FieldError> errors)
    {
        if (pods.PodSelector is null)
            errors.Add(Required($"{path}.podSelector"));
        if (pods.NamespaceSelector is null && !kind.HasProtocols)
            errors.Add(Required($"{path}.namespaceSelector"));
    }

    internal static FieldError Required(string path) => new(path, "Required value.");

    internal static void CheckOne(int members, string path, List<FieldError> errors)
    {
        if (members == 0)
            errors.Add(new FieldError(path, $"{path} in body should have at least 1 properties."));
        else if (members > 1)
            errors.Add(new FieldError(path, $"Too many: {members}: must have at most 1 item."));
    }

    internal static void CheckNumber(int? number, string path, int least, int most, List<FieldError> errors)
    {
        if (number is not { } given)
            errors.Add(Required(path));
        else if (given < least)
            errors.Add(new FieldError(path, $"Invalid value: {given}: {path} in body should be greater than or equal to {least}."));
        else if (given > most)
            errors.Add(new FieldError(path, $"Invalid value: {given}: {path} in body should be less than or equal to {most}."));
    }

    internal static void CheckCount(int count, int least, int most, string path, List<FieldError> errors)
    {
        if (count < least)
            errors.Add(new FieldError(path, $"{path} in body should have at least {least} items."));
        else if (count > most)
            errors.Add(new FieldError(path, $"Too many: {count}: must have at most {most} items."));
    }

    private static void CheckWord(string? word, string path, IReadOnlyCollection<string> words, List<FieldError> errors)
    {
        if (word is null)
            errors.Add(Required(path));
        else if (!words.Contains(word))
            errors.Add(new FieldError(
                path, $"Unsupported value: \"{Excerpt.Of(word)}\": supported values: "
                + $"{string.Join(", ", words.Order(StringComparer.Ordinal).Select(static w => $"\"{w}\""))}."));
    }

    private static void CheckSubject(AdminPolicyKind kind, AdminSubject? subject, List<FieldError> errors)
    {
        const string path = "spec.subject";
        if (subject is null)
        {
            errors.Add(Required(path));
            return;
        }

        CheckOne((subject.Namespaces is null ? 0 : 1) + (subject.Pods is null ? 0 : 1), path, errors);
        if (subject.Pods is { } pods)
            CheckPods(kind, pods, path + ".pods", errors);
    }

    private static void CheckRules(AdminPolicy policy, PolicyDirection direction, List<FieldError> errors)
    {
        var kind = policy.PolicyKind;
        var rules = policy.Rules(direction);
        var (field, peersField) = direction == PolicyDirection.Ingress ? ("spec.ingress", "from") : ("spec.egress", "to");
        CheckCount(rules.Count, 0, kind.MostItems, field, errors);
        for (var r = 0; r < rules.Count; r++)
            CheckRule(kind, direction, rules[r], $"{field}[{r}]", $"{field}[{r}].{peersField}", errors);
    }

    private static void CheckRule(AdminPolicyKind kind, PolicyDirection direction, AdminRule rule, string path, string peersPath, List<FieldError> errors)
    {
        if (rule.Name is { Length: > LongestRuleName })
            errors.Add(new FieldError(Below(path, "name"), $"Too long: may not be more than {LongestRuleName} bytes."));
        CheckWord(rule.Action, Below(path, "action"), kind.ActionWords, errors);
        AdminPeerRules.Check(kind, direction, rule.Peers, peersPath, errors);
        AdminPortRules.Check(kind, rule.Ports, Below(path, kind.PortsField), errors);
        if (rule.Peers?.Any(static peer => peer.HasNoPortNames) == true && rule.Ports?.Any(static port => port.PortName is not null) == true)
        {
            var peers = kind.HasDomainNames ? "networks/nodes/domainNames" : "networks/nodes";
            errors.Add(new FieldError(path, $"{peers} peer cannot be set with namedPorts since there are no namedPorts for {peers}."));
        }
    }

    private static string Below(string path, string field) => path.Length == 0 ? field : $"{path}.{field}";
}
