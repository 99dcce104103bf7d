using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Reachability;

/// <summary>
/// The answer to "who can talk to whom, on which ports" for one snapshot, kept as sets over classes of endpoints. Immutable; questions may come
/// from several threads.
/// </summary>
/// <remarks>
/// Endpoints go by the numbers of <see cref="Endpoints"/>. A connection needs the source's egress and the destination's ingress to allow it, on
/// the same port; an endpoint that no policy isolates in a direction allows everything in it. That a pod reaches itself, and its own node, is
/// not in the rule sets: see <see cref="AreOnOneNode"/>.
/// </remarks>
public sealed class ReachabilityMap
{
    private readonly RuleSet?[] _ingress;
    private readonly RuleSet?[] _egress;
    private readonly Lazy<ReachIndex> _index;

    internal ReachabilityMap(
        ClusterSnapshot snapshot,
        ReachabilityOptions options,
        EndpointTable endpoints,
        EndpointClasses classes,
        RuleSet?[] ingressByClass,
        RuleSet?[] egressByClass)
    {
        Snapshot = snapshot;
        Options = options;
        Endpoints = endpoints;
        Classes = classes;
        _ingress = ingressByClass;
        _egress = egressByClass;
        IngressRuleSets = [.. ingressByClass.OfType<RuleSet>().Distinct()];
        EgressRuleSets = [.. egressByClass.OfType<RuleSet>().Distinct()];

        HangsOnIPBlock = IngressRuleSets.Concat(EgressRuleSets).Any(static ruleSet => ruleSet.HangsOnIPBlock);
        _index = new Lazy<ReachIndex>(() => new ReachIndex(this));
    }

    /// <summary>What the map was made from.</summary>
    public ClusterSnapshot Snapshot { get; }

    public ReachabilityOptions Options { get; }

    public EndpointTable Endpoints { get; }

    public EndpointClasses Classes { get; }

    public IReadOnlyList<RuleSet> IngressRuleSets { get; }

    public IReadOnlyList<RuleSet> EgressRuleSets { get; }

    /// <summary>Whether any answer hangs on ipBlocks matching pods or not: <see cref="BetweenOtherwise"/> may differ from <see cref="Between"/>.</summary>
    public bool HangsOnIPBlock { get; }

    /// <summary>For questions about many endpoints.</summary>
    internal ReachIndex Index => _index.Value;

    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ReachabilityMap Compile(ClusterSnapshot snapshot, ReachabilityOptions? options = null, CancellationToken cancellation = default) =>
        PolicyCompiler.Compile(snapshot, options ?? new ReachabilityOptions(), cancellation);

    /// <summary>What an endpoint's policies allow it to receive; null when none isolates it, and for hostNetwork pods and addresses.</summary>
    public RuleSet? IngressOf(int endpoint) => endpoint < Endpoints.SelectableCount ? _ingress[Classes.Of(endpoint)] : null;

    /// <summary>What an endpoint's policies allow it to send; null as with <see cref="IngressOf"/>.</summary>
    public RuleSet? EgressOf(int endpoint) => endpoint < Endpoints.SelectableCount ? _egress[Classes.Of(endpoint)] : null;

    /// <summary>The ports of <paramref name="destination"/> that policies let <paramref name="source"/> reach, as two different pods.</summary>
    public PortSet Between(int source, int destination)
    {
        var sent = EgressOf(source)?.PortsWith(Classes.Of(destination)) ?? PortSet.All;
        if (sent.IsEmpty)
            return sent;
        return sent.Intersect(IngressOf(destination)?.PortsWith(Classes.Of(source)) ?? PortSet.All);
    }

    /// <summary>The same if ipBlocks matched pods just the other way than assumed.</summary>
    public PortSet BetweenOtherwise(int source, int destination)
    {
        var sent = EgressOf(source)?.PortsWithOtherwise(Classes.Of(destination)) ?? PortSet.All;
        return sent.Intersect(IngressOf(destination)?.PortsWithOtherwise(Classes.Of(source)) ?? PortSet.All);
    }

    /// <summary>
    /// The classes that policies let a class reach, as disjoint sets with the ports of each. Its own class among them means other pods of it.
    /// </summary>
    /// <param name="source">An endpoint, for its class.</param>
    /// <param name="among">The classes that are asked about.</param>
    /// <param name="ports">Remembers port sets between calls.</param>
    public IEnumerable<(IndexSet Destinations, PortSet Ports)> DestinationsOf(int source, DestinationClasses among, PortSetPool ports)
    {
        var sent = EgressOf(source) is { } egress ? egress.Allowed() : [new PortsByPeer(PortSet.All, Classes.Firsts)];
        foreach (var (sentPorts, peers) in sent)
        {
            var open = peers.And(among.NotIsolated);
            if (!open.IsEmpty)
                yield return (open, sentPorts);
        }

        foreach (var (subjects, received) in Receivers(Classes.Of(source), among))
        {
            foreach (var (sentPorts, peers) in sent)
            {
                var both = ports.Intersect(sentPorts, received);
                if (both.IsEmpty)
                    continue;
                var destinations = peers.And(subjects);
                if (!destinations.IsEmpty)
                    yield return (destinations, both);
            }
        }
    }

    /// <summary>Prepares to ask about some classes as destinations.</summary>
    public DestinationClasses Destinations(IndexSet classes) => new(
        classes.AndNot(Index.NotIsolatedForIngress), classes.And(Index.NotIsolatedForIngress), Endpoints.Count);

    /// <summary>The classes that are isolated for ingress and let a source in all the same, together where they share a rule set.</summary>
    private IEnumerable<(IndexSet Subjects, PortSet Ports)> Receivers(int sourceClass, DestinationClasses among)
    {
        var byRuleSet = new Dictionary<RuleSet, IndexSet.Builder>(ReferenceEqualityComparer.Instance);
        foreach (var subject in among.Isolated(Index.Receivers, sourceClass))
        {
            var ruleSet = IngressOf(subject)!;
            if (!byRuleSet.TryGetValue(ruleSet, out var subjects))
                byRuleSet.Add(ruleSet, subjects = new IndexSet.Builder());
            subjects.Add(subject);
        }

        foreach (var (ruleSet, subjects) in byRuleSet)
            yield return (subjects.Build(), ruleSet.PortsWith(sourceClass));
    }

    /// <summary>Whether two pods are known to run on the same node. Traffic between a node and its pods is always allowed (kubelet probes).</summary>
    public bool AreOnOneNode(int a, int b)
    {
        var (first, second) = (Endpoints[a], Endpoints[b]);
        if (first.Spec.NodeName is { } node && second.Spec.NodeName is { } other)
            return node == other;
        foreach (var address in first.NodeAddresses)
        {
            if (second.NodeAddresses.Contains(address))
                return true;
        }

        return false;
    }
}
