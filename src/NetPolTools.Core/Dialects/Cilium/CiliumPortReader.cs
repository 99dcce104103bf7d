using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Writing;

namespace NetPolTools.Dialects.Cilium;

/// <summary>Reads items of <c>toPorts</c> and of <c>icmps</c>.</summary>
internal sealed class CiliumPortReader(FieldReader fields, bool denies)
{
    private const string DenyingFields = "ports";
    private const string AllowingFields = "ports, rules, serverNames, terminatingTLS, originatingTLS or listener";
    private const string DenyingShape = "a map with " + DenyingFields;
    private const string AllowingShape = "a map with " + AllowingFields;

    public CiliumPortRule ReadRule()
    {
        var rule = new CiliumPortRule();
        if (!fields.EnterObject(denies ? DenyingShape : AllowingShape))
            return rule;
        while (fields.NextField(out var name))
        {
            switch (name)
            {
                case "ports":
                    rule = rule with { Ports = ReadPorts() };
                    break;
                case "rules" when !denies:
                    rule = rule with { Rules = Map("a map with http or dns, and a list below it") };
                    break;
                case "serverNames" when !denies:
                    rule = rule with { ServerNames = fields.Strings("a list of names") };
                    break;
                case "terminatingTLS" when !denies:
                    rule = rule with { TerminatingTls = Map("a map with secret") };
                    break;
                case "originatingTLS" when !denies:
                    rule = rule with { OriginatingTls = Map("a map with secret") };
                    break;
                case "listener" when !denies:
                    rule = rule with { Listener = Map("a map with envoyConfig and name") };
                    break;
                default:
                    fields.Unknown($"Unknown field '{name}' in this item of toPorts; expected {(denies ? DenyingFields : AllowingFields)}{Advice(name)}");
                    break;
            }
        }

        return rule;
    }

    private static string Advice(string name) => name switch
    {
        "port" or "protocol" or "endPort" => $"; '{name}' belongs in a list below ports.",
        "rules" => "; what denies has no restrictions above ports.",
        _ => ".",
    };

    public CiliumIcmpRule ReadIcmp()
    {
        List<CiliumIcmpField>? all = null;
        if (!fields.EnterObject("a map with fields"))
            return new CiliumIcmpRule(null);
        while (fields.NextField(out var name))
        {
            if (name == "fields")
                all = ReadIcmpFields();
            else
                fields.Unknown($"Unknown field '{name}' in this item of icmps; expected fields.");
        }

        return new CiliumIcmpRule(all);
    }

    private ManifestMap? Map(string expected)
    {
        if (fields.Kind == ManifestTokenKind.ObjectStart)
            return (ManifestMap)ManifestNodeReader.Read(fields);
        if (fields.Kind != ManifestTokenKind.Null)
            fields.Wrong(expected);
        return null;
    }

    private FixedList<CiliumPort>? ReadPorts()
    {
        if (!fields.EnterArray("a list of ports, each with a dash: '- port: \"80\"'"))
            return null;
        var ports = new List<CiliumPort>();
        while (fields.NextItem())
        {
            string? port = null, protocol = null;
            int? endPort = null;
            if (fields.EnterObject("a map with port, endPort and protocol"))
            {
                while (fields.NextField(out var name))
                {
                    if (name == "port")
                        port = fields.String();
                    else if (name == "endPort")
                        endPort = fields.Integer();
                    else if (name == "protocol")
                        protocol = fields.String();
                    else
                        fields.Unknown($"Unknown field '{name}' in this port; expected port, endPort or protocol.");
                }
            }

            ports.Add(new CiliumPort(port, endPort, protocol));
        }

        return Indexable.Owned(ports.ToArray());
    }

    private List<CiliumIcmpField>? ReadIcmpFields()
    {
        if (!fields.EnterArray("a list of maps with family and type"))
            return null;
        var all = new List<CiliumIcmpField>();
        while (fields.NextItem())
        {
            var field = new CiliumIcmpField(null, null);
            if (fields.EnterObject("a map with family and type"))
            {
                while (fields.NextField(out var name))
                {
                    if (name == "family")
                        field = field with { Family = fields.String() };
                    else if (name == "type")
                        field = field with { Type = fields.PortNumberOrName() };
                    else
                        fields.Unknown($"Unknown field '{name}' in this item; expected family or type.");
                }
            }

            all.Add(field);
        }

        return all;
    }
}
