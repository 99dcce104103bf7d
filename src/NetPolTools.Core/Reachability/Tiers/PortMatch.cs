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

    public bool IsExact => IsOne || Must.Equals(May);

    /// <summary>Seen without comparing.</summary>
    private bool IsOne => ReferenceEquals(Must, May);

    public PortMatch Intersect(PortMatch other)
    {
        var must = Must.Intersect(other.Must);
        return IsOne && other.IsOne ? new PortMatch(must) : new PortMatch(must, May.Intersect(other.May));
    }

    public PortMatch Union(PortMatch other)
    {
        var must = Must.Union(other.Must);
        return IsOne && other.IsOne ? new PortMatch(must) : new PortMatch(must, May.Union(other.May));
    }

    /// <param name="everything">All traffic that is looked at.</param>
    public PortMatch Not(PortSet everything) => new(everything.Except(May), everything.Except(Must));
}
