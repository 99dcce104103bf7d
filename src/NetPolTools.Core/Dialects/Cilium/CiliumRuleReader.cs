using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Writing;

namespace NetPolTools.Dialects.Cilium;

/// <summary>Reads a rule: <c>spec</c>, or an item of <c>specs</c>.</summary>
internal sealed class CiliumRuleReader(FieldReader fields)
{
    private const string Expected = "endpointSelector, nodeSelector, ingress, ingressDeny, egress, egressDeny, enableDefaultDeny, labels, description or log";

    public static bool IsRuleField(string name) => name is "endpointSelector" or "nodeSelector" or "ingress" or "ingressDeny" or "egress" or "egressDeny"
        or "enableDefaultDeny" or "labels" or "description" or "log";

    /// <returns>Null for null, and for what is no rule at all; that was reported.</returns>
    public CiliumRule? Read()
    {
        if (!fields.EnterObject("a rule: a map with " + Expected))
            return null;
        var rule = new CiliumRule();
        while (fields.NextField(out var name))
        {
            switch (name)
            {
                case "endpointSelector":
                    rule = rule with { EndpointSelector = CiliumEntryReader.Selector(fields) };
                    break;
                case "nodeSelector":
                    rule = rule with { NodeSelector = CiliumEntryReader.Selector(fields) };
                    break;
                case "ingress":
                    rule = rule with { Ingress = Entries(isEgress: false, denies: false) };
                    break;
                case "ingressDeny":
                    rule = rule with { IngressDeny = Entries(isEgress: false, denies: true) };
                    break;
                case "egress":
                    rule = rule with { Egress = Entries(isEgress: true, denies: false) };
                    break;
                case "egressDeny":
                    rule = rule with { EgressDeny = Entries(isEgress: true, denies: true) };
                    break;
                case "enableDefaultDeny":
                    rule = ReadDefaultDeny(rule);
                    break;
                case "description":
                    rule = rule with { Description = fields.String() };
                    break;
                case "log":
                    rule = rule with { LogValue = ReadLog() };
                    break;
                case "labels":
                    rule = rule with { Labels = fields.Kind == ManifestTokenKind.Null ? null : ManifestNodeReader.Read(fields) };
                    break;
                default:
                    fields.Unknown($"Unknown field '{name}' in this rule; expected {Expected}{Advice(name)}");
                    break;
            }
        }

        return rule;
    }

    private static string Advice(string name) => name switch
    {
        "podSelector" => "; the pods that a rule is about are below endpointSelector.",
        "policyTypes" => "; a direction is what its sections say.",
        "matchLabels" or "matchExpressions" => $"; '{name}' belongs in a selector: indent it below endpointSelector.",
        _ => ".",
    };

    private FixedList<CiliumEntry>? Entries(bool isEgress, bool denies)
    {
        if (!fields.EnterArray("a list of rules, each with a dash"))
            return null;
        var reader = new CiliumEntryReader(fields, isEgress, denies);
        var entries = new List<CiliumEntry>();
        while (fields.NextItem())
            entries.Add(reader.Read());
        return Indexable.Owned(entries.ToArray());
    }

    private CiliumRule ReadDefaultDeny(CiliumRule rule)
    {
        if (!fields.EnterObject("a map with ingress and egress"))
            return rule;
        while (fields.NextField(out var name))
        {
            if (name == "ingress")
                rule = rule with { DefaultDenyIngress = fields.Boolean() };
            else if (name == "egress")
                rule = rule with { DefaultDenyEgress = fields.Boolean() };
            else
                fields.Unknown($"Unknown field '{name}' in enableDefaultDeny; expected ingress or egress.");
        }

        return rule;
    }

    private string? ReadLog()
    {
        if (!fields.EnterObject("a map with value"))
            return null;
        string? value = null;
        while (fields.NextField(out var name))
        {
            if (name == "value")
                value = fields.String();
            else
                fields.Unknown($"Unknown field '{name}' in log; expected value.");
        }

        return value;
    }
}
