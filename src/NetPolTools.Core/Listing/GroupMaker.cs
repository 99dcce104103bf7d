using NetPolTools.Objects;
using NetPolTools.Reachability;

namespace NetPolTools.Listing;

/// <summary>
/// Puts the pods of workloads together; made for one use. The pods that policies can select are numbered by workload, so those of one are neighbours, and
/// only those on the host network are elsewhere, behind all others.
/// </summary>
internal sealed class GroupMaker
{
    private readonly ReachabilityMap _map;
    private readonly EndpointTable _endpoints;
    private readonly Func<ObjectReference, int[], bool> _standApart;
    private readonly List<EndpointGroup> _groups = [];

    /// <summary>The pods on the host network of each workload that has no group yet.</summary>
    private readonly Dictionary<ObjectReference, List<int>> _onHosts = [];

    /// <param name="map">Whose endpoints to group.</param>
    /// <param name="standApart">Whether the members of a workload are groups of their own.</param>
    public GroupMaker(ReachabilityMap map, Func<ObjectReference, int[], bool> standApart)
    {
        _map = map;
        _endpoints = map.Endpoints;
        _standApart = standApart;
        for (var pod = _endpoints.SelectableCount; pod < _endpoints.PodCount; pod++)
        {
            if (!_onHosts.TryGetValue(_endpoints[pod].Owner, out var pods))
                _onHosts.Add(_endpoints[pod].Owner, pods = []);
            pods.Add(pod);
        }
    }

    /// <summary>The groups of every workload, by the numbers of their first pods.</summary>
    public List<EndpointGroup> All()
    {
        for (var start = 0; start < _endpoints.SelectableCount;)
            start = AddNeighbours(start);
        for (var pod = _endpoints.SelectableCount; pod < _endpoints.PodCount; pod++)
            AddOnHosts(pod);
        return _groups;
    }

    /// <summary>The groups of the workloads that some pods belong to.</summary>
    /// <param name="pods">Ascending.</param>
    public List<EndpointGroup> Of(IEnumerable<int> pods)
    {
        var end = 0;
        foreach (var pod in pods)
        {
            if (pod >= _endpoints.SelectableCount)
                AddOnHosts(pod);
            else if (pod >= end)
                end = AddNeighbours(StartOf(_endpoints[pod].Owner));
        }

        return _groups;
    }

    private int AddNeighbours(int start)
    {
        var owner = _endpoints[start].Owner;
        var end = start + 1;
        while (end < _endpoints.SelectableCount && _endpoints[end].Owner == owner)
            end++;
        var members = new int[end - start];
        for (var i = 0; i < members.Length; i++)
            members[i] = start + i;
        Add(owner, _onHosts.Count > 0 && _onHosts.Remove(owner, out var onHosts) ? [.. members, .. onHosts] : members);
        return end;
    }

    private void AddOnHosts(int pod)
    {
        var owner = _endpoints[pod].Owner;
        if (!_onHosts.TryGetValue(owner, out var onHosts))
            return;
        if (StartOf(owner) is >= 0 and var start)
            AddNeighbours(start);
        else if (_onHosts.Remove(owner))
            Add(owner, [.. onHosts]);
    }

    private void Add(ObjectReference owner, int[] members)
    {
        if (!_standApart(owner, members))
        {
            _groups.Add(EndpointGroup.Create(_map, ConnectionEnd.InCluster(owner.Namespace!, owner.Name, owner.Kind), members));
            return;
        }

        foreach (var member in members)
            _groups.Add(EndpointGroup.OfPod(_map, member));
    }

    /// <summary>The first pod of a workload that policies can select; below zero for none. In a namespace, these are in the order of their workloads'
    /// names and kinds.</summary>
    private int StartOf(ObjectReference owner)
    {
        var (low, end) = _endpoints.InNamespace(owner.Namespace!);
        var high = end;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Compare(_endpoints[middle].Owner, owner) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low < end && _endpoints[low].Owner == owner ? low : -1;
    }

    private static int Compare(ObjectReference a, ObjectReference b)
    {
        var byName = string.CompareOrdinal(a.Name, b.Name);
        return byName != 0 ? byName : string.CompareOrdinal(a.Kind, b.Kind);
    }
}
