using System.Runtime.InteropServices;
using NetPolTools.Objects;

namespace NetPolTools.Reachability;

/// <summary>Pods by the names that people know them by: their own and their workload's.</summary>
internal sealed class EndpointNames
{
    private readonly Lazy<NameTable<string>> _byName;
    private readonly Lazy<NameTable<(string Namespace, string Name)>> _byFullName;
    private readonly Lazy<HashSet<string>> _kinds;

    /// <summary>
    /// Each table is made when it is first asked: a name with its namespace, which is what questions have, needs but one of them. A pod has two full names, its
    /// own and its workload's.
    /// </summary>
    public EndpointNames(EndpointTable endpoints)
    {
        _byName = new(() => Table(endpoints, 0, static (_, name) => name));
        _byFullName = new(() => Table(endpoints, 2 * endpoints.PodCount, static (ns, name) => (ns, name)));
        _kinds = new(() => Kinds(endpoints));
    }

    /// <summary>Whether some pod or workload is of a kind; case does not count.</summary>
    public bool HasKind(string kind) => _kinds.Value.Contains(kind);

    /// <summary>The endpoints that have a name, in any namespace; ascending.</summary>
    public int[] Named(string name) => _byName.Value.Find(name);

    /// <summary>The same in one namespace.</summary>
    public int[] Named(string ns, string name) => _byFullName.Value.Find((ns, name));

    private static NameTable<TName> Table<TName>(EndpointTable endpoints, int expectedNames, Func<string, string, TName> nameOf)
        where TName : notnull
    {
        var table = new NameTable<TName>(expectedNames);
        for (var i = 0; i < endpoints.PodCount; i++)
        {
            var endpoint = endpoints[i];
            table.Add(nameOf(endpoint.Namespace, endpoint.Owner.Name), i);
            if (endpoint.PodName is { } pod)
                table.Add(nameOf(endpoint.Namespace, pod), i);
        }

        return table;
    }

    private static HashSet<string> Kinds(EndpointTable endpoints)
    {
        var kinds = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var hasPods = false;
        string? last = null;
        for (var i = 0; i < endpoints.PodCount; i++)
        {
            var endpoint = endpoints[i];

            // Mostly that of the endpoint before.
            if (!ReferenceEquals(endpoint.Owner.Kind, last))
                kinds.Add(last = endpoint.Owner.Kind);
            if (endpoint.PodName is not null)
                hasPods = true;
        }

        if (hasPods)
            kinds.Add(Pod.KindName);
        return kinds;
    }

    /// <summary>Endpoints by some form of their name. Most full names have just one, which then stands in the table itself: one look at memory less.</summary>
    private sealed class NameTable<TName>(int expectedNames)
        where TName : notnull
    {
        /// <summary>An endpoint, or, below zero, the complement of a position in <see cref="_several"/>.</summary>
        private readonly Dictionary<TName, int> _found = new(expectedNames);
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
