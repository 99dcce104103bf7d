using NetPolTools.Objects;
using NetPolTools.Text;
using NetPolTools.Writing;

namespace NetPolTools.Dialects.Cilium;

/// <summary>
/// An item of a section. The peers' fields are <c>from…</c> in ingress sections and <c>to…</c> in egress sections; at most one of them has items, and one that
/// is there without items selects nobody.
/// </summary>
public sealed record CiliumEntry
{
    /// <summary><c>fromEndpoints</c>, <c>toEndpoints</c>.</summary>
    public IReadOnlyList<LabelSelector>? Endpoints { get; internal init => field = Indexable.Of(value); }

    /// <summary><c>fromRequires</c>, <c>toRequires</c>: gone since 1.19.</summary>
    public IReadOnlyList<LabelSelector>? Requires { get; internal init => field = Indexable.Of(value); }

    public IReadOnlyList<string>? Entities { get; internal init => field = Indexable.Of(value); }

    /// <summary><c>fromCIDR</c>, <c>toCIDR</c>.</summary>
    public IReadOnlyList<string>? Cidrs { get; internal init => field = Indexable.Of(value); }

    public IReadOnlyList<CiliumCidrRule>? CidrSet { get; internal init => field = Indexable.Of(value); }

    /// <summary>By labels of nodes.</summary>
    public IReadOnlyList<LabelSelector>? Nodes { get; internal init => field = Indexable.Of(value); }

    /// <summary>Groups of a cloud provider, as written.</summary>
    internal IReadOnlyList<ManifestNode>? Groups { get; init => field = Indexable.Of(value); }

    /// <summary>Of egress alone.</summary>
    public IReadOnlyList<CiliumService>? Services { get; internal init => field = Indexable.Of(value); }

    /// <summary>Of rules that allow egress alone.</summary>
    public IReadOnlyList<CiliumDomain>? Fqdns { get; internal init => field = Indexable.Of(value); }

    /// <summary><c>toPorts</c>, in both directions the ports of the destination.</summary>
    public IReadOnlyList<CiliumPortRule>? Ports { get; internal init => field = Indexable.Of(value); }

    public IReadOnlyList<CiliumIcmpRule>? Icmps { get; internal init => field = Indexable.Of(value); }

    /// <summary><c>authentication.mode</c>, of rules that allow alone.</summary>
    public string? AuthenticationMode { get; internal init; }

    public SourceLocation Location { get; internal init; }

    /// <summary>How many of the peers' fields have items.</summary>
    internal int SortsOfPeers => One(Endpoints) + One(Cidrs) + One(CidrSet) + One(Entities) + One(Nodes) + One(Groups) + One(Services) + One(Fqdns);

    /// <summary>How many items the peers' fields have together.</summary>
    internal int PeerCount => Of(Endpoints) + Of(Cidrs) + Of(CidrSet) + Of(Entities) + Of(Nodes) + Of(Groups) + Of(Services) + Of(Fqdns);

    /// <summary>The first of the peers' fields that is there and empty and so selects nobody; null for none. Of some fields that counts as absent.</summary>
    internal string? EmptyPeers =>
        PeerFields().FirstOrDefault(static given => given.Count == 0 && given.Field is not ("FQDNs" or "Services" or "Groups")).Field;

    /// <summary>The peers' fields that it has, with how many items each has; without the direction: <c>Endpoints</c>.</summary>
    public IEnumerable<(string Field, int Count)> PeerFields()
    {
        if (Endpoints is not null)
            yield return ("Endpoints", Endpoints.Count);
        if (Cidrs is not null)
            yield return ("CIDR", Cidrs.Count);
        if (CidrSet is not null)
            yield return ("CIDRSet", CidrSet.Count);
        if (Entities is not null)
            yield return ("Entities", Entities.Count);
        if (Nodes is not null)
            yield return ("Nodes", Nodes.Count);
        if (Groups is not null)
            yield return ("Groups", Groups.Count);
        if (Services is not null)
            yield return ("Services", Services.Count);
        if (Fqdns is not null)
            yield return ("FQDNs", Fqdns.Count);
    }

    private static int Of<T>(IReadOnlyList<T>? items) => items?.Count ?? 0;

    private static int One<T>(IReadOnlyList<T>? items) => items is { Count: > 0 } ? 1 : 0;
}

/// <summary>An item of <c>fromCIDRSet</c> and <c>toCIDRSet</c>: one of its first three members.</summary>
/// <param name="Cidr">A block as written.</param>
/// <param name="GroupRef">The name of a CiliumCIDRGroup.</param>
/// <param name="GroupSelector">Groups by their labels.</param>
/// <param name="Except">Taken out of this item alone; null where absent.</param>
public sealed record CiliumCidrRule(string? Cidr, string? GroupRef, LabelSelector? GroupSelector, IReadOnlyList<string>? Except)
{
    public string? Cidr { get; internal init; } = Cidr;

    public string? GroupRef { get; internal init; } = GroupRef;

    public LabelSelector? GroupSelector { get; internal init; } = GroupSelector;

    public IReadOnlyList<string>? Except { get; internal init => field = Indexable.Of(value); } = Indexable.Of(Except);
}

/// <summary>An item of <c>toServices</c>: by name, or by labels.</summary>
public sealed record CiliumService
{
    public CiliumServiceName? Name { get; internal init; }

    public CiliumServiceSelector? Selector { get; internal init; }
}

/// <summary><c>k8sService</c>.</summary>
public sealed record CiliumServiceName(string? ServiceName, string? Namespace)
{
    public string? ServiceName { get; internal init; } = ServiceName;

    public string? Namespace { get; internal init; } = Namespace;
}

/// <summary><c>k8sServiceSelector</c>.</summary>
public sealed record CiliumServiceSelector(LabelSelector? Selector, string? Namespace)
{
    public LabelSelector? Selector { get; internal init; } = Selector;

    public string? Namespace { get; internal init; } = Namespace;
}

/// <summary>An item of <c>toFQDNs</c>: a name, or a pattern with <c>*</c>.</summary>
public sealed record CiliumDomain(string? Name, string? Pattern)
{
    public string? Name { get; internal init; } = Name;

    public string? Pattern { get; internal init; } = Pattern;

    /// <summary>As an end is named by it: <c>*.example.com</c>.</summary>
    public string Text => Name is { Length: > 0 } ? Name : Pattern ?? "";
}

/// <summary>An item of <c>toPorts</c>.</summary>
public sealed record CiliumPortRule
{
    /// <summary>Null where absent; neither absent nor empty matches anything.</summary>
    public IReadOnlyList<CiliumPort>? Ports { get; internal init => field = Indexable.Of(value); }

    /// <summary>Restrictions above ports, as written.</summary>
    internal ManifestMap? Rules { get; init; }

    public IReadOnlyList<string>? ServerNames { get; internal init => field = Indexable.Of(value); }

    internal ManifestNode? TerminatingTls { get; init; }

    internal ManifestNode? OriginatingTls { get; init; }

    internal ManifestMap? Listener { get; init; }

    /// <summary>The items of <c>rules.http</c>, <c>rules.dns</c> and so on; none where it is absent.</summary>
    public IReadOnlyList<ManifestNode> RulesOf(string protocol) => (Rules?[protocol] as ManifestList)?.Items ?? [];

    /// <summary>Whether there are restrictions above ports, of any kind.</summary>
    public bool HasRules => Rules?.Fields.Any(static given => given.Value is ManifestList) == true;
}

/// <summary>A port, or a range.</summary>
/// <param name="Port">A number or a name; <c>0</c> for all ports of the protocol.</param>
/// <param name="EndPort">The last port; null where absent.</param>
/// <param name="Protocol">As written; null for TCP, UDP and SCTP.</param>
public sealed record CiliumPort(string? Port, int? EndPort, string? Protocol)
{
    public string? Port { get; internal init; } = Port;

    public int? EndPort { get; internal init; } = EndPort;

    public string? Protocol { get; internal init; } = Protocol;
}

/// <summary>An item of <c>icmps</c>.</summary>
public sealed record CiliumIcmpRule(IReadOnlyList<CiliumIcmpField>? Fields)
{
    public IReadOnlyList<CiliumIcmpField>? Fields { get; internal init => field = Indexable.Of(value); } = Indexable.Of(Fields);
}

/// <summary>A type of ICMP messages.</summary>
/// <param name="Family">IPv4 or IPv6; null for IPv4.</param>
/// <param name="Type">A number or a name; null where absent.</param>
public sealed record CiliumIcmpField(string? Family, PortNumberOrName? Type)
{
    public string? Family { get; internal init; } = Family;

    public PortNumberOrName? Type { get; internal init; } = Type;
}
