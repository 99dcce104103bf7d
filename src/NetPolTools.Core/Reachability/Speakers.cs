using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>The classes whose rules speak of one set of peers, by the ports they allow with it.</summary>
internal sealed class Speakers
{
    private readonly (int Place, IndexSet Subjects)[] _onPlaces;

    /// <param name="grants">Subjects and the ports that they are allowed with the peers.</param>
    /// <param name="places">Where ports meet.</param>
    public Speakers(List<(PortSet Ports, IndexSet Subjects)> grants, MeetingPorts places)
    {
        Any = IndexSet.UnionOf([.. grants.Select(static grant => grant.Subjects)]);
        OnAllPorts = IndexSet.UnionOf([.. grants.Where(static grant => grant.Ports.IsAll).Select(static grant => grant.Subjects)]);
        var onPlaces = new List<(int Place, IndexSet Subjects)>(grants.Count);
        foreach (var (ports, subjects) in grants)
        {
            if (ports.IsAll)
                continue;
            foreach (var place in places.Of(ports))
                onPlaces.Add((place, subjects));
        }

        _onPlaces = grants.Count == 1 ? [.. onPlaces] : Together(onPlaces);
    }

    /// <summary>On any ports at all.</summary>
    public IndexSet Any { get; }

    public IndexSet OnAllPorts { get; }

    /// <summary>On ports that meet at a place, apart from those on all ports.</summary>
    public IndexSet On(int place)
    {
        int low = 0, high = _onPlaces.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_onPlaces[middle].Place < place)
                low = middle + 1;
            else
                high = middle;
        }

        return low < _onPlaces.Length && _onPlaces[low].Place == place ? _onPlaces[low].Subjects : IndexSet.Empty;
    }

    private static (int, IndexSet)[] Together(List<(int Place, IndexSet Subjects)> onPlaces) =>
    [
        .. onPlaces.GroupBy(static on => on.Place, static on => on.Subjects)
            .Select(static on => (on.Key, IndexSet.UnionOf([.. on])))
            .OrderBy(static on => on.Key),
    ];
}
