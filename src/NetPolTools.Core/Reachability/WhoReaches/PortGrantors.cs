using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>The subject classes whose rules of a direction name one peer set, grouped by the ports granted.</summary>
internal sealed class PortGrantors
{
    private readonly (int Port, IndexSet Subjects)[] _byPort;

    /// <param name="grants">Subjects and the ports that they are allowed with the peers.</param>
    /// <param name="representatives">Of all ports that rules name.</param>
    /// <param name="unions">Scratch space for unions.</param>
    public PortGrantors(ReadOnlySpan<(PortSet Ports, IndexSet Subjects)> grants, PortRepresentatives representatives, IndexSetAccumulator unions)
    {
        var any = new List<IndexSet>(grants.Length);
        List<IndexSet> onAllPorts = [];
        ArrayBuilder<(int Port, IndexSet Subjects)> byPort = default;
        foreach (var (ports, subjects) in grants)
        {
            any.Add(subjects);
            if (ports.IsAll)
            {
                onAllPorts.Add(subjects);
                continue;
            }

            foreach (var port in representatives.PositionsOf(ports))
                byPort.Add((port, subjects));
        }

        Any = unions.UnionOf(any);
        OnAllPorts = unions.UnionOf(onAllPorts);
        _byPort = grants.Length == 1 ? byPort.Items.ToArray() : OncePerPort(byPort.Items.ToArray(), unions);
    }

    /// <summary>On any ports at all.</summary>
    public IndexSet Any { get; }

    public IndexSet OnAllPorts { get; }

    /// <summary>On ports with a representative, apart from those on all ports.</summary>
    /// <param name="port">The position of the representative.</param>
    public IndexSet SubjectsOn(int port)
    {
        int low = 0, high = _byPort.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_byPort[middle].Port < port)
                low = middle + 1;
            else
                high = middle;
        }

        return low < _byPort.Length && _byPort[low].Port == port ? _byPort[low].Subjects : IndexSet.Empty;
    }

    private static (int, IndexSet)[] OncePerPort((int Port, IndexSet Subjects)[] byPort, IndexSetAccumulator unions) =>
    [
        .. byPort.GroupBy(static on => on.Port, static on => on.Subjects)
            .Select(on => (on.Key, unions.UnionOf([.. on])))
            .OrderBy(static on => on.Key),
    ];
}
