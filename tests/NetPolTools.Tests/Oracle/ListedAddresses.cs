using NetPolTools.Listing;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Oracle;

/// <summary>What a listing with denied connections says of one end and the outside, in one direction.</summary>
internal sealed class ListedAddresses
{
    private readonly List<(AddressRange Range, PortSet Ports)> _ranges = [];
    private readonly HashSet<NetAddress> _ownNodes = [];

    /// <param name="lines">Of one end and one direction.</param>
    /// <param name="outside">The end of a line that is outside.</param>
    public ListedAddresses(IEnumerable<Connection> lines, Func<Connection, ConnectionEnd> outside)
    {
        foreach (var line in lines)
        {
            if (line.IsOwnNode())
                _ownNodes.UnionWith(outside(line).Addresses!.Split(',').Select(NetAddress.Parse));
            else
                _ranges.Add((ToRange(outside(line).Addresses!), line.Ports));
        }
    }

    /// <summary>Each family whole but for addresses of pods, in order, without overlap, and no two neighbours that behave the same.</summary>
    public void AssertCompleteAndJoined(IReadOnlySet<NetAddress> ofPods)
    {
        foreach (var whole in new[] { AddressRange.AllIPv4, AddressRange.AllIPv6 })
        {
            var ranges = _ranges.Where(entry => entry.Range.Family == whole.Family).ToList();
            AssertOfPods(whole.First, ranges[0].Range.First);
            if (ranges[^1].Range.Last < whole.Last)
                AssertOfPods(ranges[^1].Range.Last + 1, whole.Last);
            foreach (var (before, after) in ranges.Zip(ranges.Skip(1)))
            {
                Assert.True(before.Range.Last < after.Range.First);
                AssertOfPods(before.Range.Last + 1, after.Range.First);
                Assert.NotEqual(before.Ports, after.Ports);
            }

            void AssertOfPods(UInt128 start, UInt128 end)
            {
                for (var missing = start; missing < end; missing++)
                    Assert.Contains(new NetAddress(whole.Family, missing), ofPods);
            }
        }
    }

    public PortSet PortsOf(NetAddress address) =>
        _ownNodes.Contains(address) ? PortSet.All : Assert.Single(_ranges, entry => entry.Range.Contains(address)).Ports;

    private static AddressRange ToRange(string text)
    {
        var ends = text.Split('-').Select(NetAddress.Parse).ToArray();
        return new AddressRange(ends[0].Family, ends[0].Value, ends[^1].Value);
    }
}
