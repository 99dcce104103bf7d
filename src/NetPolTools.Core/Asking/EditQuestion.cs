using NetPolTools.Diagnostics;
using NetPolTools.Editing;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Snapshot;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>
/// What would the cluster be with other labels or policies? First policies are removed, then objects applied, then labels changed. A
/// change that cannot be
/// made is an error, and there is no answer: a cluster without it would answer another question.
/// </summary>
public sealed record EditQuestion
{
    private const int MostCandidates = 5;

    /// <summary>Whose labels are changed: workloads and pods.</summary>
    public IReadOnlyList<EndpointPattern> Workloads { get; init; } = [];

    /// <summary>The namespaces whose labels are changed, with wildcards.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    public IReadOnlyList<LabelChange> Labels { get; init; } = [];

    public IReadOnlyList<PolicyPattern> RemovedPolicies { get; init; } = [];

    /// <summary>What is applied, as kubectl apply would; null for nothing.</summary>
    public ClusterSnapshot? Applied { get; init; }

    /// <param name="cluster">Stays as it is.</param>
    /// <param name="words">How the face names the parts of the question.</param>
    public Answer<ClusterSnapshot> Ask(ClusterSnapshot cluster, QuestionWords words)
    {
        var findings = Findings.OfChanged(words, cluster);
        if (findings.ArePreventing)
            return findings.GiveNone<ClusterSnapshot>();
        var edited = Removed(cluster, findings);
        if (Applied is not null)
            edited = edited.With(Applied.Objects(), Applied.ReadingDiagnostics);
        edited = OfNamespaces(Relabelled(edited, findings), findings);
        return findings.ArePreventing ? findings.GiveNone<ClusterSnapshot>() : findings.Give(() => edited);
    }

    private ClusterSnapshot Removed(ClusterSnapshot cluster, Findings findings)
    {
        if (RemovedPolicies.Count == 0)
            return cluster;
        KubernetesObject[] policies = [.. cluster.NetworkPolicies, .. cluster.PolicyObjects];
        var removed = new HashSet<KubernetesObject>(ReferenceEqualityComparer.Instance);
        foreach (var pattern in RemovedPolicies)
        {
            KubernetesObject[] meant = [.. policies.Where(pattern.Matches)];
            if (meant.Length == 0)
                Unmatched(findings, QuestionPart.RemovePolicy, pattern.ToString());
            else if (meant.Length > 1 && pattern.NamesOne)
                Ambiguous(findings, $"'{pattern}' matches several policies: {Names(meant.Select(Reference))}; expected one, or a wildcard.",
                    pattern.ToString());
            removed.UnionWith(meant);
        }

        return cluster.Changed(found => removed.Contains(found) ? null : found);
    }

    private ClusterSnapshot Relabelled(ClusterSnapshot cluster, Findings findings)
    {
        if (Workloads.Count == 0)
            return cluster;
        var relabelling = new Relabelling(cluster);
        foreach (var pattern in Workloads)
        {
            var meant = relabelling.Mark(pattern);
            if (meant.Count == 0)
                Unmatched(findings, QuestionPart.Workload, pattern.ToString());
            else if (meant.Count > 1 && pattern.NamesOne && !WildcardNames.IsPattern(pattern.ToString()))
            {
                Ambiguous(
                    findings, $"'{pattern}' matches several workloads: {Names(meant)}; expected one, a wildcard or a label selector.", pattern.ToString());
            }
        }

        return cluster.Changed(found => relabelling.Change(found, Labels));
    }

    private ClusterSnapshot OfNamespaces(ClusterSnapshot cluster, Findings findings)
    {
        if (Namespaces.Count == 0)
            return cluster;
        foreach (var pattern in Namespaces)
        {
            Namespace[] meant = [.. cluster.Namespaces.Where(ns => WildcardNames.Match(pattern, ns.Name))];
            if (meant.Length == 0)
                Unmatched(findings, QuestionPart.Namespace, pattern);
            foreach (var unknown in meant.Where(static ns => ns.IsOnlyMentioned))
            {
                Refuse(
                    findings,
                    DiagnosticId.UnknownNamespaceLabels,
                    $"The input does not hold the Namespace object of {unknown.Name}, so its other labels are not known; "
                        + "add it, such as with kubectl get namespaces -o yaml.",
                    pattern);
            }
        }

        if (Labels.Any(static change => change.Key == Namespace.NameLabel))
        {
            Refuse(
                findings,
                DiagnosticId.InvalidValue,
                $"The API server sets the label {Namespace.NameLabel} itself, and nobody can change it.",
                Namespace.NameLabel);
        }

        return cluster.Changed(found => found is Namespace ns && Namespaces.Any(pattern => WildcardNames.Match(pattern, ns.Name))
            ? ns with { Metadata = Relabelling.Changed(ns.Metadata, Labels) }
            : found);
    }

    private static void Unmatched(Findings findings, QuestionPart part, string name)
    {
        findings.AddUnmatched(part, [name]);
        findings.Prevent();
    }

    private static void Ambiguous(Findings findings, string message, string about) => Refuse(findings, DiagnosticId.AmbiguousName, message, about);

    private static void Refuse(Findings findings, DiagnosticId id, string message, string about)
    {
        findings.Add(new Diagnostic(id, DiagnosticSeverity.Error, message), about);
        findings.Prevent();
    }

    private static ObjectReference Reference(KubernetesObject policy) => policy.Reference;

    private static string Names(IEnumerable<ObjectReference> references)
    {
        var names = references.ToArray();
        return string.Join(", ", names.Take(MostCandidates)) + (names.Length > MostCandidates ? $" and {names.Length - MostCandidates} more" : "");
    }
}
