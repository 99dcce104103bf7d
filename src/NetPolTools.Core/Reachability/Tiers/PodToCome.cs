using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Reachability;

/// <summary>A pod that is not there yet: its namespace is known and nothing else.</summary>
internal static class PodToCome
{
    /// <summary>Whether it is among some endpoints; null where that depends on its labels.</summary>
    public static bool? IsSelected(EndpointTerm term, Namespace ns) => term switch
    {
        EndpointTerm.Pods pods => Holds(pods.Which, ns),
        EndpointTerm.AllOf all => all.Parts.Aggregate((bool?)true, (holds, part) => holds & IsSelected(part, ns)),
        EndpointTerm.AnyOf any => any.Parts.Aggregate((bool?)false, (holds, part) => holds | IsSelected(part, ns)),
        EndpointTerm.Not not => !IsSelected(not.Part, ns),
        EndpointTerm.Nodes => false,
        _ => null,
    };

    private static bool? Holds(LabelPredicate predicate, Namespace ns) => predicate switch
    {
        LabelPredicate.AllOf all => all.Parts.Aggregate((bool?)true, (holds, part) => holds & Holds(part, ns)),
        LabelPredicate.AnyOf any => any.Parts.Aggregate((bool?)false, (holds, part) => holds | Holds(part, ns)),
        LabelPredicate.Not not => !Holds(not.Part, ns),
        LabelPredicate.InNamespace named => named.Name == ns.Name,
        LabelPredicate.Label { Owner: LabelOwner.Namespace } label => ns.Metadata.Labels.TryGet(label.Key, out var value) && label.Holds(value),
        LabelPredicate.IsOneOf => false,
        _ => null,
    };
}
