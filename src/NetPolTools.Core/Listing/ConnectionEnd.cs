using NetPolTools.Reachability;

namespace NetPolTools.Listing;

/// <summary>One end of a connection: a workload, pod or namespace of the cluster, or addresses outside it.</summary>
public sealed record ConnectionEnd
{
    public const string IngressControllerKind = "IngressController";

    /// <summary>The kind of ends that a policy API has a name for, such as <c>kube-apiserver</c>. Their namespace is empty.</summary>
    public const string EntityKind = "Entity";

    /// <summary>The kind of names in DNS that policies allow, perhaps with wildcards. Their namespace is empty.</summary>
    public const string DomainKind = "DomainName";

    /// <summary>
    /// An ingress controller that is not in the input: a pod somewhere in the cluster of which neither labels nor namespace are known. Its namespace
    /// is empty.
    /// </summary>
    public static readonly ConnectionEnd IngressController = new("", "{ingress-controller}", IngressControllerKind, null);

    private ConnectionEnd(string? @namespace, string? name, string? kind, string? addresses)
    {
        Namespace = @namespace;
        Name = name;
        Kind = kind;
        Addresses = addresses;
    }

    /// <summary>Null for addresses.</summary>
    public string? Namespace { get; }

    /// <inheritdoc cref="Namespace"/>
    public string? Name { get; }

    /// <inheritdoc cref="Namespace"/>
    public string? Kind { get; }

    /// <summary>
    /// <c>10.0.0.0-10.255.255.255</c>, or single addresses joined by commas; null for an end inside the cluster. Pods whose addresses lie in the
    /// range are not meant.
    /// </summary>
    public string? Addresses { get; }

    public static ConnectionEnd InCluster(string @namespace, string name, string kind) => new(@namespace, name, kind, null);

    public static ConnectionEnd Outside(string addresses) => new(null, null, null, addresses);

    public static ConnectionEnd Named(NamedEnd end) => new("", end.Name, end.IsOutside ? DomainKind : EntityKind, null);

    /// <summary>The order of every listing: by namespace, name and kind.</summary>
    internal static IOrderedEnumerable<T> InOrder<T>(IEnumerable<T> items, Func<T, ConnectionEnd> endOf) => items
        .OrderBy(item => endOf(item).Namespace, StringComparer.Ordinal)
        .ThenBy(item => endOf(item).Name, StringComparer.Ordinal)
        .ThenBy(item => endOf(item).Kind, StringComparer.Ordinal);

    /// <summary>The same order for two ends in the cluster.</summary>
    internal static int Compare(ConnectionEnd a, ConnectionEnd b)
    {
        var by = string.CompareOrdinal(a.Namespace, b.Namespace);
        if (by == 0)
            by = string.CompareOrdinal(a.Name, b.Name);
        return by != 0 ? by : string.CompareOrdinal(a.Kind, b.Kind);
    }

    /// <summary><c>store/api[Deployment]</c>, or the addresses, <c>{ingress-controller}</c>, or the name of an end that has nothing else.</summary>
    public override string ToString() => Addresses ?? (Kind is IngressControllerKind or EntityKind or DomainKind ? Name! : $"{Namespace}/{Name}[{Kind}]");
}
