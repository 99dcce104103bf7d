using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Reading;

namespace NetPolTools.Dialects.AdminTiers;

/// <summary>Reads the <c>spec</c> of an admin policy.</summary>
internal sealed class AdminSpecReader(AdminPolicyKind kind, FieldReader fields)
{
    public string? Tier { get; private set; }

    public int? Priority { get; private set; }

    public AdminSubject? Subject { get; private set; }

    public IReadOnlyList<AdminRule>? Ingress { get; private set; }

    public IReadOnlyList<AdminRule>? Egress { get; private set; }

    public static bool IsSpecField(string name) => name is "tier" or "priority" or "subject" or "ingress" or "egress";

    public void Read()
    {
        if (!fields.EnterObject("a map with subject, ingress and egress"))
            return;
        while (fields.NextField(out var name))
        {
            switch (name)
            {
                case "tier" when kind.Tier is null:
                    Tier = fields.String();
                    break;
                case "priority" when kind.HasPriority:
                    Priority = fields.Integer();
                    break;
                case "subject":
                    Subject = ReadSubject();
                    break;
                case "ingress":
                    Ingress = ReadRules("from", isEgress: false);
                    break;
                case "egress":
                    Egress = ReadRules("to", isEgress: true);
                    break;
                default:
                    Unknown(name, "spec", SpecFields(), name switch
                    {
                        "podSelector" or "namespaceSelector" => $"'{name}' belongs in subject.pods.",
                        "policyTypes" => "a direction without rules is left as it is.",
                        "from" or "to" or "action" => $"'{name}' belongs in a rule: a list item below ingress or egress.",
                        _ => null,
                    });
                    break;
            }
        }
    }

    private string SpecFields() =>
        (kind.Tier is null ? "tier, " : "") + (kind.HasPriority ? "priority, " : "") + "subject, ingress or egress";

    private AdminSubject? ReadSubject()
    {
        if (!fields.EnterObject("a map with namespaces or pods"))
            return null;
        var subject = new AdminSubject();
        while (fields.NextField(out var name))
        {
            if (name == "namespaces")
                subject = subject with { Namespaces = ReadNamespaces() };
            else if (name == "pods")
                subject = subject with { Pods = ReadPods() };
            else
                Unknown(name, "subject", "namespaces or pods", SelectorAdvice(name));
        }

        return subject;
    }

    private List<AdminRule>? ReadRules(string peersField, bool isEgress)
    {
        if (!fields.EnterArray($"a list of rules, each with a dash: '- action: …'"))
            return null;
        var rules = new List<AdminRule>();
        while (fields.NextItem())
            rules.Add(ReadRule(peersField, isEgress));
        return rules;
    }

    private AdminRule ReadRule(string peersField, bool isEgress)
    {
        var rule = new AdminRule { Location = fields.Location };
        if (!fields.EnterObject($"a rule: a map with action, {peersField} and {kind.PortsField}"))
            return rule;
        while (fields.NextField(out var name))
        {
            if (name == "name")
                rule = rule with { Name = fields.String() };
            else if (name == "action")
                rule = rule with { Action = fields.String() };
            else if (name == peersField)
                rule = rule with { Peers = ReadPeers(peersField, isEgress) };
            else if (name == kind.PortsField)
                rule = rule with { Ports = new AdminPortReader(kind, fields).Read() };
            else
                Unknown(name, isEgress ? "this egress rule" : "this ingress rule", $"name, action, {peersField} or {kind.PortsField}", name switch
                {
                    "from" => "egress rules say where traffic goes with 'to'.",
                    "to" => "ingress rules say where traffic comes from with 'from'.",
                    "ports" => "a ClusterNetworkPolicy has 'protocols' instead: '- tcp: {destinationPort: {number: 80}}'.",
                    "protocols" => $"a {kind.Name} has 'ports' instead: '- portNumber: {{protocol: TCP, port: 80}}'.",
                    _ => null,
                });
        }

        return rule;
    }

    private List<AdminPeer>? ReadPeers(string peersField, bool isEgress)
    {
        if (!fields.EnterArray("a list of peers, each with a dash"))
            return null;
        var peers = new List<AdminPeer>();
        while (fields.NextItem())
            peers.Add(ReadPeer(peersField, isEgress));
        return peers;
    }

    private AdminPeer ReadPeer(string peersField, bool isEgress)
    {
        var peer = new AdminPeer();
        var expected = "namespaces or pods";
        if (isEgress)
            expected = kind.HasDomainNames ? "namespaces, pods, nodes, networks or domainNames" : "namespaces, pods, nodes or networks";
        if (!fields.EnterObject($"a peer: a map with {expected}"))
            return peer;
        while (fields.NextField(out var name))
        {
            switch (name)
            {
                case "namespaces":
                    peer = peer with { Namespaces = ReadNamespaces() };
                    break;
                case "pods":
                    peer = peer with { Pods = ReadPods() };
                    break;
                case "nodes" when isEgress:
                    peer = peer with { Nodes = SelectorReader.Read(fields) };
                    break;
                case "networks" when isEgress:
                    peer = peer with { Networks = fields.Strings("a list of CIDR blocks, such as [10.0.0.0/8]") };
                    break;
                case "domainNames" when isEgress && kind.HasDomainNames:
                    peer = peer with { DomainNames = fields.Strings("a list of names, such as ['*.example.com']") };
                    break;
                case "nodes" or "networks" or "domainNames":
                    Unknown(name, $"this item of {peersField}", expected, isEgress ? $"a {kind.Name} has no {name}." : "ingress peers are pods alone.");
                    break;
                case "podSelector" or "namespaceSelector" or "matchLabels" or "matchExpressions" or "ipBlock":
                    Unknown(name, $"this item of {peersField}", expected, SelectorAdvice(name));
                    break;
                default:
                    peer = peer with { Unknown = name };
                    fields.Skip();
                    break;
            }
        }

        // Alone it may be a peer of a later version, which has a meaning; beside another it is a slip.
        if (peer is { Unknown: { } slip, IsUnknown: false })
            fields.Report(DiagnosticId.UnknownField, $"Unknown field '{slip}' in this item of {peersField}; expected {expected}.");
        return peer;
    }

    private LabelSelector? ReadNamespaces() => SelectorReader.Read(fields, static name => name switch
    {
        "namespaceSelector" or "sameLabels" or "notSameLabels" =>
            $"'{name}' is the form of versions 0.1.0 to 0.1.2. A later server that does not check strictly drops it, and 'namespaces: {{}}' is left, which is "
            + "every namespace. Write matchLabels directly below namespaces.",
        "podSelector" => "for pods of some namespaces, write pods with namespaceSelector and podSelector.",
        _ => null,
    });

    private AdminPods? ReadPods()
    {
        if (!fields.EnterObject("a map with namespaceSelector and podSelector"))
            return null;
        LabelSelector? namespaces = null, pods = null;
        while (fields.NextField(out var name))
        {
            if (name == "namespaceSelector")
                namespaces = SelectorReader.Read(fields);
            else if (name == "podSelector")
                pods = SelectorReader.Read(fields);
            else
                Unknown(name, "pods", "namespaceSelector or podSelector", name switch
                {
                    "namespaces" => "'namespaces' is the form of versions 0.1.0 to 0.1.2; write namespaceSelector beside podSelector.",
                    "matchLabels" or "matchExpressions" => $"'{name}' belongs in a selector: indent it below podSelector or namespaceSelector.",
                    _ => null,
                });
        }

        return new AdminPods(namespaces, pods);
    }

    private static string? SelectorAdvice(string name) => name switch
    {
        "podSelector" or "namespaceSelector" => $"'{name}' belongs in pods.",
        "matchLabels" or "matchExpressions" => $"'{name}' belongs in a selector: indent it below namespaces.",
        "ipBlock" => "blocks of addresses are a list below networks.",
        _ => null,
    };

    private void Unknown(string name, string place, string expected, string? advice) =>
        fields.Unknown($"Unknown field '{name}' in {place}; expected {expected}{(advice is null ? "." : "; " + advice)}");
}
