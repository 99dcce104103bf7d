using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Authoring.Inference;

/// <summary>
/// The fewest texts that say some ranges of addresses as ipBlocks: CIDR blocks, or a larger block with exceptions where that is shorter, such as
/// everything but one network.
/// </summary>
internal static class AddressBlocks
{
    /// <param name="ranges">Disjoint, ascending; neighbours are joined.</param>
    public static IEnumerable<IPBlock> Of(IReadOnlyList<AddressRange> ranges)
    {
        foreach (var whole in new[] { AddressRange.AllIPv4, AddressRange.AllIPv6 })
        {
            var ofFamily = ranges.Where(range => range.Family == whole.Family).ToArray();
            foreach (var block in Cover(whole, ofFamily).Blocks)
                yield return block;
        }
    }

    /// <summary>The best way to say the ranges inside a block.</summary>
    /// <param name="block">One CIDR block.</param>
    /// <param name="ranges">Those that overlap it, ascending.</param>
    private static (int Length, IEnumerable<IPBlock> Blocks) Cover(AddressRange block, ReadOnlySpan<AddressRange> ranges)
    {
        if (ranges.Length == 0)
            return (0, []);
        if (ranges[0].Contains(block))
            return (1, [new IPBlock(block.ToCidr(), [])]);

        var (low, high) = Halves(block);
        var (left, right) = (Cover(low, Inside(low, ranges)), Cover(high, Inside(high, ranges)));
        var length = left.Length + right.Length;

        // There is a gap, and one between every two ranges: mostly that alone tells that exceptions are no shorter.
        if (length > 1 + Math.Max(1, ranges.Length - 1)
            && Gaps(block, ranges).SelectMany(Cidrs).Take(length).ToArray() is var exceptions
            && 1 + exceptions.Length < length)
        {
            return (1 + exceptions.Length, [new IPBlock(block.ToCidr(), exceptions)]);
        }

        return (length, left.Blocks.Concat(right.Blocks));
    }

    private static ReadOnlySpan<AddressRange> Inside(AddressRange block, ReadOnlySpan<AddressRange> ranges)
    {
        var start = 0;
        while (start < ranges.Length && ranges[start].Last < block.First)
            start++;
        var end = start;
        while (end < ranges.Length && ranges[end].First <= block.Last)
            end++;
        return ranges[start..end];
    }

    /// <summary>What a block holds beside the ranges that overlap it.</summary>
    private static List<AddressRange> Gaps(AddressRange block, ReadOnlySpan<AddressRange> ranges)
    {
        var gaps = new List<AddressRange>();
        var next = block.First;
        foreach (var range in ranges)
        {
            if (range.First > next)
                gaps.Add(new AddressRange(block.Family, next, range.First - 1));
            if (range.Last >= block.Last)
                return gaps;
            next = range.Last + 1;
        }

        gaps.Add(new AddressRange(block.Family, next, block.Last));
        return gaps;
    }

    /// <summary>A range as CIDR blocks, from its first address on the largest that begins there and fits.</summary>
    private static IEnumerable<string> Cidrs(AddressRange range)
    {
        var bits = NetAddress.Bits(range.Family);
        for (var first = range.First; ;)
        {
            var hostBits = 0;
            while (hostBits < bits && (first & HostMask(hostBits + 1)) == 0 && HostMask(hostBits + 1) <= range.Last - first)
                hostBits++;
            var block = new AddressRange(range.Family, first, first + HostMask(hostBits));
            yield return block.ToCidr();
            if (block.Last == range.Last)
                yield break;
            first = block.Last + 1;
        }
    }

    private static UInt128 HostMask(int hostBits) => hostBits == 128 ? UInt128.MaxValue : (UInt128.One << hostBits) - 1;

    private static (AddressRange Low, AddressRange High) Halves(AddressRange block)
    {
        var middle = new NetAddress(block.Family, block.First + ((block.Last - block.First) / 2));
        return (new AddressRange(block.FirstAddress, middle), new AddressRange(middle.Next(), block.LastAddress));
    }
}
