using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Listing;

/// <summary>What groups have to do with ends that are known by a name alone. Not thread safe.</summary>
/// <param name="map">Of the cluster.</param>
internal sealed class NamedEndLines(ReachabilityMap map)
{
    private readonly Lazy<HashSet<string>> _namedByPolicies = new(() =>
        [.. map.Stack.Policies.SelectMany(TermContent.TermsOf).Where(static term => term is not EndpointTerm.Pods).SelectMany(NamesSaid)]);

    /// <summary>The ends that a question is about: those that it names.</summary>
    public int[] NamedBy(IReadOnlyList<EndpointPattern> patterns) =>
        [.. patterns.SelectMany(pattern => pattern.NamedIn(map.Endpoints)).Distinct().Order()];

    /// <summary>
    /// The ends that rules name by themselves, for a question about everything: others are addresses too, or in everybody's reach. A policy that is about the
    /// pods has to allow them.
    /// </summary>
    /// <param name="direction">Of the pods' rules: names in DNS lead to what is sent to, and nothing comes from them.</param>
    public IEnumerable<int> OfPolicies(PolicyDirection direction) => map.Endpoints.Named.Count == 0 ? []
        : map.Endpoints.IndexesOfNamed(end => end != NamedEnd.AnyOtherDomain && _namedByPolicies.Value.Contains(end.Name)
            && (!end.IsOutside || direction == PolicyDirection.Egress));

    /// <summary>What a group may send to an end, or receive from it.</summary>
    /// <param name="of">The map, or the one of what may be allowed.</param>
    /// <param name="group">Pods.</param>
    /// <param name="direction">Egress for what it sends.</param>
    /// <param name="end">The number of an end.</param>
    public static PortSet Ports(ReachabilityMap of, EndpointGroup group, PolicyDirection direction, int end) => group.Classes
        .Select(member => direction == PolicyDirection.Egress ? of.Between(member, end) : of.Between(end, member))
        .Aggregate(PortSet.None, static (a, b) => a.Union(b));

    /// <summary>Whether some policy is about the pods of a group in a direction.</summary>
    public bool IsRestricted(EndpointGroup group, PolicyDirection direction) =>
        group.Classes.Any(member => map.RulesOf(direction, member) is not null);

    /// <summary>The end as lines show it.</summary>
    public ConnectionEnd EndOf(int end) => ConnectionEnd.Named(map.Endpoints.NamedAt(end)!);

    /// <summary>Names that stand for themselves: not those that a wider word takes in.</summary>
    private static IEnumerable<string> NamesSaid(EndpointTerm term) => term switch
    {
        EndpointTerm.Named named => [named.Name],
        EndpointTerm.AnyOf { Parts.Length: <= 2 } any => any.Parts.OfType<EndpointTerm.Named>().Select(static named => named.Name),
        _ => [],
    };
}
