using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Listing;

/// <summary>
/// The groups that lines of a question can be about, where it names few ends: found by their names and by the rules of these ends alone, so that nothing is
/// made of the other workloads of a large cluster.
/// </summary>
internal static class AskedGroups
{
    /// <summary>Of more, all of the cluster is prepared at once.</summary>
    private const int MostClasses = 16;

    /// <returns>In the order of listings; null where all groups of the cluster are needed.</returns>
    /// <param name="map">Of the cluster.</param>
    /// <param name="query">What is asked.</param>
    /// <param name="entrances">Of the map.</param>
    public static EndpointGroup[]? Few(ReachabilityMap map, ConnectionQuery query, ResolvedEntrances entrances)
    {
        // By namespace, a pattern may mean the namespace itself; and what is denied is everything else.
        if (query.By == GroupBy.Namespace || query.IncludeDenied)
            return null;
        var from = NamedBy(map, query.From);
        var to = NamedBy(map, query.To);
        if ((from is null && query.From.Count > 0) || (to is null && query.To.Count > 0) || (from is null && to is null))
            return null;

        // Where both ends are named, no others are looked for.
        var isAsked = new bool[map.Endpoints.PodCount];
        Mark(isAsked, entrances.Pods);
        Mark(isAsked, from ?? []);
        Mark(isAsked, to ?? []);
        if (to is null)
        {
            // A node reaches the pods it runs without any rule.
            if (EndpointGroup.CreateFor(map, query.By, from!.Order()).Any(group => group.UsesHost(map.Endpoints)))
                return null;
            MarkPeers(map.AtMost ?? map, PolicyDirection.Egress, from!, isAsked);
        }
        else if (from is null)
        {
            MarkPeers(map.AtMost ?? map, PolicyDirection.Ingress, to, isAsked);
            isAsked.AsSpan(map.Endpoints.SelectableCount).Fill(true);
        }

        return EndpointGroup.CreateFor(map, query.By, Enumerable.Range(0, isAsked.Length).Where(pod => isAsked[pod]));
    }

    private static void Mark(bool[] marks, IEnumerable<int> pods)
    {
        foreach (var pod in pods)
            marks[pod] = true;
    }

    /// <summary>The pods that patterns mean; null where there is no pattern, where one means something else, and where they are many.</summary>
    private static HashSet<int>? NamedBy(ReachabilityMap map, IReadOnlyList<EndpointPattern> patterns)
    {
        if (patterns.Count == 0)
            return null;
        var named = new HashSet<int>();
        foreach (var pattern in patterns)
        {
            if (pattern.Addresses is not null || pattern.Outside.Count > 0 || pattern.IsService || pattern.IsNode
                || pattern.NamedIn(map.Endpoints).Length > 0 || pattern.AsWord(map) is not null)
            {
                return null;
            }

            var candidates = pattern.Candidates(map.Names, out _) ?? Enumerable.Range(0, map.Endpoints.PodCount);
            named.UnionWith(candidates.Where(pod => pattern.Matches(map.Endpoints[pod])));
        }

        return named.Select(map.Classes.ClassOf).Distinct().Skip(MostClasses).Any() ? null : named;
    }

    /// <summary>Marks the pods that policies let some ends reach, or be reached by.</summary>
    /// <param name="map">Of the cluster.</param>
    /// <param name="direction">Egress for those that the ends reach, ingress for those that reach them.</param>
    /// <param name="ends">Pods.</param>
    /// <param name="marks">By pod.</param>
    private static void MarkPeers(ReachabilityMap map, PolicyDirection direction, IEnumerable<int> ends, bool[] marks)
    {
        var isEgress = direction == PolicyDirection.Egress;
        foreach (var end in ends.Select(map.Classes.ClassOf).Distinct())
        {
            foreach (var peer in ClassesOf(map, map.RulesOf(direction, end)))
            {
                if (!(isEgress ? map.Between(end, peer) : map.Between(peer, end)).IsEmpty)
                    Mark(marks, map.Classes.Members(peer));
            }
        }
    }

    /// <summary>The classes of pods that rules name as peers; all classes of pods where there are no rules.</summary>
    private static IndexSet ClassesOf(ReachabilityMap map, RuleSet? rules)
    {
        var classes = map.Classes.Representatives.Slice(0, map.Endpoints.PodCount);
        if (rules is null)
            return classes;
        var peers = new IndexSetAccumulator(map.Endpoints.Count);
        rules.AddPeers(peers);
        return peers.ToSet().Intersect(classes);
    }
}
