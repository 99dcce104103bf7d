using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Intents;

/// <summary>Finds what is reachable, destination by destination; destinations that the same reach stand together.</summary>
/// <param name="map">Of the cluster.</param>
/// <param name="units">The ends.</param>
/// <param name="cancellation">Ends the search.</param>
internal sealed class IntentsFound(ReachabilityMap map, IntentUnits units, CancellationToken cancellation)
{
    private const long MostPairs = 20_000_000;

    private IndexSet? _asked;
    private long _pairs;

    /// <summary>In the order of the first destination; null where they are too many.</summary>
    public IReadOnlyList<FoundIntent>? All()
    {
        var finder = new PeerFinder(map, PolicyDirection.Ingress);
        var together = new Dictionary<(PortSet Ports, IndexSet From), List<int>>();
        var ofClass = new Dictionary<int, List<(PortSet Ports, IndexSet From)>>();
        for (var destination = 0; destination < units.All.Count; destination++)
        {
            cancellation.ThrowIfCancellationRequested();
            var unit = units.All[destination];
            if (!ofClass.TryGetValue(unit.Class, out var sources))
                ofClass.Add(unit.Class, sources = Sources(finder, unit.Class));
            if (_pairs > MostPairs)
                return null;
            foreach (var (ports, all) in sources)
            {
                var from = units.IsAsked[destination] ? all : Asked(all);
                from = WithoutItself(from, destination);
                if (from.IsEmpty)
                    continue;
                if (!together.TryGetValue((ports, from), out var destinations))
                    together.Add((ports, from), destinations = []);
                destinations.Add(destination);
            }
        }

        return [.. together.Select(static same => new FoundIntent(same.Key.From, IndexSet.Of(same.Value), same.Key.Ports))
            .OrderBy(static found => found.To.First)];
    }

    private List<(PortSet Ports, IndexSet From)> Sources(PeerFinder finder, int destination)
    {
        var byPorts = new Dictionary<PortSet, List<int>>();
        foreach (var source in finder.PeersOf(destination))
        {
            var ports = map.Between(source, destination).Intersect(PortSet.All);
            var those = units.OfClass(source);
            if (ports.IsEmpty || those.Count == 0)
                continue;
            if (!byPorts.TryGetValue(ports, out var list))
                byPorts.Add(ports, list = []);
            list.AddRange(those);
            _pairs += those.Count;
            if (_pairs > MostPairs)
                break;
        }

        return [.. byPorts.Select(static same => (same.Key, IndexSet.Of(same.Value)))];
    }

    private IndexSet Asked(IndexSet sources) => sources.Intersect(
        _asked ??= IndexSet.Of(Enumerable.Range(0, units.All.Count).Where(i => units.IsAsked[i])));

    /// <summary>That a pod reaches itself proves nothing.</summary>
    private IndexSet WithoutItself(IndexSet from, int destination)
    {
        var members = units.All[destination].Members;
        return from.Count == 1 && from.First == destination && members.Count == 1
            && (members.First >= map.Endpoints.PodCount || !map.Endpoints[members.First].MayHaveReplicas)
            ? IndexSet.Empty
            : from;
    }
}
