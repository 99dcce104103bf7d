using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Authoring.Inference;

/// <summary>
/// Evaluates policies that were made and holds them against what was asked for. What they allow beyond comes from ipBlocks around pods whose addresses are
/// known; less than what selectors can say they should never allow.
/// </summary>
internal sealed class InferenceCheck(
    EndDirectory directory, InferenceScope scope, AskedTraffic asked, AllowedTraffic allowed, TrafficNodes nodes, TrafficAtoms atoms)
{
    public IEnumerable<Diagnostic> Of(IReadOnlyList<NetworkPolicy> policies, CancellationToken cancellation)
    {
        var map = ReachabilityMap.Compile(directory.Snapshot.WithOnly(policies), TierOptions.On(directory.Snapshot), cancellation);
        var probes = Probes(map);
        var ofClass = probes.ToLookup(map.Classes.ClassOf);
        var ports = new PortSetPool();
        var toInScope = map.Destinations(ClassesOf(map, [.. probes.Where(probe => scope.ClosesIngress && scope.Holds(NamespaceOf(probe)))]));
        var toAll = map.Destinations(ClassesOf(map, probes));
        var (beyond, less, opened, closed) = (new Found(), new Found(), new Found(), new Found());
        foreach (var source in probes)
        {
            cancellation.ThrowIfCancellationRequested();
            var found = new Dictionary<int, PortSet>();
            var among = scope.Decides(NamespaceOf(source), null) ? toAll : toInScope;
            foreach (var (ofOneClass, got) in map.DestinationsOf(source, among, ports))
            {
                foreach (var destination in ofClass[ofOneClass].Where(destination => IsDecided(source, destination)))
                {
                    found[destination] = got;
                    var more = got.Except(asked.Between(atoms.OfPod(source), atoms.OfPod(destination)));
                    if (more.IsEmpty)
                        continue;
                    if (Deciding(map, source, destination, more, RuleAction.Allow) is { } policy)
                        opened.Add($"{NameOf(source)} -> {NameOf(destination)} on {more}, by {policy}");
                    else
                        beyond.Add($"{NameOf(source)} -> {NameOf(destination)} on {more}");
                }
            }

            foreach (var destination in Wanted(source).Where(destination => IsDecided(source, destination)))
            {
                var wanted = allowed.Between(atoms.NodeOf(atoms.OfPod(source)), atoms.NodeOf(atoms.OfPod(destination)));
                var missing = wanted.Except(found.GetValueOrDefault(destination, PortSet.None));
                if (missing.IsEmpty)
                    continue;
                if (Deciding(map, source, destination, missing, RuleAction.Deny) is { } policy)
                    closed.Add($"{NameOf(source)} -> {NameOf(destination)} on {missing}, by {policy}");
                else
                    less.Add($"{NameOf(source)} -> {NameOf(destination)} on {wanted}");
            }
        }

        if (beyond.Count > 0)
        {
            yield return Tell(
                DiagnosticSeverity.Warning,
                $"ipBlocks also match pods whose addresses lie inside them, with most network plugins; "
                    + $"then {beyond} {(beyond.Count == 1 ? "is" : "are")} allowed without being asked for.");
        }

        if (opened.Count > 0)
        {
            yield return Tell(
                DiagnosticSeverity.Warning,
                $"Policies of the admin tiers allow what was not asked for, and no NetworkPolicy can close it: {opened}.");
        }

        if (closed.Count > 0)
        {
            yield return Tell(
                DiagnosticSeverity.Error,
                $"Policies of the admin tiers deny what was asked for, and no NetworkPolicy can open it: {closed}.");
        }

        if (less.Count > 0)
            yield return Tell(DiagnosticSeverity.Error, $"The policies do not allow what was asked for: {less}.");
    }

    /// <summary>A policy beside NetworkPolicies that decides some of these ports before them; null for none.</summary>
    private static string? Deciding(ReachabilityMap map, int source, int destination, PortSet ports, RuleAction action) =>
        new[] { map.Trace(PolicyDirection.Egress, source, destination), map.Trace(PolicyDirection.Ingress, destination, source) }
            .OfType<TierTrace>()
            .SelectMany(static trace => trace.Decisions)
            .FirstOrDefault(decision => decision.Action == action && !decision.Ports.Intersect(ports).IsEmpty)
            ?.Policy.Policy.Origin.Reference.ToString();

    private bool IsDecided(int source, int destination) =>
        scope.Decides(NamespaceOf(source), NamespaceOf(destination)) && !(source == destination && atoms.IsOnePod(atoms.OfPod(source)));

    /// <summary>One pod of each atom that a pod may have to reach by a rule about its labels.</summary>
    private IEnumerable<int> Wanted(int source) => allowed.PeersOf(atoms.NodeOf(atoms.OfPod(source)), outgoing: true)
        .Where(peer => !nodes.IsNamespace(peer.Peer))
        .SelectMany(peer => atoms.OfNode(peer.Peer))
        .Select(atom => atoms.PodsOf(atom)[0]);

    /// <summary>One pod for each atom and class: all others of both behave the same.</summary>
    private int[] Probes(ReachabilityMap map) =>
        [.. Enumerable.Range(0, directory.Endpoints.SelectableCount).DistinctBy(pod => (atoms.OfPod(pod), map.Classes.ClassOf(pod)))];

    private static IndexSet ClassesOf(ReachabilityMap map, int[] pods) => IndexSet.Of(pods.Select(map.Classes.ClassOf));

    private string NamespaceOf(int pod) => directory.Endpoints[pod].Namespace;

    private string NameOf(int pod) => atoms.NameOf(atoms.OfPod(pod));

    private static Diagnostic Tell(DiagnosticSeverity severity, string message) => new(DiagnosticId.NotAsAsked, severity, message);

    /// <summary>How many, and the first of them to show.</summary>
    private sealed class Found
    {
        private string _first = "";

        public int Count { get; private set; }

        public void Add(string line)
        {
            if (Count++ == 0)
                _first = line;
        }

        public override string ToString() => Count == 1 ? _first : $"{_first} and {Count - 1} more";
    }
}
