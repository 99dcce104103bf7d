using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Writing;

namespace NetPolTools.Dialects.Cilium;

/// <summary>A rule: some endpoints or nodes, and what they may and may not send and receive.</summary>
public sealed record CiliumRule
{
    /// <summary>The pods that it is about. One of this and <see cref="NodeSelector"/>.</summary>
    public LabelSelector? EndpointSelector { get; internal init; }

    /// <summary>The nodes that it is about, of clusterwide policies.</summary>
    public LabelSelector? NodeSelector { get; internal init; }

    public IReadOnlyList<CiliumEntry>? Ingress { get; internal init => field = Indexable.Of(value); }

    public IReadOnlyList<CiliumEntry>? IngressDeny { get; internal init => field = Indexable.Of(value); }

    public IReadOnlyList<CiliumEntry>? Egress { get; internal init => field = Indexable.Of(value); }

    public IReadOnlyList<CiliumEntry>? EgressDeny { get; internal init => field = Indexable.Of(value); }

    /// <summary><c>enableDefaultDeny.ingress</c>; null where it says nothing.</summary>
    public bool? DefaultDenyIngress { get; internal init; }

    /// <summary><c>enableDefaultDeny.egress</c>; null where it says nothing.</summary>
    public bool? DefaultDenyEgress { get; internal init; }

    public string? Description { get; internal init; }

    /// <summary><c>log.value</c>.</summary>
    public string? LogValue { get; internal init; }

    /// <summary><c>labels</c> as written: they decide nothing.</summary>
    internal ManifestNode? Labels { get; init; }

    /// <summary>The entries of a section; none where it is absent.</summary>
    public IReadOnlyList<CiliumEntry> Entries(PolicyDirection direction, bool denies) => (direction, denies) switch
    {
        (PolicyDirection.Ingress, false) => Ingress,
        (PolicyDirection.Ingress, true) => IngressDeny,
        (PolicyDirection.Egress, false) => Egress,
        _ => EgressDeny,
    } ?? [];

    /// <summary>Whether it has anything for a direction.</summary>
    public bool IsAbout(PolicyDirection direction) => Entries(direction, denies: false).Count + Entries(direction, denies: true).Count > 0;

    /// <summary>Whether it denies its subjects what no rule allows. A section that has an entry does so, be it empty, unless it is told not to.</summary>
    public bool DeniesByDefault(PolicyDirection direction) =>
        IsAbout(direction) && (direction == PolicyDirection.Ingress ? DefaultDenyIngress : DefaultDenyEgress) != false;

    /// <summary>The path of a section.</summary>
    /// <param name="path">Of the rule.</param>
    /// <param name="direction">Of the section.</param>
    /// <param name="denies">Whether it denies.</param>
    internal static string PathOf(string path, PolicyDirection direction, bool denies) =>
        path == "spec" ? SpecPaths[NumberOf(direction, denies)].List : $"{path}.{Sections[NumberOf(direction, denies)].Field}";

    /// <summary>The paths of its entries.</summary>
    /// <inheritdoc cref="PathOf"/>
    internal static ItemPaths PathsOf(string path, PolicyDirection direction, bool denies) =>
        path == "spec" ? SpecPaths[NumberOf(direction, denies)] : new ItemPaths(PathOf(path, direction, denies));

    /// <summary>Where a section stands among <see cref="Sections"/>.</summary>
    internal static int NumberOf(PolicyDirection direction, bool denies) => (direction == PolicyDirection.Egress ? 2 : 0) + (denies ? 1 : 0);

    /// <summary>The four sections with their field names.</summary>
    public static ImmutableArray<(string Field, PolicyDirection Direction, bool Denies)> Sections { get; } =
    [
        ("ingress", PolicyDirection.Ingress, false),
        ("ingressDeny", PolicyDirection.Ingress, true),
        ("egress", PolicyDirection.Egress, false),
        ("egressDeny", PolicyDirection.Egress, true),
    ];

    private static readonly ImmutableArray<ItemPaths> SpecPaths = [.. Sections.Select(static section => new ItemPaths("spec." + section.Field))];
}
