using NetPolTools.Reading;
using NetPolTools.Validation;

namespace NetPolTools.Dialects.Calico;

/// <summary>Reads a rule of a Calico policy.</summary>
internal sealed class CalicoRuleReader(FieldReader fields)
{
    private const string RuleShape = "a rule: a map with action, protocol, source and destination";

    public CalicoRule Read()
    {
        var rule = new CalicoRule { Location = fields.Location };
        if (!fields.EnterObject(RuleShape))
            return rule;
        while (fields.NextField(out var name))
            rule = ReadField(rule, name);
        return rule;
    }

    private CalicoRule ReadField(CalicoRule rule, string name)
    {
        switch (name)
        {
            case "action":
                return rule with { Action = fields.String() };
            case "ipVersion":
                return rule with { IPVersion = fields.Integer() };
            case "protocol":
                return rule with { Protocol = CalicoPortReader.ReadProtocol(fields) };
            case "notProtocol":
                return rule with { NotProtocol = CalicoPortReader.ReadProtocol(fields) };
            case "icmp":
                return rule with { Icmp = ReadIcmp() };
            case "notICMP":
                return rule with { NotIcmp = ReadIcmp() };
            case "source":
                return rule with { Source = new CalicoEntityReader(fields, name).Read() };
            case "destination":
                return rule with { Destination = new CalicoEntityReader(fields, name).Read() };
            case "http":
                return rule with { Http = ReadHttp() };
            case "metadata":
                return rule with { Annotations = ReadMetadata() };
            default:
                fields.Unknown($"Unknown field '{Excerpt.Of(name)}' in this rule; {Advice(name) ?? "expected action, protocol, source or destination"}.");
                return rule;
        }
    }

    private static string? Advice(string name) => name switch
    {
        "from" => "Calico has one source instead of a list of peers: 'source: {selector: …}'",
        "to" => "Calico has one destination instead of a list of peers: 'destination: {selector: …}'",
        "ports" or "notPorts" => $"'{name}' belongs below destination, or below source for source ports; the protocol stands beside them",
        "nets" or "notNets" or "selector" or "notSelector" or "namespaceSelector" or "services" or "serviceAccounts" =>
            $"'{name}' belongs below source or destination",
        _ => null,
    };

    private CalicoIcmp? ReadIcmp()
    {
        if (!fields.EnterObject("a map with type and code"))
            return null;
        int? type = null, code = null;
        while (fields.NextField(out var name))
        {
            if (name == "type")
                type = fields.Integer();
            else if (name == "code")
                code = fields.Integer();
            else
                fields.Unknown($"Unknown field '{Excerpt.Of(name)}' beside icmp's type and code.");
        }

        return new CalicoIcmp(type, code);
    }

    private CalicoHttp? ReadHttp()
    {
        if (!fields.EnterObject("a map with methods and paths"))
            return null;
        IReadOnlyList<string> methods = [];
        var paths = new List<CalicoHttpPath>();
        while (fields.NextField(out var name))
        {
            if (name == "methods")
                methods = fields.Strings("a list of methods, such as [GET]") ?? [];
            else if (name == "paths")
                fields.EachItem("a list of paths, such as [{exact: /a}]", () => paths.Add(ReadPath()));
            else
                fields.Unknown($"Unknown field '{Excerpt.Of(name)}' in http; expected methods or paths.");
        }

        return new CalicoHttp { Methods = methods, Paths = paths };
    }

    private CalicoHttpPath ReadPath()
    {
        string? exact = null, prefix = null;
        if (!fields.EnterObject("a path: a map with exact or prefix"))
            return new CalicoHttpPath(null, null);
        while (fields.NextField(out var name))
        {
            if (name == "exact")
                exact = fields.String();
            else if (name == "prefix")
                prefix = fields.String();
            else
                fields.Unknown($"Unknown field '{Excerpt.Of(name)}' in this path; expected exact or prefix.");
        }

        return new CalicoHttpPath(exact, prefix);
    }

    private List<KeyValuePair<string, string>> ReadMetadata()
    {
        List<KeyValuePair<string, string>>? annotations = null;
        if (!fields.EnterObject("a map with annotations"))
            return [];
        while (fields.NextField(out var name))
        {
            if (name == "annotations")
                annotations = fields.StringMap("a map of strings");
            else
                fields.Unknown($"Unknown field '{Excerpt.Of(name)}' in a rule's metadata; expected annotations.");
        }

        return annotations ?? [];
    }
}
