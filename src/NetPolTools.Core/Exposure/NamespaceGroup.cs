using NetPolTools.Policies;

namespace NetPolTools.Exposure;

/// <summary>Namespaces that are alike to a workload.</summary>
/// <param name="Example">The first of them.</param>
/// <param name="Members">All of them, ascending; worked out when somebody asks, since mostly nobody does.</param>
/// <param name="IsOwn">Whether it is the workload's own.</param>
/// <param name="Conditions">What the workload's policies ask of pods in them.</param>
/// <param name="Subjects">Which of these pods the policies of the namespaces select, as far as that matters.</param>
internal sealed record NamespaceGroup(
    int Example, Lazy<IReadOnlyList<int>> Members, bool IsOwn, LabelPredicate[] Conditions, LabelPredicate[] Subjects);
