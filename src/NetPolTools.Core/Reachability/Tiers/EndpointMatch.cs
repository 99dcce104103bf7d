using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>Endpoints that match something: those that do for sure, and those of which nothing in the input says that they do not.</summary>
/// <param name="Must">Match for sure.</param>
/// <param name="May">May match; those that must are among them.</param>
internal readonly record struct EndpointMatch(IndexSet Must, IndexSet May)
{
    public static readonly EndpointMatch Nobody = new(IndexSet.Empty);

    public EndpointMatch(IndexSet exactly)
        : this(exactly, exactly)
    {
    }

    /// <summary>All that match one of several.</summary>
    public static EndpointMatch UnionOf(IEnumerable<EndpointMatch> all) => all.Aggregate(Nobody, static (a, b) => a.Union(b));

    public bool IsExact => ReferenceEquals(Must, May) || Must.Equals(May);

    public EndpointMatch Intersect(EndpointMatch other)
    {
        var must = Must.Intersect(other.Must);
        return IsExact && other.IsExact ? new EndpointMatch(must) : new EndpointMatch(must, May.Intersect(other.May));
    }

    public EndpointMatch Intersect(IndexSet other) => Intersect(new EndpointMatch(other));

    public EndpointMatch Union(EndpointMatch other)
    {
        var must = Must.Union(other.Must);
        return IsExact && other.IsExact ? new EndpointMatch(must) : new EndpointMatch(must, May.Union(other.May));
    }

    /// <param name="everyone">All endpoints.</param>
    public EndpointMatch Not(IndexSet everyone)
    {
        var must = everyone.Except(May);
        return IsExact ? new EndpointMatch(must) : new EndpointMatch(must, everyone.Except(Must));
    }

    /// <summary>Whether one endpoint matches: null where that cannot be told.</summary>
    public bool? Contains(int endpoint) => Must.Contains(endpoint) ? true : May.Contains(endpoint) ? null : false;
}
