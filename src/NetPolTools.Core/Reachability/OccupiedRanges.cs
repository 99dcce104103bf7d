using System.Runtime.InteropServices;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// The ranges of a partition, by their numbers in the endpoint table, in which every address belongs to a known pod or node: nobody outside the cluster
/// can have an address of them. Immutable.
/// </summary>
internal sealed class OccupiedRanges
{
    public OccupiedRanges(EndpointTable endpoints, NodeDirectory nodes)
    {
        // Without ipBlocks both families are whole.
        if (endpoints.Addresses.Ranges.Count <= 2)
            return;
        var pods = new HashSet<NetAddress>();
        for (var pod = 0; pod < endpoints.SelectableCount; pod++)
        {
            var addresses = endpoints[pod].Addresses;
            for (var i = 0; i < addresses.Count; i++)
                pods.Add(addresses[i]);
        }

        ByPods = Filled(endpoints, pods);
        ByPodsOrNodes = Filled(endpoints, pods.Concat(nodes.Addresses.Where(address => !pods.Contains(address))));
    }

    /// <summary>Only addresses of pods without hostNetwork; those are listed as the pods themselves.</summary>
    public IndexSet ByPods { get; } = IndexSet.Empty;

    /// <summary>Only addresses of pods and nodes.</summary>
    public IndexSet ByPodsOrNodes { get; } = IndexSet.Empty;

    private static IndexSet Filled(EndpointTable endpoints, IEnumerable<NetAddress> addresses)
    {
        var counts = new Dictionary<int, int>();
        foreach (var address in addresses)
            CollectionsMarshal.GetValueRefOrAddDefault(counts, endpoints.Addresses.IndexOf(address), out _)++;
        var filled = new IndexSet.Builder();
        foreach (var (index, count) in counts.OrderBy(static entry => entry.Key))
        {
            var range = endpoints.Addresses.Ranges[index];
            if (range.HasCount(count))
                filled.Add(endpoints.PodCount + index);
        }

        return filled.Build();
    }
}
