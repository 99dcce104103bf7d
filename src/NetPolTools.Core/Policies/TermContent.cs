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

    /// <summary>The rules of both directions.</summary>
    public static IEnumerable<TrafficRule> RulesOf(TieredPolicy policy) =>
        new[] { policy.Ingress, policy.Egress }.OfType<RuleList>().SelectMany(static list => list.Rules);

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

    /// <summary>Whether a term asks for labels of namespaces other than the one that every namespace has by its name.</summary>
    public static bool GoesByLabelsOfNamespaces(EndpointTerm term) => term switch
    {
        EndpointTerm.Pods pods => GoesByLabelsOfNamespaces(pods.Which),
        EndpointTerm.AllOf all => all.Parts.Any(GoesByLabelsOfNamespaces),
        EndpointTerm.AnyOf any => any.Parts.Any(GoesByLabelsOfNamespaces),
        EndpointTerm.Not not => GoesByLabelsOfNamespaces(not.Part),
        EndpointTerm.SomeOf some => GoesByLabelsOfNamespaces(some.Within),
        _ => false,
    };

    private static bool GoesByLabelsOfNamespaces(LabelPredicate predicate) => predicate switch
    {
        LabelPredicate.Label label => label.Owner == LabelOwner.Namespace && label.Key != Namespace.NameLabel,
        LabelPredicate.AllOf all => all.Parts.Any(GoesByLabelsOfNamespaces),
        LabelPredicate.AnyOf any => any.Parts.Any(GoesByLabelsOfNamespaces),
        LabelPredicate.Not not => GoesByLabelsOfNamespaces(not.Part),
        _ => false,
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
