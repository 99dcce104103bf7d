using NetPolTools.Listing;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Corpus;

/// <summary>
/// Connections in the terms that np-guard/netpol-analyzer and this project share, to be compared as sets: ports by pair of workloads, and
/// ports by workload, direction and IPv4 address. It says nothing of a workload's replicas among themselves, of IPv6, and of nodes. What cannot be told
/// is not allowed for sure.
/// </summary>
internal sealed class AnsweredConnections
{
    private const string External = "[External]";

    private readonly SortedDictionary<string, PortSet> _inCluster = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<(AddressRange Range, PortSet Ports)>> _outside = new(StringComparer.Ordinal);

    public static AnsweredConnections Of(IEnumerable<Connection> lines)
    {
        var answered = new AnsweredConnections();
        foreach (var line in lines.Where(static line => !line.IsOwnNode() && line.Verdict == Verdict.Allowed))
            answered.Add(Text(line.Source), Text(line.Destination), line.Ports);
        return answered;

        static string Text(ConnectionEnd end) => end.Addresses is null ? end.ToString() : end.Addresses + External;
    }

    /// <param name="lines">
    /// As netpol-analyzer writes them: <c>10.0.0.0-10.255.255.255[External]</c>, <c>shop/web[Deployment]</c>, <c>TCP 80,8000-8100,UDP 53</c>.
    /// </param>
    public static AnsweredConnections Of(IEnumerable<(string Source, string Destination, string Ports)> lines)
    {
        var answered = new AnsweredConnections();
        foreach (var (source, destination, ports) in lines)
            answered.Add(source, destination, ReadPorts(ports));
        return answered;
    }

    /// <summary>One line for each pair whose ports differ, and for each run of addresses.</summary>
    public IEnumerable<string> DifferencesTo(AnsweredConnections expected)
    {
        foreach (var pair in _inCluster.Keys.Union(expected._inCluster.Keys))
        {
            var here = _inCluster.GetValueOrDefault(pair, PortSet.None);
            var there = expected._inCluster.GetValueOrDefault(pair, PortSet.None);
            if (!here.Equals(there))
                yield return $"{pair}: {here}, expected {there}";
        }

        foreach (var end in _outside.Keys.Union(expected._outside.Keys))
        {
            var (here, there) = (_outside.GetValueOrDefault(end, []), expected._outside.GetValueOrDefault(end, []));
            var edges = here.Concat(there).SelectMany(static entry => new[] { entry.Range.First, entry.Range.Last + 1 }).Distinct().Order();
            foreach (var edge in edges.Where(static edge => edge <= AddressRange.AllIPv4.Last))
            {
                var address = new NetAddress(AddressFamilyKind.IPv4, edge);
                if (!PortsOf(here, address).Equals(PortsOf(there, address)))
                    yield return $"{end} from {address}: {PortsOf(here, address)}, expected {PortsOf(there, address)}";
            }
        }
    }

    private void Add(string source, string destination, PortSet ports)
    {
        if (source.EndsWith(External, StringComparison.Ordinal))
            AddOutside($"outside -> {destination}", source, ports);
        else if (destination.EndsWith(External, StringComparison.Ordinal))
            AddOutside($"{source} -> outside", destination, ports);
        else if (source != destination)
            _inCluster.Add($"{source} -> {destination}", ports);
    }

    private void AddOutside(string pair, string addresses, PortSet ports)
    {
        var ends = addresses[..^External.Length].Split('-').Select(NetAddress.Parse).ToArray();
        if (ends[0].Family == AddressFamilyKind.IPv6)
            return;
        if (!_outside.TryGetValue(pair, out var ranges))
            _outside.Add(pair, ranges = []);
        ranges.Add((new AddressRange(AddressFamilyKind.IPv4, ends[0].Value, ends[^1].Value), ports));
    }

    private static PortSet PortsOf(List<(AddressRange Range, PortSet Ports)> ranges, NetAddress address) =>
        ranges.SingleOrDefault(entry => entry.Range.Contains(address)).Ports ?? PortSet.None;

    private static PortSet ReadPorts(string text)
    {
        if (text == "All Connections")
            return PortSet.All;
        var ports = PortSet.None;
        var protocol = Protocol.TCP;
        foreach (var item in text.Split(','))
        {
            var space = item.IndexOf(' ');
            if (space >= 0)
                protocol = Enum.Parse<Protocol>(item[..space]);
            var ends = item[(space + 1)..].Split('-').Select(int.Parse).ToArray();
            ports = ports.Union(PortSet.Of(protocol, ends[0], ends[^1]));
        }

        return ports;
    }
}
