using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Text;
using NetPolTools.Validation;

namespace NetPolTools.Dialects.Calico;

/// <summary>Reads the <c>spec</c> of a policy with rules of Calico, and tells people who write as for Kubernetes what Calico has instead.</summary>
internal sealed class CalicoPolicySpecReader(CalicoKind kind, FieldReader fields)
{
    private const string RulesShape = "a list of rules, each with a dash: '- action: Allow'";

    public static bool IsSpecField(string name) => name is "tier" or "order" or "selector" or "types" or "ingress" or "egress" or "serviceAccountSelector"
        or "namespaceSelector" or "performanceHints" or "stagedAction" or "doNotTrack" or "preDNAT" or "applyOnForward";

    public CalicoPolicy Read()
    {
        var policy = new CalicoPolicy(kind, ObjectMetadata.Empty);
        if (!fields.EnterObject("a map with selector, types, ingress and egress"))
            return policy;
        var places = ImmutableArray.CreateBuilder<(string, SourceLocation)>();
        while (fields.NextField(out var name))
        {
            places.Add((name, fields.Location));
            policy = ReadField(policy, name);
        }

        return policy with { Places = places.ToImmutable() };
    }

    private CalicoPolicy ReadField(CalicoPolicy policy, string name)
    {
        switch (name)
        {
            case "tier":
                return policy with { Tier = fields.String() };
            case "order":
                return policy with { Order = fields.Number() };
            case "selector":
                return policy with { Selector = fields.String() };
            case "serviceAccountSelector":
                return policy with { ServiceAccountSelector = fields.String() };
            case "types":
                return policy with { Types = fields.Strings("a list: [Ingress], [Egress] or [Ingress, Egress]") ?? [] };
            case "ingress":
                return policy with { Ingress = ReadRules() };
            case "egress":
                return policy with { Egress = ReadRules() };
            case "performanceHints":
                return policy with { PerformanceHints = fields.Strings("a list of hints") ?? [] };
            case "stagedAction" when kind.IsStaged:
                return policy with { StagedAction = fields.String() };
            case "namespaceSelector" when !kind.IsNamespaced:
                return policy with { NamespaceSelector = fields.String() };
            case "doNotTrack" when !kind.IsNamespaced:
                return policy with { DoNotTrack = fields.Boolean() ?? false };
            case "preDNAT" when !kind.IsNamespaced:
                return policy with { PreDnat = fields.Boolean() ?? false };
            case "applyOnForward" when !kind.IsNamespaced:
                return policy with { ApplyOnForward = fields.Boolean() ?? false };
            default:
                var advice = Advice(name) ?? "expected tier, order, selector, types, ingress or egress";
                fields.Unknown($"Unknown field '{Excerpt.Of(name)}' in spec of a {kind.Name}; {advice}.");
                return policy;
        }
    }

    private static string? Advice(string name) => name switch
    {
        "podSelector" => "Calico has a selector in one line: selector: app == 'web'",
        "policyTypes" => "Calico calls it types",
        "from" or "to" or "ports" or "action" or "source" or "destination" =>
            "rules of Calico stand below ingress and egress, each with action, protocol, source and destination",
        "namespaceSelector" => "a policy in a namespace is about its own namespace; a GlobalNetworkPolicy has namespaceSelector",
        "doNotTrack" or "preDNAT" or "applyOnForward" => "only a GlobalNetworkPolicy has it",
        "stagedAction" => "only staged policies have it",
        _ => null,
    };

    private List<CalicoRule> ReadRules()
    {
        var rules = new List<CalicoRule>();
        if (!fields.EnterArray(RulesShape))
            return rules;
        while (fields.NextItem())
            rules.Add(new CalicoRuleReader(fields).Read());
        return rules;
    }
}
