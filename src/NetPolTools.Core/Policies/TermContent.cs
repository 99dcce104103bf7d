using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Policies;

/// <summary>What terms name, for whoever prepares to resolve them.</summary>
internal static class TermContent
{
    /// <summary>Every term of a policy: its subjects, and the peers and subjects of its rules.</summary>
    public static IEnumerable<EndpointTerm> TermsOf(TieredPolicy policy)
    {
        yield return policy.Subjects;
        foreach (var rule in RulesOf(policy))
        {
            if (rule.Only is not null)
                yield return rule.Only;
            foreach (var peer in rule.Peers)
                yield return peer.Term;
        }
    }

    /// <summary>The terms of some policies that are not of one sort, each object once.</summary>
    public static EndpointTerm[] Except<T>(ImmutableArray<TieredPolicy> policies)
        where T : EndpointTerm
    {
        var found = new HashSet<EndpointTerm>(ReferenceEqualityComparer.Instance);
        foreach (var policy in policies)
        {
            Add(policy.Subjects);
            AddOf(policy.Ingress);
            AddOf(policy.Egress);
        }

        return [.. found];

        void AddOf(RuleList? list)
        {
            foreach (var rule in list?.Rules ?? [])
            {
                Add(rule.Only);
                foreach (var peer in rule.Peers)
                    Add(peer.Term);
            }
        }

        void Add(EndpointTerm? term)
        {
            if (term is not (null or T))
                found.Add(term);
        }
    }

    /// <summary>The rules of both directions.</summary>
    public static IEnumerable<TrafficRule> RulesOf(TieredPolicy policy)
    {
        foreach (var rule in policy.Ingress?.Rules ?? [])
            yield return rule;
        foreach (var rule in policy.Egress?.Rules ?? [])
            yield return rule;
    }

    /// <summary>Every block of addresses that a term names.</summary>
    public static IEnumerable<AddressRange> RangesIn(EndpointTerm term) => term switch
    {
        EndpointTerm.Addresses addresses => addresses.In.Concat(addresses.Except),
        EndpointTerm.AllOf all => all.Parts.SelectMany(RangesIn),
        EndpointTerm.AnyOf any => any.Parts.SelectMany(RangesIn),
        EndpointTerm.Not not => RangesIn(not.Part),
        EndpointTerm.SomeOf some => RangesIn(some.Within),
        _ => [],
    };

    /// <summary>Whether a term means other nodes for subjects on other nodes.</summary>
    public static bool GoesByOwnNode(EndpointTerm term) => term switch
    {
        EndpointTerm.Nodes nodes => nodes.Scope != NodeScope.Any,
        EndpointTerm.AllOf all => all.Parts.Any(GoesByOwnNode),
        EndpointTerm.AnyOf any => any.Parts.Any(GoesByOwnNode),
        EndpointTerm.Not not => GoesByOwnNode(not.Part),
        EndpointTerm.SomeOf some => GoesByOwnNode(some.Within),
        _ => false,
    };

    /// <summary>Every name of an end that a term names.</summary>
    public static IEnumerable<string> NamesIn(EndpointTerm term) => term switch
    {
        EndpointTerm.Named named => [named.Name],
        EndpointTerm.AllOf all => all.Parts.SelectMany(NamesIn),
        EndpointTerm.AnyOf any => any.Parts.SelectMany(NamesIn),
        EndpointTerm.Not not => NamesIn(not.Part),
        EndpointTerm.SomeOf some => NamesIn(some.Within),
        _ => [],
    };

    /// <summary>Whether a term asks for labels of namespaces other than the one that every namespace has by its name.</summary>
    public static bool GoesByLabelsOfNamespaces(EndpointTerm term) =>
        LabelsIn(term).Any(static label => label.Owner == LabelOwner.Namespace && label.Key != Namespace.NameLabel);

    /// <summary>Whether a term asks for labels of service accounts.</summary>
    public static bool GoesByLabelsOfAccounts(EndpointTerm term) => LabelsIn(term).Any(static label => label.Owner == LabelOwner.ServiceAccount);

    private static IEnumerable<LabelPredicate.Label> LabelsIn(EndpointTerm term) => term switch
    {
        EndpointTerm.Pods pods => LabelsIn(pods.Which),
        EndpointTerm.AllOf all => all.Parts.SelectMany(LabelsIn),
        EndpointTerm.AnyOf any => any.Parts.SelectMany(LabelsIn),
        EndpointTerm.Not not => LabelsIn(not.Part),
        EndpointTerm.SomeOf some => LabelsIn(some.Within),
        _ => [],
    };

    private static IEnumerable<LabelPredicate.Label> LabelsIn(LabelPredicate predicate) => predicate switch
    {
        LabelPredicate.Label label => [label],
        LabelPredicate.AllOf all => all.Parts.SelectMany(LabelsIn),
        LabelPredicate.AnyOf any => any.Parts.SelectMany(LabelsIn),
        LabelPredicate.Not not => LabelsIn(not.Part),
        _ => [],
    };

    /// <summary>Whether it matters to a term which addresses are those of nodes.</summary>
    public static bool NamesNodes(EndpointTerm term) => term switch
    {
        EndpointTerm.Nodes => true,
        EndpointTerm.Addresses addresses => !addresses.OfNodes,
        EndpointTerm.AllOf all => all.Parts.Any(NamesNodes),
        EndpointTerm.AnyOf any => any.Parts.Any(NamesNodes),
        EndpointTerm.Not not => NamesNodes(not.Part),
        EndpointTerm.SomeOf some => NamesNodes(some.Within),
        _ => false,
    };
}
