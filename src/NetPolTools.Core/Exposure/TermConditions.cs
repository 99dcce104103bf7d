using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;

namespace NetPolTools.Exposure;

/// <summary>What terms of policies ask of pods.</summary>
internal static class TermConditions
{
    /// <summary>Every condition on pods in a term: whether the term means a pod to come depends on these alone, and on its address.</summary>
    public static IEnumerable<LabelPredicate> In(EndpointTerm term) => term switch
    {
        EndpointTerm.Pods pods => [pods.Which],
        EndpointTerm.AllOf all => all.Parts.SelectMany(In),
        EndpointTerm.AnyOf any => any.Parts.SelectMany(In),
        EndpointTerm.Not not => In(not.Part),
        EndpointTerm.SomeOf some => In(some.Within),
        _ => [],
    };

    /// <summary>Whether it may mean a pod to come of a namespace.</summary>
    public static bool MaySelectIn(Namespace ns, EndpointTerm term) => Means(term, condition => PredicateContent.In(ns, condition) switch
    {
        LabelPredicate.AllOf { Parts.Length: 0 } => true,
        LabelPredicate.AnyOf { Parts.Length: 0 } => false,
        _ => null,
    }) != false;

    /// <summary>Whether it means a pod; null where that depends on more than labels.</summary>
    public static bool? Means(EndpointTerm term, Endpoint pod, Namespace ns) => Means(term, condition => pod.IsHostNetwork ? false : Holds(condition, pod, ns));

    private static bool? Means(EndpointTerm term, Func<LabelPredicate, bool?> holds) => term switch
    {
        EndpointTerm.Pods pods => holds(pods.Which),
        EndpointTerm.AllOf all => all.Parts.Aggregate((bool?)true, (means, part) => means & Means(part, holds)),
        EndpointTerm.AnyOf any => any.Parts.Aggregate((bool?)false, (means, part) => means | Means(part, holds)),
        EndpointTerm.Not not => !Means(not.Part, holds),
        _ => null,
    };

    private static bool? Holds(LabelPredicate condition, Endpoint pod, Namespace ns) => condition switch
    {
        LabelPredicate.AllOf all => all.Parts.Aggregate((bool?)true, (holds, part) => holds & Holds(part, pod, ns)),
        LabelPredicate.AnyOf any => any.Parts.Aggregate((bool?)false, (holds, part) => holds | Holds(part, pod, ns)),
        LabelPredicate.Not not => !Holds(not.Part, pod, ns),
        LabelPredicate.InNamespace named => named.Name == ns.Name,
        LabelPredicate.HasServiceAccount accounts => accounts.Holds(pod.Spec.ServiceAccount),
        LabelPredicate.Label { Owner: LabelOwner.Pod } label => pod.Labels.TryGet(label.Key, out var value) && label.Holds(value),

        // Labels of a namespace that the input does not hold are not known.
        LabelPredicate.Label { Owner: LabelOwner.Namespace } label when !ns.IsOnlyMentioned || label.Key == Namespace.NameLabel =>
            ns.Metadata.Labels.TryGet(label.Key, out var value) && label.Holds(value),
        _ => null,
    };
}
