using NetPolTools.Authoring.Inference;
using NetPolTools.Intents;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.SeenTraffic;

/// <summary>Makes intents of traffic that was seen: what came about. Not thread safe.</summary>
/// <param name="units">Ends that intents can have, without addresses.</param>
/// <param name="verdicts">Of the same cluster.</param>
internal sealed class IntentsSeen(IntentUnits units, FlowVerdicts verdicts)
{
    private readonly List<IntentUnit> _units = [.. units.All.Where(static unit => unit.Addresses is null)];
    private readonly Dictionary<TrafficEnd, IndexSet> _known = [];
    private readonly Dictionary<AddressRange, int> _addresses = [];
    private readonly SortedSet<string> _unnamed = new(StringComparer.Ordinal);

    /// <summary>The ends; those that were seen as addresses last.</summary>
    public IReadOnlyList<IntentUnit> Units => _units;

    /// <summary>Ends of traffic that intents have no name for.</summary>
    public IReadOnlyCollection<string> Unnamed => _unnamed;

    /// <summary>In the order of the first destination.</summary>
    /// <param name="flows">What was seen.</param>
    /// <param name="namespaces">Only traffic with an end there, with wildcards; empty for all.</param>
    public IReadOnlyList<FoundIntent> Of(IReadOnlyList<SeenFlow> flows, IReadOnlyList<string> namespaces)
    {
        var traffic = flows.Where(flow => !flow.WasDenied && verdicts.Knows(flow.Traffic) && !verdicts.IsFree(flow.Traffic))
            .Select(static flow => flow.Traffic)
            .Where(seen => namespaces.Count == 0 || IsIn(seen.Source, namespaces) || IsIn(seen.Destination, namespaces))
            .GroupBy(static seen => (seen.Source, seen.Destination))
            .Select(same => (From: UnitsOf(same.Key.Source), To: UnitsOf(same.Key.Destination),
                Ports: PortSet.UnionOf([.. same.Select(static seen => seen.Ports)])))
            .Where(static seen => !seen.From.IsEmpty && !seen.To.IsEmpty).ToArray();

        // Sources of one destination first, and then destinations that the same sources reach on the same ports.
        return
        [
            .. traffic.GroupBy(static seen => (seen.To, seen.Ports))
                .Select(static same => (From: IndexSet.UnionOf([.. same.Select(static seen => seen.From)]), same.Key.To, same.Key.Ports))
                .GroupBy(static seen => (seen.From, seen.Ports))
                .Select(static same => new FoundIntent(same.Key.From, IndexSet.UnionOf([.. same.Select(static seen => seen.To)]), same.Key.Ports))
                .OrderBy(static found => found.To.First).ThenBy(static found => found.From.First),
        ];
    }

    private static bool IsIn(TrafficEnd end, IReadOnlyList<string> namespaces) =>
        end.Name.Namespace is { Length: > 0 } ns && WildcardNames.MatchAny(namespaces, ns);

    private IndexSet UnitsOf(TrafficEnd end)
    {
        if (_known.TryGetValue(end, out var known))
            return known;
        if (end.Addresses.Count > 0)
            return _known[end] = IndexSet.Of([.. end.Addresses.Select(UnitOf).Order()]);
        var members = verdicts.All(end);
        var found = IndexSet.Of([.. Enumerable.Range(0, _units.Count).Where(unit => _units[unit].Members.Overlaps(members))]);
        if (found.IsEmpty)
            _unnamed.Add(end.ToString());
        return _known[end] = found;
    }

    private int UnitOf(AddressRange range)
    {
        if (_addresses.TryGetValue(range, out var known))
            return known;
        _units.Add(new IntentUnit(range.ToString(), null, IndexSet.Empty, -1) { Addresses = range });
        return _addresses[range] = _units.Count - 1;
    }
}
