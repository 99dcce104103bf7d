using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Text;

namespace NetPolTools.Snapshot;

/// <summary>What an input lacks, or holds and is not evaluated, so that answers about it may be wrong.</summary>
internal static class InputGaps
{
    private const int MostNames = 5;

    /// <summary>One warning for each kind of gap.</summary>
    public static IEnumerable<Diagnostic> Of(ClusterSnapshot snapshot)
    {
        foreach (var role in Enum.GetValues<UnevaluatedRole>())
        {
            var kinds = snapshot.NotEvaluated.Where(kind => kind.Role == role).ToArray();
            if (kinds.Length > 0)
            {
                yield return Warning(DiagnosticId.NotEvaluated,
                    $"{string.Join("; ", kinds.AsEnumerable())}. {ConsequenceOf(role, kinds.Sum(static kind => kind.Count) == 1, snapshot)}") with
                {
                    Location = kinds[0].Location,
                };
            }
        }

        foreach (var duplicates in snapshot.UntoldDuplicates)
            yield return duplicates;
        if (NamespaceLabels(snapshot) is { } labels)
            yield return labels;
        if (PodLabels(snapshot) is { } podLabels)
            yield return podLabels;
        foreach (var disguise in TrafficInDisguise.Of(snapshot))
            yield return disguise;
    }

    private static string ConsequenceOf(UnevaluatedRole role, bool isOne, ClusterSnapshot snapshot) => (role, isOne) switch
    {
        (UnevaluatedRole.Policy, true) => $"It may decide traffic too and is not evaluated: the answer is about {snapshot.EvaluatedPolicies} alone.",
        (UnevaluatedRole.Policy, _) => $"They may decide traffic too and are not evaluated: the answer is about {snapshot.EvaluatedPolicies} alone.",
        (UnevaluatedRole.Entrance, true) => "It leads traffic to pods and is not evaluated: the answer lacks what comes in through it.",
        (UnevaluatedRole.Entrance, _) => "They lead traffic to pods and are not evaluated: the answer lacks what comes in through them.",
        (UnevaluatedRole.Generator, _) => OtherFiles.KustomizationIsNotBuilt,
        (_, true) => "It stands for pods and is not modelled: the answer lacks those pods. Add the pods themselves.",
        _ => "They stand for pods and are not modelled: the answer lacks those pods. Add the pods themselves.",
    };

    private static Diagnostic? NamespaceLabels(ClusterSnapshot snapshot)
    {
        if (snapshot.NamespacesWithoutLabels.Count == 0
            || snapshot.NetworkPolicies.FirstOrDefault(
                static policy => policy.HasNamespaceSelector(static selector => selector.AsksForLabelsOfNamespaces)) is not { } policy)
        {
            return null;
        }

        var names = Wording.List(snapshot.NamespacesWithoutLabels, MostNames);
        return Warning(
            DiagnosticId.UnknownNamespaceLabels,
            $"{policy.Reference} selects namespaces by labels, and the input does not hold the Namespace objects of {names}: they are taken to have no labels "
                + "but their names. Add them, such as with kubectl get namespaces -o yaml.") with
        {
            Location = policy.Location,
        };
    }

    /// <summary>Pods that are in the input have the labels themselves.</summary>
    private static Diagnostic? PodLabels(ClusterSnapshot snapshot)
    {
        if (snapshot.Workloads.Count == 0 || snapshot.NetworkPolicies.Count == 0)
            return null;
        var asked = snapshot.NetworkPolicies
            .SelectMany(static policy => policy.PodSelectors(), static (policy, selector) => (Policy: policy, Selector: selector))
            .SelectMany(static entry => entry.Selector.Keys.Distinct(), static (entry, key) => (entry, key))
            .ToLookup(static entry => entry.key, static entry => entry.entry);
        var owners = new OwnerChains(snapshot.Workloads);
        var passed = new HashSet<ObjectReference>();
        foreach (var pod in snapshot.Pods)
            owners.OwnerOf(pod, passed);
        owners.HavePods(passed);
        foreach (var workload in snapshot.Workloads.Where(workload => !workload.IsFinished && owners.IsWithoutPods(workload)))
        {
            if (ControllerLabels.UnknownOf(workload)
                .FirstOrDefault(key => !workload.TemplateLabels.TryGet(key, out _) && asked[key].Any(MayMatch(workload, key))) is not { } key)
                continue;
            var policy = asked[key].First(MayMatch(workload, key)).Policy;
            return Warning(
                DiagnosticId.UnknownPodLabels,
                $"{policy.Reference} selects pods by the label {key}, which only the controller of a workload gives them. Pods of {workload.Reference} are "
                    + "not in "
                    + "the input, and are taken not to have it. Add them, such as with kubectl get pods -o yaml.") with
            {
                Location = policy.Location,
            };
        }

        return null;
    }

    /// <summary>The names of a CronJob's Jobs begin with its own: a selector that asks for others does not mean its pods.</summary>
    private static Func<(NetworkPolicy Policy, LabelSelector Selector), bool> MayMatch(Workload workload, string key)
    {
        if (workload.Kind != Workload.CronJob || key is not (ControllerLabels.JobName or ControllerLabels.OldJobName))
            return static _ => true;
        var start = workload.Name + "-";
        return asked => asked.Selector.MatchLabels.Where(label => label.Key == key).All(label => label.Value.StartsWith(start, StringComparison.Ordinal))
            && asked.Selector.MatchExpressions.Where(requirement => requirement.Key == key && requirement.Operator == LabelSelectorRequirement.In)
                .All(requirement => requirement.Values.Any(value => value.StartsWith(start, StringComparison.Ordinal)));
    }

    private static Diagnostic Warning(DiagnosticId id, string message) => new(id, DiagnosticSeverity.Warning, message);
}
