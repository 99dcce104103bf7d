using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>The classes whose rules speak of one set of peers, by the ports they allow with it.</summary>
internal sealed class Speakers
{
    private readonly (int Place, IndexSet Subjects)[] _onPlaces;

    /// <param name="grants">Subjects and the ports that they are allowed with the peers.</param>
    /// <param name="places">Where ports meet.</param>
    /// <param name="unions">To put sets together in.</param>
    public Speakers(ReadOnlySpan<(PortSet Ports, IndexSet Subjects)> grants, MeetingPorts places, IndexSetAccumulator unions)
    {
        var any = new List<IndexSet>(grants.Length);
        List<IndexSet> onAllPorts = [];
        GrowingArray<(int Place, IndexSet Subjects)> onPlaces = default;
        foreach (var (ports, subjects) in grants)
        {
            any.Add(subjects);
            if (ports.IsAll)
            {
                onAllPorts.Add(subjects);
                continue;
            }

            foreach (var place in places.Of(ports))
                onPlaces.Add((place, subjects));
        }

        Any = unions.UnionOf(any);
        OnAllPorts = unions.UnionOf(onAllPorts);
        _onPlaces = grants.Length == 1 ? onPlaces.Items.ToArray() : Together(onPlaces.Items.ToArray(), unions);
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

    private static (int, IndexSet)[] Together((int Place, IndexSet Subjects)[] onPlaces, IndexSetAccumulator unions) =>
    [
        .. onPlaces.GroupBy(static on => on.Place, static on => on.Subjects)
            .Select(on => (on.Key, unions.UnionOf([.. on])))
            .OrderBy(static on => on.Key),
    ];
}
