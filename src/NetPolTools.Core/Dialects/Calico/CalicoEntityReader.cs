using NetPolTools.Reading;
using NetPolTools.Validation;

namespace NetPolTools.Dialects.Calico;

/// <summary>Reads <c>source</c> or <c>destination</c> of a rule.</summary>
internal sealed class CalicoEntityReader(FieldReader fields, string place)
{
    private const string NetsShape = "a list of CIDR blocks, such as [10.0.0.0/8]";

    public CalicoEntity Read()
    {
        var entity = CalicoEntity.Any;
        if (!fields.EnterObject("a map with selector, namespaceSelector, nets, ports and others"))
            return entity;
        while (fields.NextField(out var name))
            entity = ReadField(entity, name);
        return entity;
    }

    private CalicoEntity ReadField(CalicoEntity entity, string name)
    {
        switch (name)
        {
            case "nets":
                return entity with { Nets = fields.Strings(NetsShape) ?? [] };
            case "notNets":
                return entity with { NotNets = fields.Strings(NetsShape) ?? [] };
            case "selector":
                return entity with { Selector = fields.String() };
            case "notSelector":
                return entity with { NotSelector = fields.String() };
            case "namespaceSelector":
                return entity with { NamespaceSelector = fields.String() };
            case "services":
                return entity with { Services = ReadService() };
            case "serviceAccounts":
                return entity with { ServiceAccounts = ReadAccounts() };
            case "ports":
                return entity with { Ports = CalicoPortReader.ReadPorts(fields) };
            case "notPorts":
                return entity with { NotPorts = CalicoPortReader.ReadPorts(fields) };
            default:
                fields.Unknown($"Unknown field '{Excerpt.Of(name)}' in {place}; {Advice(name)}.");
                return entity;
        }
    }

    private static string Advice(string name) => name switch
    {
        "domains" => "rules by domain name are for Calico Enterprise and Calico Cloud only",
        "podSelector" or "matchLabels" or "matchExpressions" => "Calico has a selector in one line: selector: app == 'web'",
        "ipBlock" or "cidr" => "blocks of addresses are a list below nets",
        "except" => "addresses to leave out are a list below notNets",
        "protocol" => "the protocol stands beside source and destination",
        _ => "expected selector, notSelector, namespaceSelector, nets, notNets, ports, notPorts, services or serviceAccounts",
    };

    private CalicoService? ReadService()
    {
        if (!fields.EnterObject("a map with the name and namespace of a Service"))
            return null;
        string? service = null, ns = null;
        while (fields.NextField(out var name))
        {
            if (name == "name")
                service = fields.String();
            else if (name == "namespace")
                ns = fields.String();
            else
                fields.Unknown($"Unknown field '{Excerpt.Of(name)}' in services; expected name or namespace.");
        }

        return new CalicoService(service, ns);
    }

    private CalicoServiceAccounts? ReadAccounts()
    {
        if (!fields.EnterObject("a map with names and selector"))
            return null;
        var accounts = new CalicoServiceAccounts();
        while (fields.NextField(out var name))
        {
            if (name == "names")
                accounts = accounts with { Names = fields.Strings("a list of names of service accounts") ?? [] };
            else if (name == "selector")
                accounts = accounts with { Selector = fields.String() };
            else
                fields.Unknown($"Unknown field '{Excerpt.Of(name)}' in serviceAccounts; expected names or selector.");
        }

        return accounts;
    }
}
