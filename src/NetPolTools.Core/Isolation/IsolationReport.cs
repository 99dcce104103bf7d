using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Snapshot;
using NetPolTools.Text;

namespace NetPolTools.Isolation;

/// <summary>Tells which workloads are isolated in which direction and by which policies, and how far namespaces are covered.</summary>
public sealed class IsolationReport
{
    private const int MostNames = 5;
    private const int FewestInParallel = 256;

    private readonly ClusterSnapshot _snapshot;
    private readonly ReachabilityMap _map;
    private readonly IReadOnlyList<string> _namespaces;
    private readonly PoliciesByName _byName;
    private readonly Lazy<PeerCounter> _counter;
    private readonly NamedEndLines _named;
    private readonly Dictionary<RuleSet, PeerSummary> _summaries = [];

    /// <param name="snapshot">What was read.</param>
    /// <param name="map">Compiled from it.</param>
    /// <param name="namespaces">Wildcards for the namespaces asked about; empty for all.</param>
    public IsolationReport(ClusterSnapshot snapshot, ReachabilityMap map, IReadOnlyList<string> namespaces)
    {
        _snapshot = snapshot;
        _map = map;
        _namespaces = namespaces;
        _byName = new PoliciesByName(snapshot.NetworkPolicies);
        _counter = new Lazy<PeerCounter>(() => new PeerCounter(map));
        _named = new NamedEndLines(map);
    }

    /// <summary>By namespace, name and kind; pods of one owner stand apart where policies tell them apart.</summary>
    public IEnumerable<WorkloadIsolation> Workloads() => Workloads(GroupBy.Workload);

    /// <summary>Each pod, and each template without pods, for itself.</summary>
    public IEnumerable<WorkloadIsolation> Pods() => Workloads(GroupBy.Pod);

    /// <summary>Every namespace, also one without workloads, by name.</summary>
    public IEnumerable<NamespaceIsolation> Namespaces() => Namespaces(Workloads(GroupBy.Workload));

    /// <inheritdoc cref="Namespaces()"/>
    /// <param name="isolations">What <see cref="Workloads()"/> gave, where that is at hand.</param>
    internal IEnumerable<NamespaceIsolation> Namespaces(IEnumerable<WorkloadIsolation> isolations)
    {
        var workloads = isolations.ToLookup(static isolation => isolation.End.Namespace!);
        var policies = _snapshot.NetworkPolicies.ToLookup(static policy => policy.Metadata.Namespace!);
        foreach (var ns in _snapshot.Namespaces.Where(ns => WildcardNames.MatchAny(_namespaces, ns.Name)))
        {
            var owners = workloads[ns.Name].GroupBy(static isolation => isolation.Owner).ToArray();
            yield return new NamespaceIsolation
            {
                Namespace = ns.Name,
                Workloads = owners.Length,
                HostNetworkWorkloads = owners.Count(static pods => pods.All(static pod => pod.IsHostNetwork)),
                IngressIsolated = owners.Count(static pods => pods.All(static pod => pod.Ingress.IsIsolated)),
                EgressIsolated = owners.Count(static pods => pods.All(static pod => pod.Egress.IsIsolated)),
                IngressDefaults = Defaults(policies[ns.Name], PolicyDirection.Ingress),
                EgressDefaults = Defaults(policies[ns.Name], PolicyDirection.Egress),
                IngressTierDefaults = _map.DeniesToCome(PolicyDirection.Ingress, ns),
                EgressTierDefaults = _map.DeniesToCome(PolicyDirection.Egress, ns),
                IngressExceptions = _map.AllowsToCome(PolicyDirection.Ingress, ns),
                EgressExceptions = _map.AllowsToCome(PolicyDirection.Egress, ns),
            };
        }
    }

    /// <summary>
    /// What to know of the answer: the policies of the namespaces asked about that select no pod, and whose isolation depends on what network plugins make
    /// of a rule.
    /// </summary>
    public IEnumerable<Diagnostic> Diagnostics() => SelectingNothing().Concat(DependingOnPortNames());

    private IEnumerable<Diagnostic> SelectingNothing()
    {
        var dangling = DanglingPolicies.Find(_snapshot, _map.Endpoints).Where(policy => WildcardNames.MatchAny(_namespaces, policy.Namespace)).ToArray();
        if (dangling.Length == 0)
            yield break;
        var names = Wording.List(Array.ConvertAll(dangling, static policy => $"{policy.Namespace}/{policy.Name} ({policy.PodSelector})"), MostNames);
        yield return new Diagnostic(
            DiagnosticId.SelectsNothing,
            DiagnosticSeverity.Warning,
            $"{(dangling.Length == 1 ? "A NetworkPolicy selects" : $"{dangling.Length} NetworkPolicies select")} no pod of "
                + $"{(dangling.Length == 1 ? "its" : "their")} namespace: {names}.")
        {
            Location = dangling[0].Location,
        };
    }

    private IEnumerable<Diagnostic> DependingOnPortNames()
    {
        if (_map.NamedPortDoubts is not { } doubts)
            yield break;
        var otherwise = new Dictionary<ConnectionEnd, DirectionIsolation>();
        foreach (var isolation in new IsolationReport(_snapshot, doubts.Otherwise, _namespaces).Pods())
            otherwise[isolation.End] = isolation.Egress;
        string[] different =
        [
            .. Pods().Where(isolation => otherwise.TryGetValue(isolation.End, out var other) && !IsSame(isolation.Egress, other))
                .Select(static isolation => isolation.Owner.ToString()).Distinct(),
        ];
        if (different.Length > 0)
        {
            yield return new Diagnostic(
                DiagnosticId.NamedPortTowardsIPBlock,
                DiagnosticSeverity.Warning,
                $"The egress of {Wording.List(different, MostNames)} depends on {NamedPortDoubts.Question}; shown is the reading that allows less.");
        }

        static bool IsSame(DirectionIsolation a, DirectionIsolation b) => (a.State, a.Peers) == (b.State, b.Peers) && a.Ports.Equals(b.Ports);
    }

    private IEnumerable<WorkloadIsolation> Workloads(GroupBy by)
    {
        EndpointGroup[] groups = [.. EndpointGroup.Create(_map, by).Where(group => WildcardNames.MatchAny(_namespaces, group.End.Namespace!))];
        SumUp(groups);
        return groups.Select(Isolation);
    }

    /// <summary>Sums up the rule sets of groups, where there are many of them side by side.</summary>
    private void SumUp(EndpointGroup[] groups)
    {
        RuleSet[] ruleSets =
        [
            .. groups.Select(static group => group.Members[0])
                .SelectMany(member => new[] { _map.IngressOf(member), _map.EgressOf(member) })
                .OfType<RuleSet>().Distinct().Where(rules => !_summaries.ContainsKey(rules)),
        ];
        if (ruleSets.Length == 0)
            return;
        var (counter, summaries, bounds) = (_counter.Value, new PeerSummary[ruleSets.Length], ParallelParts.Bounds(ruleSets.Length, FewestInParallel));
        int[] receiving = [.. _named.OfPolicies(PolicyDirection.Ingress)], sending = [.. _named.OfPolicies(PolicyDirection.Egress)];
        ParallelParts.ForEachPart(bounds.Length - 1, part =>
        {
            var scratch = new IndexSetAccumulator(_map.Endpoints.Count);
            for (var i = bounds[part]; i < bounds[part + 1]; i++)
            {
                summaries[i] = new PeerSummary(
                    _map, counter, ruleSets[i], scratch, ruleSets[i].Direction == PolicyDirection.Ingress ? receiving : sending);
            }
        }, CancellationToken.None);
        for (var i = 0; i < ruleSets.Length; i++)
            _summaries.Add(ruleSets[i], summaries[i]);
    }

    /// <summary>Only a selector that asks for nothing picks pods that do not exist yet, whatever their labels.</summary>
    private static NetworkPolicy[] Defaults(IEnumerable<NetworkPolicy> policies, PolicyDirection direction) =>
        [.. InOrder(policies.Where(policy => policy.PodSelector.SelectsEverything && policy.Isolates(direction)))];

    private WorkloadIsolation Isolation(EndpointGroup group)
    {
        // Members of a group are alike, but for hostNetwork pods among pods that no policy names.
        var member = group.Members[0];
        return new WorkloadIsolation(
            group.End,
            _map.Endpoints[member].Owner,
            Direction(member, _map.IngressOf(member)),
            Direction(member, _map.EgressOf(member)),
            group.UsesHost(_map.Endpoints));
    }

    private DirectionIsolation Direction(int member, RuleSet? ruleSet)
    {
        if (ruleSet is null)
            return DirectionIsolation.Open;
        var summary = _summaries[ruleSet];
        var peers = summary.For(member);
        var state = peers.ToString() == DirectionIsolation.Nothing ? IsolationState.Denied
            : summary.KeepsUnknownAway ? IsolationState.Isolated
            : ruleSet.HasDenials ? IsolationState.Restricted
            : IsolationState.Open;
        return new DirectionIsolation(state, peers, state == IsolationState.Denied ? PortSet.None : summary.Ports) { RuleSet = ruleSet, ByName = _byName };
    }

    private static IOrderedEnumerable<NetworkPolicy> InOrder(IEnumerable<NetworkPolicy> policies) =>
        policies.OrderBy(static policy => policy.Name, StringComparer.Ordinal);
}
