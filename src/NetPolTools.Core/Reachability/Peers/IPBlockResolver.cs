using System.Collections.Concurrent;
using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>Finds the endpoints whose addresses are in an ipBlock. Blocks of the same text are resolved once, to the same objects. Thread safe.</summary>
/// <param name="endpoints">Of the cluster.</param>
/// <param name="nodes">The addresses of nodes where blocks do not match these; null where they do.</param>
internal sealed class IPBlockResolver(EndpointTable endpoints, IndexSet? nodes = null)
{
    private readonly PodAddresses _podAddresses = new(endpoints);
    private readonly ConcurrentDictionary<IPBlock, PeerSet> _known = new(SameText.Instance);

    public PeerSet Resolve(IPBlock block) => _known.TryGetValue(block, out var known) ? known : _known.GetOrAdd(block, Find(block));

    private PeerSet Find(IPBlock block)
    {
        var range = AddressPartition.ParseCidr(block.Cidr);
        var exceptions = block.Except.Select(AddressPartition.ParseCidr).ToArray();
        var ranges = Ranges(range);
        foreach (var except in exceptions)
            ranges = ranges.Except(Ranges(except));

        if (nodes is not null)
            ranges = ranges.Except(nodes);
        var selectable = new SortedSet<int>();
        var hostNetwork = new SortedSet<int>();
        foreach (var (address, pod) in _podAddresses.In(range))
        {
            if (!exceptions.Any(except => except.Contains(address)) && (nodes is null || pod < endpoints.SelectableCount))
                (pod < endpoints.SelectableCount ? selectable : hostNetwork).Add(pod);
        }

        // A hostNetwork pod is an address to every enforcer; they disagree only about other pods.
        return new PeerSet(ToSet(hostNetwork).Union(ranges), ToSet(selectable));

        static IndexSet ToSet(SortedSet<int> members)
        {
            var builder = new IndexSet.Builder();
            foreach (var member in members)
                builder.Add(member);
            return builder.Build();
        }
    }

    private IndexSet Ranges(AddressRange block)
    {
        var (start, end) = endpoints.Addresses.IndexesOf(block);
        return IndexSet.Range(endpoints.PodCount + start, endpoints.PodCount + end);
    }

    private sealed class SameText : IEqualityComparer<IPBlock>
    {
        public static readonly SameText Instance = new();

        public bool Equals(IPBlock? x, IPBlock? y) => x?.Cidr == y?.Cidr && x!.Except.SequenceEqual(y!.Except);

        public int GetHashCode(IPBlock block)
        {
            var hash = block.Cidr.GetHashCode();
            for (var i = 0; i < block.Except.Count; i++)
                hash = HashCode.Combine(hash, block.Except[i]);
            return hash;
        }
    }
}
