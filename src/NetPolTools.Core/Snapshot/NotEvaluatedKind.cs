using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Snapshot;

/// <summary>Objects of one kind that decide or may decide traffic and take no part in the answer.</summary>
/// <param name="ApiVersion">As written: <c>cilium.io/v2</c>.</param>
/// <param name="Kind">As written: <c>CiliumNetworkPolicy</c>.</param>
/// <param name="Role">What they would do to the answer.</param>
/// <param name="Count">How many there are; at least one.</param>
/// <param name="Names">The first few, as <c>namespace/name</c>, or <c>name</c> where they are in no namespace.</param>
public sealed record NotEvaluatedKind(string ApiVersion, string Kind, UnevaluatedRole Role, int Count, IReadOnlyList<string> Names)
{
    private const int MostNames = 3;

    /// <summary>Where the first of them begins.</summary>
    public SourceLocation Location { get; init; }

    internal static IReadOnlyList<NotEvaluatedKind> Of(ClusterSnapshot snapshot) => snapshot.UnevaluatedObjects.Count == 0 ? [] :
    [
        .. from found in Missing(snapshot)
           group found by (found.Role, found.ApiVersion, found.Kind) into same
           orderby same.Key.Role, same.Key.Kind, same.Key.ApiVersion
           select new NotEvaluatedKind(same.Key.ApiVersion, same.Key.Kind, same.Key.Role, same.Count(), [.. same.Take(MostNames).Select(NameOf)])
           {
               Location = same.First().Location,
           },
    ];

    /// <summary><c>4 CiliumNetworkPolicy (cilium.io/v2): lab/a, lab/b, lab/c and 1 more</c>.</summary>
    public override string ToString() => $"{Count} {Kind} ({ApiVersion}): {Wording.List(Names, MostNames, Count)}";

    /// <summary>What stands for pods is not missed where its pods, or the workload above it or below it, are in the input.</summary>
    private static IEnumerable<UnevaluatedObject> Missing(ClusterSnapshot snapshot)
    {
        var above = snapshot.Pods.Concat<KubernetesObject>(snapshot.Workloads).Select(ControllerOf).OfType<ObjectReference>().ToHashSet();
        var known = snapshot.Workloads.Concat<KubernetesObject>(snapshot.UnevaluatedObjects).Select(static found => found.Reference).ToHashSet();
        return snapshot.UnevaluatedObjects.Where(found => found.Role != UnevaluatedRole.Workload
            || !(above.Contains(found.Reference) || (ControllerOf(found) is { } controller && known.Contains(controller))));

        static ObjectReference? ControllerOf(KubernetesObject found) => found.Metadata.Controller is { } controller
            ? new ObjectReference(controller.Kind, found.Metadata.Namespace, controller.Name)
            : null;
    }

    /// <summary>A file stands for what has no name, as what kustomize reads mostly has none.</summary>
    private static string NameOf(KubernetesObject found) => found.Name.Length == 0 ? found.Location.File ?? "without a name"
        : found.Metadata.Namespace is { } ns ? $"{ns}/{found.Name}" : found.Name;
}
