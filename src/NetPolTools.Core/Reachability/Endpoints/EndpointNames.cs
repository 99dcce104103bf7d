using System.Runtime.InteropServices;
using NetPolTools.Objects;

namespace NetPolTools.Reachability;

/// <summary>Pods by the names that people know them by: their own and their workload's.</summary>
internal sealed class EndpointNames
{
    private readonly NameTable<string> _byName = new();
    private readonly NameTable<(string Namespace, string Name)> _byFullName = new();
    private readonly HashSet<string> _kinds = new(StringComparer.OrdinalIgnoreCase);

    public EndpointNames(EndpointTable endpoints)
    {
        for (var i = 0; i < endpoints.PodCount; i++)
        {
            var endpoint = endpoints[i];
            _kinds.Add(endpoint.Owner.Kind);
            Add(endpoint.Namespace, endpoint.Owner.Name, i);
            if (endpoint.PodName is not { } pod)
                continue;
            _kinds.Add(Pod.KindName);
            Add(endpoint.Namespace, pod, i);
        }
    }

    /// <summary>Whether some pod or workload is of a kind; case does not count.</summary>
    public bool HasKind(string kind) => _kinds.Contains(kind);

    /// <summary>The endpoints that have a name, in any namespace; ascending.</summary>
    public int[] Named(string name) => _byName.Find(name);

    /// <summary>The same in one namespace.</summary>
    public int[] Named(string ns, string name) => _byFullName.Find((ns, name));

    private void Add(string ns, string name, int endpoint)
    {
        _byName.Add(name, endpoint);
        _byFullName.Add((ns, name), endpoint);
    }

    /// <summary>Endpoints by some form of their name. Most full names have just one, which then stands in the table itself: one look at memory less.</summary>
    private sealed class NameTable<TName>
        where TName : notnull
    {
        /// <summary>An endpoint, or, below zero, the complement of a position in <see cref="_several"/>.</summary>
        private readonly Dictionary<TName, int> _found = [];
        private readonly List<List<int>> _several = [];

        public int[] Find(TName name)
        {
            if (!_found.TryGetValue(name, out var found))
                return [];
            return found >= 0 ? [found] : [.. _several[~found]];
        }

        public void Add(TName name, int endpoint)
        {
            ref var found = ref CollectionsMarshal.GetValueRefOrAddDefault(_found, name, out var isKnown);
            if (!isKnown)
            {
                found = endpoint;
            }
            else if (found < 0)
            {
                if (_several[~found][^1] != endpoint)
                    _several[~found].Add(endpoint);
            }
            else if (found != endpoint)
            {
                _several.Add([found, endpoint]);
                found = ~(_several.Count - 1);
            }
        }
    }
}
