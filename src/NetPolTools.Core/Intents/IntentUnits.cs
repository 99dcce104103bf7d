using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Intents;

/// <summary>All ends that written intents can have: each end of a cluster is in one of them, but for each pod's own node.</summary>
internal sealed class IntentUnits
{
    private readonly ReachabilityMap _map;
    private readonly Dictionary<int, List<int>> _ofClass = [];

    /// <param name="map">Of the cluster.</param>
    /// <param name="namespaces">Those that are asked about, with wildcards; empty for all.</param>
    public IntentUnits(ReachabilityMap map, IReadOnlyList<string> namespaces)
    {
        _map = map;
        var problems = new List<string>();
        All =
        [
            .. EndpointGroup.Create(map, GroupBy.Workload).Select(group => OfGroup(group, problems)).OfType<IntentUnit>(),
            .. Enumerable.Range(map.Endpoints.PodCount, map.Endpoints.Addresses.Ranges.Count)
                .Where(range => !map.Occupied.ByPods.Contains(range)).Select(OfRange),
            .. map.Endpoints.IndexesOfNamed(static end => !end.IsOwnNode).Select(OfNamed),
        ];
        Problems = problems;
        IsAsked = [.. All.Select(unit => namespaces.Count == 0 || (unit.Namespace is { } ns && WildcardNames.MatchAny(namespaces, ns)))];
        for (var i = 0; i < All.Count; i++)
        {
            if (!_ofClass.TryGetValue(All[i].Class, out var list))
                _ofClass.Add(All[i].Class, list = []);
            list.Add(i);
        }
    }

    /// <summary>Workloads and pods by namespace and name, then addresses, then names.</summary>
    public IReadOnlyList<IntentUnit> All { get; }

    /// <summary>Whether each of them is asked about.</summary>
    public IReadOnlyList<bool> IsAsked { get; }

    /// <summary>Ends that no name leads to alone, a sentence each.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>The units of a class, by their positions.</summary>
    public IReadOnlyList<int> OfClass(int ofClass) => _ofClass.TryGetValue(ofClass, out var units) ? units : [];

    private IntentUnit? OfGroup(EndpointGroup group, List<string> problems)
    {
        var members = IndexSet.Of(group.Members);
        var end = group.End;
        foreach (var text in new[] { $"{end.Namespace}/{end.Name}", end.ToString() })
        {
            if (Meant(text).Equals(members))
                return new IntentUnit(text, end.Namespace, members, group.Classes[0]);
        }

        problems.Add($"No name leads to {end} alone, so no intent is written for it.");
        return null;
    }

    private IndexSet Meant(string text)
    {
        var pattern = EndpointPattern.Parse(text);
        var candidates = pattern.Candidates(_map.Names, out var areMeant) ?? [.. Enumerable.Range(0, _map.Endpoints.PodCount)];
        return IndexSet.Of(areMeant ? candidates : Array.FindAll(candidates, pod => pattern.Matches(_map.Endpoints[pod])));
    }

    private IntentUnit OfRange(int index)
    {
        var range = _map.Endpoints.Addresses.Ranges[index - _map.Endpoints.PodCount];
        return new IntentUnit(range.ToString(), null, IndexSet.Range(index, index + 1), index) { Addresses = range };
    }

    private IntentUnit OfNamed(int index)
    {
        var named = _map.Endpoints.NamedAt(index)!;
        var text = named.IsOutside ? named.Name : NamedEnd.EntityPrefix + named.Name;
        return new IntentUnit(text, null, IndexSet.Range(index, index + 1), index);
    }
}
