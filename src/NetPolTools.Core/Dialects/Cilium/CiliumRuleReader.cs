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
        LabelSelector? endpoints = null, nodes = null;
        FixedList<CiliumEntry>? ingress = null, ingressDeny = null, egress = null, egressDeny = null;
        (bool? Ingress, bool? Egress) defaultDeny = default;
        string? description = null, logValue = null;
        ManifestNode? labels = null;
        while (fields.NextField(out var name))
        {
            switch (name)
            {
                case "endpointSelector":
                    endpoints = CiliumEntryReader.Selector(fields);
                    break;
                case "nodeSelector":
                    nodes = CiliumEntryReader.Selector(fields);
                    break;
                case "ingress":
                    ingress = Entries(isEgress: false, denies: false);
                    break;
                case "ingressDeny":
                    ingressDeny = Entries(isEgress: false, denies: true);
                    break;
                case "egress":
                    egress = Entries(isEgress: true, denies: false);
                    break;
                case "egressDeny":
                    egressDeny = Entries(isEgress: true, denies: true);
                    break;
                case "enableDefaultDeny":
                    ReadDefaultDeny(ref defaultDeny);
                    break;
                case "description":
                    description = fields.String();
                    break;
                case "log":
                    logValue = ReadLog();
                    break;
                case "labels":
                    labels = fields.Kind == ManifestTokenKind.Null ? null : ManifestNodeReader.Read(fields);
                    break;
                default:
                    fields.Unknown($"Unknown field '{name}' in this rule; expected {Expected}{Advice(name)}");
                    break;
            }
        }

        return new CiliumRule
        {
            EndpointSelector = endpoints,
            NodeSelector = nodes,
            Ingress = ingress,
            IngressDeny = ingressDeny,
            Egress = egress,
            EgressDeny = egressDeny,
            DefaultDenyIngress = defaultDeny.Ingress,
            DefaultDenyEgress = defaultDeny.Egress,
            Description = description,
            LogValue = logValue,
            Labels = labels,
        };
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
        var entries = fields.Shared.Of<CiliumSharedValues>().EntryScratch;
        entries.Clear();
        while (fields.NextItem())
            entries.Add(reader.Read());
        return Indexable.Owned(entries.ToArray());
    }

    private void ReadDefaultDeny(ref (bool? Ingress, bool? Egress) denies)
    {
        if (!fields.EnterObject("a map with ingress and egress"))
            return;
        while (fields.NextField(out var name))
        {
            if (name == "ingress")
                denies.Ingress = fields.Boolean();
            else if (name == "egress")
                denies.Egress = fields.Boolean();
            else
                fields.Unknown($"Unknown field '{name}' in enableDefaultDeny; expected ingress or egress.");
        }
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
