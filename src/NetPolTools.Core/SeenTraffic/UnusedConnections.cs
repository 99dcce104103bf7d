using System.Runtime.InteropServices;
using NetPolTools.Authoring.Inference;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.SeenTraffic;

/// <summary>Which allowed connections, or which of their ports, nobody was seen to use.</summary>
internal sealed class UnusedConnections
{
    private readonly ReachabilityMap _map;
    private readonly Dictionary<(object From, object To), PortSet> _seen = [];
    private readonly Dictionary<object, HashSet<AddressRange>> _addresses = [];

    /// <param name="map">Of the state that is asked about.</param>
    /// <param name="flows">What was seen, and came about.</param>
    public UnusedConnections(ReachabilityMap map, IEnumerable<Traffic> flows)
    {
        _map = map;
        foreach (var flow in flows)
        {
            AddAddresses(flow.Source, flow.Destination);
            AddAddresses(flow.Destination, flow.Source);
            foreach (var from in KeysOf(flow.Source))
            {
                foreach (var to in KeysOf(flow.Destination))
                {
                    ref var ports = ref CollectionsMarshal.GetValueRefOrAddDefault(_seen, (from, to), out _);
                    ports = ports is null ? flow.Ports : PortSet.UnionOf([ports, flow.Ports]);
                }
            }
        }
    }

    /// <summary>Allowed connections with the ports of which nobody was seen to use any; those of which all were seen are left out.</summary>
    /// <param name="connections">Lines of a listing by workload, each end of one workload, one pod or of addresses.</param>
    public IEnumerable<Connection> Of(IEnumerable<Connection> connections)
    {
        foreach (var connection in connections.Where(static line => line is { Verdict: Verdict.Allowed, IsNodeTraffic: false }))
        {
            var used = Used(connection);
            var unused = connection.Ports.Except(used);
            if (unused.IsEmpty)
                continue;
            yield return used.IsEmpty ? connection : connection with { Ports = unused, Notes = [.. connection.Notes, $"used on {used}"] };
        }
    }

    private PortSet Used(Connection connection)
    {
        var used = PortSet.None;
        foreach (var from in KeysOf(connection.Source, connection.Example.Source, connection.Example.Destination))
        {
            foreach (var to in KeysOf(connection.Destination, connection.Example.Destination, connection.Example.Source))
            {
                if (_seen.TryGetValue((from, to), out var ports))
                    used = PortSet.UnionOf([used, ports]);
            }
        }

        return used.Intersect(connection.Ports);
    }

    /// <summary>Addresses are looked up among those that were seen with the workload at the other end.</summary>
    private IEnumerable<object> KeysOf(ConnectionEnd end, int example, int other)
    {
        if (end.Addresses is null)
            return example < _map.Endpoints.PodCount ? OfPod(example) : [end];
        if (other >= _map.Endpoints.PodCount)
            return [];
        AddressRange[] ranges = [.. end.Addresses.Split(',', StringSplitOptions.TrimEntries).SelectMany(ParseAll)];
        return OfPod(other).SelectMany(key => _addresses.GetValueOrDefault(key) ?? []).Distinct()
            .Where(seen => Array.Exists(ranges, range => range.Overlaps(seen)))
            .Cast<object>();
    }

    private static IEnumerable<AddressRange> ParseAll(string text) => AddressRange.TryParse(text, out var range) ? [range] : [];

    /// <summary>A flow may be of a pod, of its workload or of a whole namespace.</summary>
    private object[] OfPod(int pod)
    {
        var endpoint = _map.Endpoints[pod];
        return [endpoint.Owner, endpoint.Reference, new ObjectReference(Namespace.KindName, null, endpoint.Namespace)];
    }

    private void AddAddresses(TrafficEnd outside, TrafficEnd other)
    {
        foreach (var key in outside.Addresses.Count > 0 ? KeysOf(other) : [])
        {
            ref var ranges = ref CollectionsMarshal.GetValueRefOrAddDefault(_addresses, key, out _);
            (ranges ??= []).UnionWith(outside.Addresses);
        }
    }

    private static IEnumerable<object> KeysOf(TrafficEnd end) =>
        end.Addresses.Count > 0 ? end.Addresses.Cast<object>()
        : end.WholeNamespace is { } ns ? [new ObjectReference(Namespace.KindName, null, ns)]
        : end.Name.Namespace is { Length: > 0 } inNamespace ? [new ObjectReference(end.Name.Kind!, inNamespace, end.Name.Name!)]
        : [end.Name];
}
