using System.Runtime.InteropServices;
using NetPolTools.Authoring.Inference;
using NetPolTools.Sets;

namespace NetPolTools.Authoring.Flows;

/// <summary>
/// Folds the flows of one connection: both ends may report it, many times. What one end denied, and never allowed, did not come about, whatever the other
/// end allowed.
/// </summary>
internal sealed class FlowFolder
{
    private readonly Dictionary<(TrafficEnd Source, TrafficEnd Destination, Protocol Protocol, int Port), Seen> _flows = [];

    [Flags]
    private enum Seen
    {
        Nothing = 0,
        Allowed = 1,
        AllowedBySource = 2,
        DeniedBySource = 4,
        AllowedByDestination = 8,
        DeniedByDestination = 16,
        Denied = 32,
    }

    /// <param name="source">Who began it.</param>
    /// <param name="destination">Whom it was to reach.</param>
    /// <param name="protocol">Of the destination port.</param>
    /// <param name="port">1-65535.</param>
    /// <param name="isAllowed">Whether the end that saw it let it through.</param>
    /// <param name="bySource">Whether that is the source; null where the record does not tell.</param>
    public void Add(TrafficEnd source, TrafficEnd destination, Protocol protocol, int port, bool isAllowed, bool? bySource)
    {
        ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(_flows, (source, destination, protocol, port), out _);
        if (isAllowed)
            seen |= Seen.Allowed | (bySource is { } source1 ? source1 ? Seen.AllowedBySource : Seen.AllowedByDestination : Seen.Nothing);
        else
            seen |= Seen.Denied | (bySource is { } source2 ? source2 ? Seen.DeniedBySource : Seen.DeniedByDestination : Seen.Nothing);
    }

    /// <summary>What came about.</summary>
    public IEnumerable<Traffic> Traffic() => Where(IsAllowed);

    /// <summary>What was tried, and a policy kept it from coming about.</summary>
    public IEnumerable<Traffic> Denied() => Where(static seen => seen.HasFlag(Seen.Denied) && !IsAllowed(seen));

    private IEnumerable<Traffic> Where(Func<Seen, bool> isMeant) => _flows
        .Where(flow => isMeant(flow.Value))
        .GroupBy(static flow => (flow.Key.Source, flow.Key.Destination))
        .Select(static flows => new Traffic(
            flows.Key.Source, flows.Key.Destination, PortSet.UnionOf([.. flows.Select(static flow => PortSet.Of(flow.Key.Protocol, flow.Key.Port))])));

    private static bool IsAllowed(Seen seen) => seen.HasFlag(Seen.Allowed)
        && (seen & (Seen.AllowedBySource | Seen.DeniedBySource)) != Seen.DeniedBySource
        && (seen & (Seen.AllowedByDestination | Seen.DeniedByDestination)) != Seen.DeniedByDestination;
}
