using NetPolTools.Objects;
using NetPolTools.Snapshot;

namespace NetPolTools.Exposure;

/// <summary>
/// Who may create pods and set labels, as roles and their bindings say. Rules of RBAC only allow; what admission refuses all the same is not known here.
/// </summary>
internal sealed class AccessIndex
{
    private const string Star = "*";

    private readonly IReadOnlyList<Granted> _granted;

    public AccessIndex(ClusterSnapshot snapshot)
    {
        var roles = snapshot.Roles.DistinctBy(static role => role.Reference).ToDictionary(static role => role.Reference);
        var ofCluster = snapshot.Roles.Where(static role => role.Kind == AccessRole.OfCluster).ToArray();
        _granted = [.. snapshot.RoleBindings.SelectMany(binding => Of(binding, roles, ofCluster))];
    }

    /// <summary>Who may make pods in some namespaces.</summary>
    /// <param name="namespaces">That exist; null for all, also those to come.</param>
    /// <param name="byLabels">Whether labels of pods that run there would do as well.</param>
    public IEnumerable<ExposureAccess> OfPods(IReadOnlyCollection<string>? namespaces, bool byLabels) => Of(
        [AccessAbility.CreatePods, AccessAbility.CreateWorkloads, .. byLabels ? [AccessAbility.LabelPods] : Array.Empty<AccessAbility>()],
        namespaces);

    /// <summary>Who may create namespaces or set their labels.</summary>
    public IEnumerable<ExposureAccess> OfNamespaceLabels() => Of([AccessAbility.CreateNamespaces, AccessAbility.LabelNamespaces], null);

    /// <summary>One for each binding and ability.</summary>
    private IEnumerable<ExposureAccess> Of(AccessAbility[] abilities, IReadOnlyCollection<string>? namespaces) =>
        from granted in _granted
        where Array.IndexOf(abilities, granted.Ability) >= 0
        let places = Places(granted, namespaces)
        where places is not null
        from subject in granted.Binding.Subjects
        select new ExposureAccess(subject, granted.Ability, places, granted.Binding.Reference, granted.Role) { Location = granted.Binding.Location };

    /// <summary>Where of what is asked it holds; null for nowhere, empty for everywhere.</summary>
    private static string[]? Places(Granted granted, IReadOnlyCollection<string>? namespaces)
    {
        if (granted.Namespaces is null)
            return namespaces is null ? [] : namespaces.Count == 0 ? null : [.. namespaces.Order(StringComparer.Ordinal)];
        string[] both = [.. granted.Namespaces.Where(ns => namespaces?.Contains(ns) != false).Order(StringComparer.Ordinal)];
        return both.Length == 0 ? null : both;
    }

    private static IEnumerable<Granted> Of(AccessBinding binding, Dictionary<ObjectReference, AccessRole> roles, AccessRole[] ofCluster)
    {
        var reference = new ObjectReference(
            binding.Role, binding.Role == AccessRole.OfNamespace ? binding.Metadata.Namespace : null, binding.RoleName);
        var rules = roles.TryGetValue(reference, out var role) ? RulesOf(role, ofCluster) : WellKnownRoles.RulesOf(reference);
        var ns = binding.Kind == AccessBinding.OfNamespace ? binding.Metadata.Namespace : null;
        return rules.SelectMany(rule => AbilitiesOf(rule, ns)).GroupBy(static found => found.Ability).Select(found => new Granted(
            found.Key,
            found.Any(static one => one.Namespaces is null) ? null : [.. found.SelectMany(static one => one.Namespaces!).Distinct()],
            binding,
            reference));
    }

    private static IEnumerable<AccessRule> RulesOf(AccessRole role, AccessRole[] ofCluster) => role.Aggregated.Count == 0
        ? role.Rules
        : role.Rules.Concat(ofCluster
            .Where(other => !ReferenceEquals(other, role) && role.Aggregated.Any(selector => selector.Matches(other.Metadata.Labels)))
            .SelectMany(static other => other.Rules));

    /// <param name="rule">Of a role.</param>
    /// <param name="ns">Where it holds; null for the whole cluster.</param>
    private static IEnumerable<(AccessAbility Ability, IReadOnlyList<string>? Namespaces)> AbilitiesOf(AccessRule rule, string? ns)
    {
        IReadOnlyList<string>? there = ns is null ? null : [ns];

        // The name of what is to be created is not known to whoever decides, so a rule for some names allows no create.
        var mayCreate = rule.ResourceNames.Count == 0 && Has(rule.Verbs, "create");
        var mayChange = Has(rule.Verbs, "update") || Has(rule.Verbs, "patch");
        if (Names(rule, "", "pods"))
        {
            if (mayCreate)
                yield return (AccessAbility.CreatePods, there);
            if (mayChange)
                yield return (AccessAbility.LabelPods, there);
        }

        if ((mayCreate || mayChange) && WorkloadResources.Any(workload => Names(rule, workload.Group, workload.Resource)))
            yield return (AccessAbility.CreateWorkloads, there);
        if (!Names(rule, "", "namespaces"))
            yield break;
        if (mayCreate && ns is null)
            yield return (AccessAbility.CreateNamespaces, null);

        // A request for a namespace is one in that namespace, so a binding in it is enough to change it.
        if (mayChange && (ns is null || rule.ResourceNames.Count == 0 || rule.ResourceNames.Contains(ns)))
            yield return (AccessAbility.LabelNamespaces, ns is null && rule.ResourceNames.Count > 0 ? rule.ResourceNames : there);
    }

    private static IEnumerable<(string Group, string Resource)> WorkloadResources =>
    [
        ("apps", "deployments"), ("apps", "statefulsets"), ("apps", "daemonsets"), ("apps", "replicasets"), ("batch", "jobs"), ("batch", "cronjobs"),
        ("", "replicationcontrollers"), ("argoproj.io", "rollouts"), ("apps.openshift.io", "deploymentconfigs"), ("serving.knative.dev", "services"),
    ];

    private static bool Names(AccessRule rule, string group, string resource) => Has(rule.ApiGroups, group) && Has(rule.Resources, resource);

    private static bool Has(IReadOnlyList<string> named, string asked) => named.Any(name => name == asked || name == Star);

    /// <param name="Ability">What the subjects of a binding may do.</param>
    /// <param name="Namespaces">Where; null for everywhere.</param>
    /// <param name="Binding">Gives it to them.</param>
    /// <param name="Role">What it gives.</param>
    private sealed record Granted(AccessAbility Ability, IReadOnlyList<string>? Namespaces, AccessBinding Binding, ObjectReference Role);
}
