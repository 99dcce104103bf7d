using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Tests.Oracle;

/// <summary>Whether an endpoint is among those that a term describes, by looking at this one endpoint alone.</summary>
internal sealed class TermMatcher(ClusterSnapshot snapshot, bool ipBlockMatchesPods)
{
    /// <param name="term">The set.</param>
    /// <param name="endpoint">Whether it is in the set.</param>
    /// <param name="subject">Whose policy it is: "own node" is its node.</param>
    public Match IsIn(EndpointTerm term, OracleEndpoint endpoint, OracleEndpoint subject) => term switch
    {
        EndpointTerm.Pods pods => endpoint.IsSelectable ? Holds(pods.Which, endpoint) : Match.No,
        EndpointTerm.Nodes nodes => IsNode(nodes, endpoint, subject),
        EndpointTerm.Addresses addresses => HasAddress(addresses, endpoint),
        EndpointTerm.OfFamily family => Speaks(family.Family, endpoint),
        EndpointTerm.AllOf all => MatchLogic.All(all.Parts.Select(part => IsIn(part, endpoint, subject))),
        EndpointTerm.AnyOf any => MatchLogic.Any(any.Parts.Select(part => IsIn(part, endpoint, subject))),
        EndpointTerm.Not not => IsIn(not.Part, endpoint, subject).Not(),
        EndpointTerm.Named => Match.No,
        EndpointTerm.SomeOf some => IsIn(some.Within, endpoint, subject) == Match.No ? Match.No : Match.Maybe,
        _ => throw new ArgumentException(term.ToString()),
    };

    private Match Holds(LabelPredicate predicate, OracleEndpoint pod) => predicate switch
    {
        LabelPredicate.AllOf all => MatchLogic.All(all.Parts.Select(part => Holds(part, pod))),
        LabelPredicate.AnyOf any => MatchLogic.Any(any.Parts.Select(part => Holds(part, pod))),
        LabelPredicate.Not not => Holds(not.Part, pod).Not(),
        LabelPredicate.InNamespace when pod.IsUnknown => Match.No,
        _ when pod.IsUnknown => Match.Maybe,
        LabelPredicate.InNamespace ns => MatchLogic.Of(pod.Namespace == ns.Name),
        LabelPredicate.HasServiceAccount accounts => MatchLogic.Of(Stands(accounts.Test, accounts.Names, pod.ServiceAccount)),
        LabelPredicate.IsOneOf objects => MatchLogic.Of(objects.Objects.Any(wanted => pod.Name == $"{wanted.Namespace}/{wanted.Name}[{wanted.Kind}]")),
        LabelPredicate.Label { Owner: LabelOwner.Pod } label => Holds(label, pod.Labels),
        LabelPredicate.Label { Owner: LabelOwner.ServiceAccount } label => snapshot.ServiceAccounts
            .Where(account => account.Name == pod.ServiceAccount && account.Metadata.Namespace == pod.Namespace)
            .Select(account => Holds(label, account.Metadata.Labels))
            .FirstOrDefault(pod.ServiceAccount == PodSpec.DefaultServiceAccount ? Match.No : Match.Maybe),
        LabelPredicate.Label { Owner: LabelOwner.Namespace } label =>
            Holds(label, snapshot.Namespaces.Single(ns => ns.Name == pod.Namespace).Metadata.Labels),
        _ => throw new ArgumentException(predicate.ToString()),
    };

    private static Match Holds(LabelPredicate.Label label, LabelSet labels) =>
        MatchLogic.Of(labels.TryGet(label.Key, out var value) && Stands(label.Test, label.Values, value));

    private static bool Stands(LabelTest test, IEnumerable<string> values, string value) => test switch
    {
        LabelTest.Exists => true,
        LabelTest.In => values.Contains(value),
        LabelTest.StartsWith => values.Any(value.StartsWith),
        LabelTest.EndsWith => values.Any(value.EndsWith),
        _ => values.Any(value.Contains),
    };

    private Match IsNode(EndpointTerm.Nodes term, OracleEndpoint endpoint, OracleEndpoint subject)
    {
        if (!endpoint.IsOutside && !endpoint.IsHostNetwork)
            return Match.No;
        var known = snapshot.Nodes.Where(node => Is(node, endpoint)).ToList();
        if (known.Count > 0)
            return MatchLogic.Any(known.Select(node => MatchLogic.All([HoldsFor(node, term.Which), InScope(term.Scope, node, subject)])));

        // A node that is not in the input has labels all the same.
        return endpoint.IsHostNetwork || IsNodeAddress(endpoint.Addresses[0])
            ? MatchLogic.All([HoldsFor(null, term.Which), term.Scope == NodeScope.Any ? Match.Yes : Match.Maybe])
            : Match.No;
    }

    private static bool Is(Node node, OracleEndpoint endpoint) =>
        (endpoint.IsHostNetwork && endpoint.NodeName == node.Name) || node.Addresses.Intersect(endpoint.Addresses).Any();

    private static Match InScope(NodeScope scope, Node node, OracleEndpoint subject)
    {
        if (scope == NodeScope.Any)
            return Match.Yes;
        var addresses = subject.IsOutside ? subject.Addresses : subject.NodeAddresses;
        if (subject.NodeName is null && addresses.Count == 0)
            return Match.Maybe;
        var own = subject.NodeName is { } name ? name == node.Name : node.Addresses.Intersect(addresses).Any();
        return MatchLogic.Of(own == (scope == NodeScope.Own));
    }

    private static Match HoldsFor(Node? node, LabelPredicate predicate) => predicate switch
    {
        LabelPredicate.AllOf all => MatchLogic.All(all.Parts.Select(part => HoldsFor(node, part))),
        LabelPredicate.AnyOf any => MatchLogic.Any(any.Parts.Select(part => HoldsFor(node, part))),
        LabelPredicate.Not not => HoldsFor(node, not.Part).Not(),
        _ when node is null => Match.Maybe,
        LabelPredicate.Label { Owner: LabelOwner.Node } label => Holds(label, node.Metadata.Labels),
        _ => throw new ArgumentException(predicate.ToString()),
    };

    private Match HasAddress(EndpointTerm.Addresses term, OracleEndpoint endpoint)
    {
        if (!term.OfNodes && (endpoint.IsHostNetwork || (endpoint.IsOutside && IsNodeAddress(endpoint.Addresses[0]))))
            return Match.No;
        var isPod = endpoint.IsSelectable;
        if (isPod && (term.OfPods == PodMatch.No || (term.OfPods == PodMatch.AsOption && !ipBlockMatchesPods)))
            return Match.No;
        if (endpoint.Addresses.Count > 0 || term.OfPods == PodMatch.AsOption)
            return MatchLogic.Of(endpoint.Addresses.Any(address => IsIn(term, address)));

        // Some IPv4 address that nobody knows: the edges of the term's ranges are where its ranges begin or end to hold.
        var edges = term.In.Concat(term.Except)
            .Where(static range => range.Family == AddressFamilyKind.IPv4)
            .SelectMany(static range => new[] { range.First, range.Last, range.First == 0 ? 0 : range.First - 1, UInt128.Min(range.Last + 1, uint.MaxValue) })
            .Append(UInt128.Zero)
            .Select(value => IsIn(term, new NetAddress(AddressFamilyKind.IPv4, value)))
            .Distinct()
            .ToList();
        return edges.Count == 2 ? Match.Maybe : MatchLogic.Of(edges[0]);
    }

    private static bool IsIn(EndpointTerm.Addresses term, NetAddress address) =>
        term.In.Any(range => range.Contains(address)) && !term.Except.Any(range => range.Contains(address));

    /// <summary>A node of the input has it, or a pod says that its node has it.</summary>
    private bool IsNodeAddress(NetAddress address) =>
        snapshot.Nodes.Any(node => node.Addresses.Contains(address))
        || snapshot.Pods.Any(pod => pod.HostAddresses.Contains(address));

    private static Match Speaks(AddressFamilyKind family, OracleEndpoint endpoint)
    {
        var spoken = endpoint.Addresses.Select(static address => address.Family).DefaultIfEmpty(AddressFamilyKind.IPv4).Distinct().ToList();
        return !spoken.Contains(family) ? Match.No : spoken.Count == 1 ? Match.Yes : Match.Maybe;
    }
}
