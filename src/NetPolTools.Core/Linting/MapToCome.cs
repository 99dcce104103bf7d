using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;

namespace NetPolTools.Linting;

/// <summary>
/// The input with pods that may come: in each namespace one without labels, and one for each set of labels that policies of other kinds ask for. What such
/// policies do with a namespace that is empty today, or with labels that no pod has yet, is seen with them.
/// </summary>
internal static class MapToCome
{
    // More would make the map a multiple of the input's.
    private const int MostPods = 4000;

    public static ReachabilityMap Of(ReachabilityMap map)
    {
        if (map.Stack.Policies.IsEmpty)
            return map;
        LabelSet[] labels = [LabelSet.Empty, .. map.Stack.Policies.SelectMany(TermContent.TermsOf).SelectMany(LabelsOf).Distinct()];
        if (labels.Length * map.Snapshot.Namespaces.Count > MostPods)
            labels = [LabelSet.Empty];
        var pods = map.Snapshot.Namespaces.SelectMany(ns => labels.Select((with, number) => new Pod(new ObjectMetadata
        {
            Name = $"pod-to-come-{number}",
            Namespace = ns.Name,
            Labels = with,
        })));
        return ReachabilityMap.Compile(map.Snapshot.With(pods), map.Options);
    }

    /// <summary>The labels that pods of a term have at least; none for a term that does not ask for labels of pods.</summary>
    private static IEnumerable<LabelSet> LabelsOf(EndpointTerm term) => term switch
    {
        EndpointTerm.Pods pods => Labels(pods.Which) is { Count: > 0 } labels ? [LabelSet.Create(labels)] : [],
        EndpointTerm.AllOf all => all.Parts.SelectMany(LabelsOf),
        EndpointTerm.AnyOf any => any.Parts.SelectMany(LabelsOf),
        EndpointTerm.Not not => LabelsOf(not.Part),
        _ => [],
    };

    private static Dictionary<string, string> Labels(LabelPredicate predicate)
    {
        var labels = new Dictionary<string, string>();
        Collect(predicate);
        return labels;

        void Collect(LabelPredicate part)
        {
            if (part is LabelPredicate.AllOf all)
            {
                foreach (var inner in all.Parts)
                    Collect(inner);
            }
            else if (part is LabelPredicate.Label { Owner: LabelOwner.Pod, Test: LabelTest.In, Values: [var value, ..] } label)
            {
                labels[label.Key] = value;
            }
        }
    }
}
