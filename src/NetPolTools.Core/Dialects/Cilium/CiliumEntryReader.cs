using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Writing;

namespace NetPolTools.Dialects.Cilium;

/// <summary>Reads items of a section.</summary>
internal sealed class CiliumEntryReader(FieldReader fields, bool isEgress, bool denies)
{
    private static readonly ImmutableArray<string> PeerFields = ["Endpoints", "Entities", "CIDR", "CIDRSet", "Nodes", "Groups"];

    // Every item of every policy is entered with it.
    private static readonly ImmutableArray<string> Shapes =
    [
        Shape(isEgress: false, denies: false),
        Shape(isEgress: false, denies: true),
        Shape(isEgress: true, denies: false),
        Shape(isEgress: true, denies: true),
    ];

    private readonly string _prefix = isEgress ? "to" : "from";
    private readonly CiliumSharedValues _shared = fields.Shared.Of<CiliumSharedValues>();

    private CiliumPortReader Ports => new(fields, denies);

    /// <summary>One object for selectors of the same text; null for null.</summary>
    public static LabelSelector? Selector(FieldReader fields) => SelectorReader.Read(fields);

    public CiliumEntry Read()
    {
        var (location, parts) = (fields.Location, default(Parts));
        if (fields.EnterObject(Shapes[CiliumRule.NumberOf(isEgress ? PolicyDirection.Egress : PolicyDirection.Ingress, denies)]))
        {
            while (fields.NextField(out var name))
                ReadField(name, ref parts);
        }

        return new CiliumEntry
        {
            Endpoints = parts.Endpoints,
            Requires = parts.Requires,
            Entities = parts.Entities,
            Cidrs = parts.Cidrs,
            CidrSet = parts.CidrSet,
            Nodes = parts.Nodes,
            Groups = parts.Groups,
            Services = parts.Services,
            Fqdns = parts.Fqdns,
            Ports = parts.Ports,
            Icmps = parts.Icmps,
            AuthenticationMode = parts.AuthenticationMode,
            Location = location,
        };
    }

    private static string Shape(bool isEgress, bool denies) => "a map with some of " + Expected(isEgress, denies);

    private static string Expected(bool isEgress, bool denies) => string.Join(
        ", ",
        PeerFields.Select(peers => (isEgress ? "to" : "from") + peers)
            .Concat(isEgress ? ["toServices"] : [])
            .Concat(isEgress && !denies ? ["toFQDNs"] : [])
            .Append("toPorts")
            .Append("icmps")
            .Concat(denies ? [] : ["authentication"]));

    private void ReadField(string name, ref Parts parts)
    {
        switch (name)
        {
            case "toPorts":
                parts.Ports = fields.Known(denies ? _shared.Ports.Denying : _shared.Ports.Allowing, this, static (_, reader) =>
                    reader.Items("a list of maps with ports, each with a dash", reader.Ports.ReadRule));
                return;
            case "icmps":
                parts.Icmps = Items("a list of maps with fields, each with a dash", Ports.ReadIcmp);
                return;
            case "authentication" when !denies:
                parts.AuthenticationMode = ReadAuthentication();
                return;
            case "toServices" when isEgress:
                parts.Services = Items("a list of maps with k8sService or k8sServiceSelector", ReadService);
                return;
            case "toFQDNs" when isEgress && !denies:
                parts.Fqdns = Items("a list of maps with matchName or matchPattern", ReadDomain);
                return;
        }

        if (!name.StartsWith(_prefix, StringComparison.Ordinal) || !TryReadPeers(name.AsSpan(_prefix.Length), ref parts))
            fields.Unknown($"Unknown field '{name}' in this item; expected {Expected(isEgress, denies)}{Advice(name)}");
    }

    private bool TryReadPeers(ReadOnlySpan<char> name, ref Parts parts)
    {
        switch (name)
        {
            case "Endpoints":
                parts.Endpoints = Selectors();
                return true;
            case "Requires":
                parts.Requires = Selectors();
                return true;
            case "Nodes":
                parts.Nodes = Selectors();
                return true;
            case "Entities":
                parts.Entities = fields.Strings("a list of entities, such as [world]");
                return true;
            case "CIDR":
                parts.Cidrs = fields.Strings("a list of CIDR blocks, such as [10.0.0.0/8]");
                return true;
            case "CIDRSet":
                parts.CidrSet = fields.Known(_shared.CidrSets, this, static (_, reader) =>
                    reader.Items("a list of maps with cidr, cidrGroupRef or cidrGroupSelector", reader.ReadCidrRule));
                return true;
            case "Groups":
                parts.Groups = Items("a list of groups", () => ManifestNodeReader.Read(fields));
                return true;
            default:
                return false;
        }
    }

    private string Advice(string name) => name switch
    {
        "from" or "to" => $"; peers are below {_prefix}Endpoints, {_prefix}Entities or {_prefix}CIDR.",
        "ports" => "; ports are below toPorts: '- ports: [{port: \"80\", protocol: TCP}]'.",
        "fromPorts" => "; ports are those of the destination in both directions: toPorts.",
        "toFQDNs" when denies => "; names can only be allowed.",
        "authentication" => "; only what is allowed can be authenticated.",
        _ when name.StartsWith(isEgress ? "from" : "to", StringComparison.Ordinal) =>
            $"; {(isEgress ? "egress says where traffic goes with 'to…'" : "ingress says where traffic comes from with 'from…'")}.",
        _ => ".",
    };

    private FixedList<T>? Items<T>(string expected, Func<T> read)
    {
        if (!fields.EnterArray(expected))
            return null;
        var items = new List<T>();
        while (fields.NextItem())
            items.Add(read());
        return Indexable.Owned(items.ToArray());
    }

    /// <summary>An item that is null is an empty selector to the server.</summary>
    private FixedList<LabelSelector>? Selectors()
    {
        if (!fields.EnterArray("a list of selectors, each with a dash: '- matchLabels: …'"))
            return null;
        var selectors = _shared.SelectorScratch;
        selectors.Clear();
        while (fields.NextItem())
            selectors.Add(Selector(fields) ?? LabelSelector.Everything);
        return Indexable.Owned(selectors.ToArray());
    }

    private string? ReadAuthentication()
    {
        if (!fields.EnterObject("a map with mode"))
            return null;
        string? mode = null;
        while (fields.NextField(out var name))
        {
            if (name == "mode")
                mode = fields.String();
            else
                fields.Unknown($"Unknown field '{name}' in authentication; expected mode.");
        }

        return mode;
    }

    private CiliumCidrRule ReadCidrRule()
    {
        var rule = new CiliumCidrRule(null, null, null, null);
        if (!fields.EnterObject("a map with cidr, cidrGroupRef or cidrGroupSelector, and except"))
            return rule;
        while (fields.NextField(out var name))
        {
            if (name == "cidr")
                rule = rule with { Cidr = fields.String() };
            else if (name == "cidrGroupRef")
                rule = rule with { GroupRef = fields.String() };
            else if (name == "cidrGroupSelector")
                rule = rule with { GroupSelector = Selector(fields) };
            else if (name == "except")
                rule = rule with { Except = fields.Strings("a list of CIDR blocks") };
            else
                fields.Unknown($"Unknown field '{name}' in this item; expected cidr, cidrGroupRef, cidrGroupSelector or except.");
        }

        return rule;
    }

    private CiliumDomain ReadDomain()
    {
        var domain = new CiliumDomain(null, null);
        if (!fields.EnterObject("a map with matchName or matchPattern"))
            return domain;
        while (fields.NextField(out var name))
        {
            if (name == "matchName")
                domain = domain with { Name = fields.String() };
            else if (name == "matchPattern")
                domain = domain with { Pattern = fields.String() };
            else
                fields.Unknown($"Unknown field '{name}' in this item; expected matchName or matchPattern.");
        }

        return domain;
    }

    private CiliumService ReadService()
    {
        var service = new CiliumService();
        if (!fields.EnterObject("a map with k8sService or k8sServiceSelector"))
            return service;
        while (fields.NextField(out var name))
        {
            if (name == "k8sService")
                service = service with { Name = ReadServiceName() };
            else if (name == "k8sServiceSelector")
                service = service with { Selector = ReadServiceSelector() };
            else
                fields.Unknown($"Unknown field '{name}' in this item; expected k8sService or k8sServiceSelector.");
        }

        return service;
    }

    private CiliumServiceName? ReadServiceName()
    {
        if (!fields.EnterObject("a map with serviceName and namespace"))
            return null;
        var named = new CiliumServiceName(null, null);
        while (fields.NextField(out var name))
        {
            if (name == "serviceName")
                named = named with { ServiceName = fields.String() };
            else if (name == "namespace")
                named = named with { Namespace = fields.String() };
            else
                fields.Unknown($"Unknown field '{name}' in k8sService; expected serviceName or namespace.");
        }

        return named;
    }

    private CiliumServiceSelector? ReadServiceSelector()
    {
        if (!fields.EnterObject("a map with selector and namespace"))
            return null;
        var selected = new CiliumServiceSelector(null, null);
        while (fields.NextField(out var name))
        {
            if (name == "selector")
                selected = selected with { Selector = Selector(fields) };
            else if (name == "namespace")
                selected = selected with { Namespace = fields.String() };
            else
                fields.Unknown($"Unknown field '{name}' in k8sServiceSelector; expected selector or namespace.");
        }

        return selected;
    }

    /// <summary>An entry on its way.</summary>
    private struct Parts
    {
        public IReadOnlyList<LabelSelector>? Endpoints;
        public IReadOnlyList<LabelSelector>? Requires;
        public IReadOnlyList<string>? Entities;
        public IReadOnlyList<string>? Cidrs;
        public IReadOnlyList<CiliumCidrRule>? CidrSet;
        public IReadOnlyList<LabelSelector>? Nodes;
        public IReadOnlyList<ManifestNode>? Groups;
        public IReadOnlyList<CiliumService>? Services;
        public IReadOnlyList<CiliumDomain>? Fqdns;
        public IReadOnlyList<CiliumPortRule>? Ports;
        public IReadOnlyList<CiliumIcmpRule>? Icmps;
        public string? AuthenticationMode;
    }
}
