using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>Ports that match for sure, and ports that may match.</summary>
/// <param name="Must">Match for sure.</param>
/// <param name="May">May match; those that must are among them.</param>
internal readonly record struct PortMatch(PortSet Must, PortSet May)
{
    public static readonly PortMatch None = new(PortSet.None);

    public PortMatch(PortSet exactly)
        : this(exactly, exactly)
    {
    }

    public bool IsExact => ReferenceEquals(Must, May) || Must.Equals(May);

    public PortMatch Intersect(PortMatch other) => new(Must.Intersect(other.Must), May.Intersect(other.May));

    public PortMatch Union(PortMatch other) => new(Must.Union(other.Must), May.Union(other.May));

    /// <param name="everything">All traffic that is looked at.</param>
    public PortMatch Not(PortSet everything) => new(everything.Except(May), everything.Except(Must));
}
