namespace NetPolTools.Authoring.Inference;

/// <summary>What the policies to be made close: namespaces, and directions.</summary>
internal sealed class InferenceScope
{
    private readonly HashSet<string> _namespaces;

    public InferenceScope(IEnumerable<string> namespaces, DenyDirection direction)
    {
        _namespaces = [.. namespaces];
        ClosesIngress = direction.ClosesIngress();
        ClosesEgress = direction.ClosesEgress();
        PolicyTypes = direction.PolicyTypes();
    }

    public bool ClosesIngress { get; }

    public bool ClosesEgress { get; }

    public IEnumerable<string> Namespaces => _namespaces.Order(StringComparer.Ordinal);

    public IReadOnlyList<string> PolicyTypes { get; }

    public bool Holds(string? @namespace) => @namespace is not null && _namespaces.Contains(@namespace);

    /// <summary>Whether the policies decide about traffic between pods of these namespaces; null for addresses.</summary>
    public bool Decides(string? source, string? destination) => (ClosesEgress && Holds(source)) || (ClosesIngress && Holds(destination));

    public bool Decides(Traffic traffic) => Decides(NamespaceOf(traffic.Source), NamespaceOf(traffic.Destination));

    /// <summary>The namespace whose policies can select something of an end; null where none can.</summary>
    public static string? NamespaceOf(TrafficEnd end) => end.WholeNamespace ?? (end.Pods.IsEmpty ? null : end.Name.Namespace);
}
