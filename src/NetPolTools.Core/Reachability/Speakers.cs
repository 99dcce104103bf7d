using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>The classes whose rules speak of one set of peers, by the ports they allow with it.</summary>
internal sealed class Speakers
{
    private readonly Dictionary<int, IndexSet> _onPlace = [];

    /// <param name="grants">Subjects and the ports that they are allowed with the peers.</param>
    /// <param name="places">Where ports meet; null where nobody will ask by ports.</param>
    public Speakers(List<(PortSet Ports, IndexSet Subjects)> grants, MeetingPorts? places)
    {
        Any = IndexSet.UnionOf([.. grants.Select(static grant => grant.Subjects)]);
        OnAllPorts = IndexSet.Empty;
        if (places is null)
            return;
        OnAllPorts = IndexSet.UnionOf([.. grants.Where(static grant => grant.Ports.IsAll).Select(static grant => grant.Subjects)]);
        var byPlace = new Dictionary<int, List<IndexSet>>();
        foreach (var (ports, subjects) in grants.Where(static grant => !grant.Ports.IsAll))
        {
            foreach (var place in places.Of(ports))
            {
                if (!byPlace.TryGetValue(place, out var sets))
                    byPlace.Add(place, sets = []);
                sets.Add(subjects);
            }
        }

        foreach (var (place, sets) in byPlace)
            _onPlace.Add(place, IndexSet.UnionOf(sets));
    }

    /// <summary>On any ports at all.</summary>
    public IndexSet Any { get; }

    public IndexSet OnAllPorts { get; }

    /// <summary>On ports that meet at a place, apart from those on all ports.</summary>
    public IndexSet On(int place) => _onPlace.GetValueOrDefault(place, IndexSet.Empty);
}
