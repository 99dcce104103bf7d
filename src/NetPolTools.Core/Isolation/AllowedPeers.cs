using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Isolation;

/// <summary>Whom the policies of an endpoint allow in one direction, on any port. Names are worked out when somebody asks for them.</summary>
public sealed class AllowedPeers
{
    /// <summary>Where nothing isolates.</summary>
    internal static readonly AllowedPeers Everyone = new(DirectionIsolation.Everything) { IsEveryWorkload = true, IsEveryAddress = true };

    private readonly string _text;
    private readonly ReachabilityMap? _map;
    private readonly RuleSet? _ruleSet;
    private readonly int _omitted;

    private AllowedPeers(string text)
    {
        _text = text;
    }

    /// <param name="text">In a few words.</param>
    /// <param name="map">Whose rule set it is.</param>
    /// <param name="ruleSet">What is allowed.</param>
    /// <param name="omitted">The number of an endpoint whose workload is no peer of itself; -1 for none.</param>
    internal AllowedPeers(string text, ReachabilityMap map, RuleSet ruleSet, int omitted)
        : this(text)
    {
        (_map, _ruleSet, _omitted) = (map, ruleSet, omitted);
    }

    /// <summary>Whether every workload is allowed, on some port at least.</summary>
    public bool IsEveryWorkload { get; init; }

    /// <summary>Whether every address outside the cluster is allowed, on some port at least.</summary>
    public bool IsEveryAddress { get; init; }

    /// <summary>
    /// Ends that policies name and that are known by a name alone, such as <c>kube-apiserver</c> and <c>fqdn:*.example.com</c>; none are listed where everyone
    /// is allowed.
    /// </summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    /// <summary>The workloads as namespace/name, in order; none are listed where all are allowed.</summary>
    public IReadOnlyList<string> Workloads() => IsEveryWorkload ? [] : WorkloadsOf(_map!, _ruleSet!, _omitted);

    /// <summary>Addresses outside the cluster, and of pods on the host network; none are listed where all are allowed.</summary>
    public IReadOnlyList<AddressRange> Addresses() => IsEveryAddress ? [] : AddressesOf(_map!, _ruleSet!);

    /// <summary><c>nothing</c>, <c>3 workloads</c>, <c>addresses</c>, <c>everyone</c> (on some ports), <c>everything</c>.</summary>
    public override string ToString() => _text;

    private static string[] WorkloadsOf(ReachabilityMap map, RuleSet ruleSet, int omitted)
    {
        var owner = omitted < 0 ? null : map.Endpoints[omitted].Owner;
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var c in map.Classes.Representatives.Slice(0, map.Endpoints.SelectableCount))
        {
            if (ruleSet.PortsFor(c).IsEmpty)
                continue;
            foreach (var member in map.Classes.Members(c))
            {
                if (map.Endpoints[member].Owner is var found && found != owner)
                    names.Add($"{found.Namespace}/{found.Name}");
            }
        }

        return [.. names];
    }

    private static AddressRange[] AddressesOf(ReachabilityMap map, RuleSet ruleSet) =>
    [
        .. Enumerable.Range(0, map.Endpoints.Addresses.Ranges.Count)
            .Where(i => !map.Occupied.ByPods.Contains(map.Endpoints.PodCount + i))
            .Select(i => (Range: map.Endpoints.Addresses.Ranges[i], IsAllowed: !ruleSet.PortsFor(map.Classes.ClassOf(map.Endpoints.PodCount + i)).IsEmpty))
            .Joined(static (one, other) => one == other, overGaps: true)
            .Where(static found => found.Value)
            .Select(static found => found.Range),
    ];
}
