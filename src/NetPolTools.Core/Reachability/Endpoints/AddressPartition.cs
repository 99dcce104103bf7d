using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// All of IPv4 and IPv6, cut at every edge of a CIDR block that some policy names, so that no block tells two addresses of one range apart.
/// </summary>
public sealed class AddressPartition
{
    private const int FewestPolicies = 2048;

    private readonly AddressRange[] _ranges;

    /// <summary>Where no policy names a block.</summary>
    private static readonly AddressPartition Whole = new([AddressRange.AllIPv4, AddressRange.AllIPv6]);

    private AddressPartition(AddressRange[] ranges)
    {
        _ranges = ranges;
        FirstOfIPv6 = Array.FindIndex(ranges, static range => range.Family == AddressFamilyKind.IPv6);
    }

    /// <summary>Where the ranges of IPv6 begin.</summary>
    internal int FirstOfIPv6 { get; }

    /// <summary>Disjoint and complete, IPv4 first, ascending.</summary>
    public IReadOnlyList<AddressRange> Ranges => _ranges;

    public static AddressPartition Create(IReadOnlyList<NetworkPolicy> policies, CancellationToken cancellation = default) =>
        Create(policies, [], cancellation);

    /// <param name="policies">Whose blocks to cut at.</param>
    /// <param name="more">Other ranges to cut at.</param>
    /// <param name="cancellation">Ends it early.</param>
    internal static AddressPartition Create(IReadOnlyList<NetworkPolicy> policies, IEnumerable<AddressRange> more, CancellationToken cancellation)
    {
        AddressRange[] blocks = [.. Cidrs(policies, cancellation).Select(ParseCidr), .. more];
        if (blocks.Length == 0)
            return Whole;
        var starts = new HashSet<NetAddress> { NetAddress.First(AddressFamilyKind.IPv4), NetAddress.First(AddressFamilyKind.IPv6) };
        foreach (var range in blocks)
        {
            starts.Add(range.FirstAddress);
            if (range.LastAddress != NetAddress.Last(range.Family))
                starts.Add(range.LastAddress.Next());
        }

        var sorted = starts.Order().ToArray();
        var ranges = new AddressRange[sorted.Length];
        for (var i = 0; i < sorted.Length; i++)
        {
            var isLastOfFamily = i == sorted.Length - 1 || sorted[i + 1].Family != sorted[i].Family;
            ranges[i] = new AddressRange(sorted[i], isLastOfFamily ? NetAddress.Last(sorted[i].Family) : sorted[i + 1].Previous());
        }

        return new AddressPartition(ranges);
    }

    /// <summary>Every block that some policy names, by its text.</summary>
    private static HashSet<string> Cidrs(IReadOnlyList<NetworkPolicy> policies, CancellationToken cancellation)
    {
        var bounds = ParallelParts.Bounds(policies.Count, FewestPolicies);
        var found = new HashSet<string>[bounds.Length - 1];
        ParallelParts.ForEachPart(
            found.Length,
            part =>
            {
                found[part] = [];
                for (var i = bounds[part]; i < bounds[part + 1]; i++)
                {
                    AddAll(policies[i].Ingress, found[part]);
                    AddAll(policies[i].Egress, found[part]);
                }
            },
            cancellation);
        foreach (var others in found.Skip(1))
            found[0].UnionWith(others);
        return found[0];

        static void AddAll(IReadOnlyList<NetworkPolicyRule>? rules, HashSet<string> cidrs)
        {
            for (var r = 0; r < rules?.Count; r++)
            {
                for (var p = 0; p < rules[r].Peers?.Count; p++)
                {
                    if (rules[r].Peers![p].IPBlock is not { } block)
                        continue;
                    cidrs.Add(block.Cidr);
                    for (var e = 0; e < block.Except.Count; e++)
                        cidrs.Add(block.Except[e]);
                }
            }
        }
    }

    /// <summary>The position of the range that holds the address.</summary>
    public int IndexOf(NetAddress address)
    {
        int low = 0, high = _ranges.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_ranges[middle].FirstAddress.CompareTo(address) <= 0)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }

    /// <summary>The positions of the ranges that have addresses in common with a block: from Start up to, but not including, End.</summary>
    public (int Start, int End) IndexesOf(AddressRange block) =>
        (IndexOf(block.FirstAddress), IndexOf(block.LastAddress) + 1);

    /// <summary>Whether every range lies in a block or beside it.</summary>
    internal bool Cuts(AddressRange block)
    {
        var (start, end) = IndexesOf(block);
        return _ranges[start].FirstAddress == block.FirstAddress && _ranges[end - 1].LastAddress == block.LastAddress;
    }

    /// <exception cref="ArgumentException">Not a CIDR block: validation comes first.</exception>
    internal static AddressRange ParseCidr(string cidr) => AddressRange.TryParseCidr(cidr, out var range, out _, out _)
        ? range
        : throw new ArgumentException($"'{cidr}' is not a CIDR block.", nameof(cidr));
}
