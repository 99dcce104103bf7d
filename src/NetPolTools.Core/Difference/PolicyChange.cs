using NetPolTools.Objects;

namespace NetPolTools.Difference;

public enum PolicyChangeKind
{
    Added,
    Removed,
    Changed,
}

/// <summary>A policy that is not the same on both sides, or a set of addresses that policies refer to.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Namespace">Null for a policy of a kind that is in no namespace.</param>
/// <param name="Name">Its name.</param>
public sealed record PolicyChange(PolicyChangeKind Kind, string? Namespace, string Name)
{
    /// <summary>The kind of the object.</summary>
    public string PolicyKind { get; init; } = NetworkPolicy.KindName;

    /// <summary>What came and what went, in words, of a set that is on both sides; empty for policies.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>
    /// <c>+shop/web</c> for added, <c>-shop/web</c> for removed, <c>~shop/web</c> for changed; of other kinds than NetworkPolicy the kind stands
    /// before the name.
    /// </summary>
    public override string ToString()
    {
        var sign = Kind switch { PolicyChangeKind.Added => '+', PolicyChangeKind.Removed => '-', _ => '~' };
        var name = Namespace is null ? Name : $"{Namespace}/{Name}";
        return PolicyKind == NetworkPolicy.KindName ? $"{sign}{name}" : $"{sign}{PolicyKind} {name}";
    }
}
