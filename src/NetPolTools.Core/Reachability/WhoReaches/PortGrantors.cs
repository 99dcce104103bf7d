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
        var count = 0;
        foreach (var (ports, _) in grants)
            count += ports.IsAll ? 0 : representatives.PositionsOf(ports).Length;
        var byPort = new (int Port, IndexSet Subjects)[count];
        var sets = new List<IndexSet>(grants.Length);
        foreach (var (ports, subjects) in grants)
        {
            if (ports.IsAll)
            {
                sets.Add(subjects);
                continue;
            }

            foreach (var port in representatives.PositionsOf(ports))
                byPort[^count--] = (port, subjects);
        }

        OnAllPorts = unions.UnionOf(sets);
        sets.Clear();
        foreach (var (_, subjects) in grants)
            sets.Add(subjects);
        Any = unions.UnionOf(sets);
        _byPort = grants.Length == 1 ? byPort : OncePerPort(byPort, unions, sets);
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

    /// <param name="byPort">In any order; it is worked in.</param>
    /// <param name="unions">Scratch space for unions.</param>
    /// <param name="sets">Scratch space for what is put together.</param>
    private static (int, IndexSet)[] OncePerPort((int Port, IndexSet Subjects)[] byPort, IndexSetAccumulator unions, List<IndexSet> sets)
    {
        Array.Sort(byPort, static (a, b) => a.Port.CompareTo(b.Port));
        var count = 0;
        for (var start = 0; start < byPort.Length;)
        {
            var port = byPort[start].Port;
            sets.Clear();
            while (start < byPort.Length && byPort[start].Port == port)
                sets.Add(byPort[start++].Subjects);
            byPort[count++] = (port, unions.UnionOf(sets));
        }

        return count == byPort.Length ? byPort : byPort[..count];
    }
}
