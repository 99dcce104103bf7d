namespace NetPolTools.Difference;

public enum PolicyChangeKind
{
    Added,
    Removed,
    Changed,
}

/// <summary>A NetworkPolicy that is not the same on both sides.</summary>
public sealed record PolicyChange(PolicyChangeKind Kind, string Namespace, string Name)
{
    /// <summary><c>+shop/web</c> for added, <c>-shop/web</c> for removed, <c>~shop/web</c> for changed.</summary>
    public override string ToString() => $"{(Kind switch { PolicyChangeKind.Added => '+', PolicyChangeKind.Removed => '-', _ => '~' })}{Namespace}/{Name}";
}
