using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;

namespace NetPolTools.Explaining;

/// <summary>What an end lacks to be among the endpoints of a term, in words that follow "would match if".</summary>
/// <param name="namespaces">The labels of each.</param>
/// <param name="accounts">The labels of each service account, by namespace and name.</param>
internal sealed class TermLacks(IReadOnlyDictionary<string, LabelSet> namespaces, ILookup<(string? Namespace, string Name), LabelSet> accounts)
{
    /// <param name="term">One that the end is not in.</param>
    /// <param name="end">"source" or "destination".</param>
    /// <param name="pod">The end, where it is a pod.</param>
    public IReadOnlyList<string> Of(EndpointTerm term, string end, Endpoint? pod) => term switch
    {
        EndpointTerm.Pods when pod is null => [$"the {end} were a pod"],
        EndpointTerm.Pods when pod.IsHostNetwork => [$"the {end} did not use hostNetwork"],
        EndpointTerm.Pods pods => [.. Of(pods.Which, pod)],
        EndpointTerm.Addresses when pod is { Addresses.Count: 0 } => [$"the {end}'s address were known and among {term}"],
        EndpointTerm.Addresses => [$"the {end} had one of the {term}"],
        _ => [$"the {end} were among {term}"],
    };

    private IEnumerable<string> Of(LabelPredicate predicate, Endpoint pod) => Holds(predicate, pod)
        ? []
        : predicate switch
        {
            LabelPredicate.AllOf all => all.Parts.SelectMany(part => Of(part, pod)),
            LabelPredicate.InNamespace ns => [$"the pod were in namespace {ns.Name}"],
            LabelPredicate.Label { Owner: LabelOwner.Namespace } => [$"the namespace had {predicate}"],
            LabelPredicate.Label { Owner: LabelOwner.ServiceAccount } => [$"its service account {pod.Spec.ServiceAccount} had {predicate}"],
            LabelPredicate.Label => [$"the pod had {predicate}"],
            _ => [$"the pod were one with {predicate}"],
        };

    private bool Holds(LabelPredicate predicate, Endpoint pod) => predicate switch
    {
        LabelPredicate.AllOf all => all.Parts.All(part => Holds(part, pod)),
        LabelPredicate.AnyOf any => any.Parts.Any(part => Holds(part, pod)),
        LabelPredicate.Not not => !Holds(not.Part, pod),
        LabelPredicate.InNamespace ns => pod.Namespace == ns.Name,
        LabelPredicate.HasServiceAccount accounts => accounts.Holds(pod.Spec.ServiceAccount),
        LabelPredicate.IsOneOf objects => objects.Objects.Contains(pod.Reference),
        LabelPredicate.Label label => Labels(label.Owner, pod).TryGet(label.Key, out var value) && label.Holds(value),
        _ => false,
    };

    private LabelSet Labels(LabelOwner owner, Endpoint pod) => owner switch
    {
        LabelOwner.Pod => pod.Labels,
        LabelOwner.ServiceAccount => accounts[(pod.Namespace, pod.Spec.ServiceAccount)].FirstOrDefault(LabelSet.Empty),
        _ => namespaces.GetValueOrDefault(pod.Namespace, LabelSet.Empty),
    };
}
