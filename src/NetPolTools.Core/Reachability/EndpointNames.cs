using System.Runtime.InteropServices;

namespace NetPolTools.Reachability;

/// <summary>Pods by the names that people know them by: their own, their owner's, and their workload's.</summary>
internal sealed class EndpointNames
{
    private readonly Dictionary<string, List<int>> _byName = [];
    private readonly Dictionary<(string Namespace, string Name), List<int>> _byFullName = [];
    private readonly HashSet<string> _kinds = new(StringComparer.OrdinalIgnoreCase);

    public EndpointNames(EndpointTable endpoints)
    {
        for (var i = 0; i < endpoints.PodCount; i++)
        {
            var endpoint = endpoints[i];
            var workload = endpoint.Workload;
            _kinds.Add(endpoint.Owner.Kind);
            _kinds.Add(workload.Kind);
            Put(endpoint.Namespace, endpoint.Owner.Name, i);
            Put(endpoint.Namespace, workload.Name, i);
            if (endpoint.PodName is { } pod)
                Put(endpoint.Namespace, pod, i);
        }
    }

    /// <summary>Whether some pod or workload is of a kind; case does not count.</summary>
    public bool HasKind(string kind) => _kinds.Contains(kind);

    /// <summary>The endpoints that have a name, in any namespace; ascending.</summary>
    public IReadOnlyList<int> Named(string name) => _byName.TryGetValue(name, out var found) ? found : [];

    /// <summary>The same in one namespace.</summary>
    public IReadOnlyList<int> Named(string ns, string name) => _byFullName.TryGetValue((ns, name), out var found) ? found : [];

    private void Put(string ns, string name, int endpoint)
    {
        Put(ref CollectionsMarshal.GetValueRefOrAddDefault(_byName, name, out _), endpoint);
        Put(ref CollectionsMarshal.GetValueRefOrAddDefault(_byFullName, (ns, name), out _), endpoint);
    }

    private static void Put(ref List<int>? list, int endpoint)
    {
        list ??= new List<int>(1);
        if (list.Count == 0 || list[^1] != endpoint)
            list.Add(endpoint);
    }
}
