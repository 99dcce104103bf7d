using NetPolTools.Text;

namespace NetPolTools.Objects;

/// <summary>A NetworkPolicy (networking.k8s.io/v1) as written: defaults are not filled in, absent and empty stay apart.</summary>
public sealed record NetworkPolicy(ObjectMetadata Metadata) : KubernetesObject(Metadata)
{
    public const string KindName = "NetworkPolicy";

    /// <summary>The one in use since Kubernetes 1.7.</summary>
    public const string ApiVersion = "networking.k8s.io/v1";

    /// <summary>The pods of the policy's namespace that it isolates; absent selects all of them.</summary>
    public LabelSelector PodSelector { get; internal init; } = LabelSelector.Everything;

    /// <summary>Null when absent or null in the input.</summary>
    public IReadOnlyList<NetworkPolicyRule>? Ingress { get; internal init => field = Indexable.Of(value); }

    /// <inheritdoc cref="Ingress"/>
    public IReadOnlyList<NetworkPolicyRule>? Egress { get; internal init => field = Indexable.Of(value); }

    /// <inheritdoc cref="Ingress"/>
    public IReadOnlyList<string>? PolicyTypes { get; internal init => field = Indexable.Of(value); }

    /// <summary>
    /// Whether the pods selected are isolated in a direction: as policyTypes says; where it says nothing, ingress always and egress only when
    /// there is at least one egress rule.
    /// </summary>
    public bool Isolates(PolicyDirection direction) => PolicyTypes is { Count: > 0 }
        ? PolicyTypes.Contains(direction == PolicyDirection.Ingress ? "Ingress" : "Egress")
        : direction == PolicyDirection.Ingress || Egress is { Count: > 0 };

    /// <summary>The rules of a direction; none where the field is absent.</summary>
    public IReadOnlyList<NetworkPolicyRule> Rules(PolicyDirection direction) =>
        (direction == PolicyDirection.Ingress ? Ingress : Egress) ?? [];

    /// <summary>Every ipBlock of its rules, in effect or not.</summary>
    public IEnumerable<IPBlock> IPBlocks() => Rules(PolicyDirection.Ingress).Concat(Rules(PolicyDirection.Egress))
        .SelectMany(static rule => rule.Peers ?? [])
        .Select(static peer => peer.IPBlock)
        .OfType<IPBlock>();

    /// <summary>Every namespaceSelector of its rules, in effect or not.</summary>
    public IEnumerable<LabelSelector> NamespaceSelectors() => Rules(PolicyDirection.Ingress).Concat(Rules(PolicyDirection.Egress))
        .SelectMany(static rule => rule.Peers ?? [])
        .Select(static peer => peer.NamespaceSelector)
        .OfType<LabelSelector>();

    /// <summary>Whether some namespaceSelector of its rules, in effect or not, is as asked for.</summary>
    internal bool HasNamespaceSelector(Predicate<LabelSelector> asked) =>
        HasSelector(Ingress, static peer => peer.NamespaceSelector, asked) || HasSelector(Egress, static peer => peer.NamespaceSelector, asked);

    /// <summary>Whether the selector of its subjects, or some podSelector of its rules, in effect or not, is as asked for.</summary>
    internal bool HasPodSelector(Predicate<LabelSelector> asked) => asked(PodSelector)
        || HasSelector(Ingress, static peer => peer.PodSelector, asked) || HasSelector(Egress, static peer => peer.PodSelector, asked);

    /// <summary>The selector of its subjects, and every podSelector of its rules, in effect or not.</summary>
    public IEnumerable<LabelSelector> PodSelectors() => Rules(PolicyDirection.Ingress).Concat(Rules(PolicyDirection.Egress))
        .SelectMany(static rule => rule.Peers ?? [])
        .Select(static peer => peer.PodSelector)
        .OfType<LabelSelector>()
        .Prepend(PodSelector);

    public override string Kind => KindName;

    /// <summary>The namespace whose pods it may select; absent means default.</summary>
    public string Namespace => Metadata.Namespace ?? "default";

    // Asked of every policy of a fleet, so it makes nothing on its way.
    private static bool HasSelector(
        IReadOnlyList<NetworkPolicyRule>? rules, Func<NetworkPolicyPeer, LabelSelector?> selectorOf, Predicate<LabelSelector> asked)
    {
        for (var i = 0; i < rules?.Count; i++)
        {
            var peers = rules[i].Peers;
            for (var j = 0; j < peers?.Count; j++)
            {
                if (selectorOf(peers[j]) is { } selector && asked(selector))
                    return true;
            }
        }

        return false;
    }
}

public enum PolicyDirection
{
    Ingress,
    Egress,
}

/// <summary>An item of <c>ingress</c> or <c>egress</c>: traffic with any of the peers on any of the ports.</summary>
public sealed record NetworkPolicyRule
{
    /// <summary><c>from</c> or <c>to</c>. Null and empty both mean every peer, in and out of the cluster.</summary>
    public IReadOnlyList<NetworkPolicyPeer>? Peers { get; internal init => field = Indexable.Of(value); }

    /// <summary>Null and empty both mean every port of every protocol.</summary>
    public IReadOnlyList<NetworkPolicyPort>? Ports { get; internal init => field = Indexable.Of(value); }

    public SourceLocation Location { get; internal init; }

    /// <summary>Its peers, one of them each.</summary>
    public IEnumerable<string> PeerTexts() => Peers is { Count: > 0 } ? Peers.Select(static peer => PeerText.Of(peer)) : ["everyone"];

    /// <summary>Its ports as people write them.</summary>
    public string PortText() => Ports is { Count: > 0 } ? string.Join(", ", Ports) : "every port";

    /// <summary><c>pods with app=web of the policy's own namespace on 80/TCP</c>.</summary>
    public override string ToString() => $"{string.Join(" or ", PeerTexts())} on {PortText()}";
}

/// <summary>
/// A peer: pods of the policy's own namespace (podSelector), all pods of some namespaces (namespaceSelector), some pods of some namespaces
/// (both), or addresses (ipBlock, alone).
/// </summary>
public sealed record NetworkPolicyPeer
{
    public LabelSelector? PodSelector { get; internal init; }

    public LabelSelector? NamespaceSelector { get; internal init; }

    public IPBlock? IPBlock { get; internal init; }

    public SourceLocation Location { get; internal init; }

    /// <summary>In words.</summary>
    public override string ToString() => PeerText.Of(this);
}

/// <summary>The addresses of <see cref="Cidr"/> without those of any <see cref="Except"/>; text as written, IPv4 or IPv6.</summary>
public sealed record IPBlock(string Cidr, IReadOnlyList<string> Except)
{
    public string Cidr { get; } = Cidr;

    public IReadOnlyList<string> Except { get; } = Indexable.Of(Except);

    /// <summary><c>10.0.0.0/8 except 10.1.0.0/16</c>.</summary>
    public override string ToString() => Except.Count == 0 ? Cidr : $"{Cidr} except {Except}";
}

/// <summary>An item of <c>ports</c>.</summary>
public sealed record NetworkPolicyPort
{
    /// <summary>Null means TCP.</summary>
    public string? Protocol { get; internal init; }

    /// <summary>Null means every port of the protocol.</summary>
    public PortNumberOrName? Port { get; internal init; }

    /// <summary>The last port of a range that begins with <see cref="Port"/>, inclusive.</summary>
    public int? EndPort { get; internal init; }

    public SourceLocation Location { get; internal init; }

    /// <summary><c>8000-8100/TCP</c>.</summary>
    public override string ToString() => NetworkPolicyPortText.Of(this);
}

/// <summary>Kubernetes' IntOrString for ports: a number as written, or a container port's name when <see cref="Name"/> is not null.</summary>
public readonly record struct PortNumberOrName(int Number, string? Name)
{
    public int Number { get; } = Number;

    public string? Name { get; } = Name;

    public override string ToString() => Name ?? Number.ToString();
}
