using NetPolTools.Diagnostics;
using NetPolTools.Exposure;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>Who that does not exist yet could reach workloads, and whom that does not exist yet could they reach?</summary>
public sealed record ExposureQuestion
{
    private const string NoBindings =
        "The input holds no RoleBinding and no ClusterRoleBinding, so nothing tells who may create pods or set labels; add them, such as with "
            + "kubectl get roles,rolebindings,clusterroles,clusterrolebindings -A -o yaml.";

    /// <summary>What is asked about: workloads and pods; none for all.</summary>
    public IReadOnlyList<EndpointPattern> Workloads { get; init; } = [];

    /// <summary>What a line stands for: a workload or a pod.</summary>
    public GroupBy By { get; init; }

    /// <summary>Only workloads of these namespaces, with wildcards; empty for all.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>Whether to tell who may create the pods, or set the labels, as roles and their bindings in the input say.</summary>
    public bool WithAccess { get; init; }

    public Assumptions Assumptions { get; init; } = new();

    /// <inheritdoc cref="ReachQuestion.Ask"/>
    public Answer<ExposureList> Ask(ClusterEvaluator cluster, QuestionWords words, CancellationToken cancellation = default)
    {
        var findings = Findings.Of(words, (QuestionPart.Input, cluster.Snapshot));
        if (findings.ArePreventing)
            return findings.GiveNone<ExposureList>();
        findings.Add(cluster.Evaluate(Assumptions).Diagnostics);
        findings.Add(cluster.FindingsOfStaged(Assumptions));
        findings.AddUnknownNamespaces(Namespaces);
        if (findings.ArePreventing)
            return findings.GiveNone<ExposureList>();
        EndpointPattern[] patterns = [.. Workloads.Select(pattern => pattern.In(Namespaces))];
        var (snapshot, options) = cluster.Evaluated(Assumptions);
        var endpoints = EndpointTable.Create(snapshot, AddressPartition.Create([], cancellation), cancellation);
        var unmatched = patterns.Where(pattern => !Enumerable.Range(0, endpoints.PodCount).Any(pod => pattern.Matches(endpoints[pod])));
        findings.AddUnmatched(QuestionPart.Workload, patterns, unmatched);
        if (findings.ArePreventing)
            return findings.GiveNone<ExposureList>();
        if (WithAccess && snapshot.RoleBindings.Count == 0)
            findings.Add(new Diagnostic(DiagnosticId.NoMatch, DiagnosticSeverity.Warning, NoBindings), null);
        var report = new ExposureReport(snapshot, options, endpoints, IsAsked, WithAccess, cancellation);
        findings.AddPolicies(report.Map);
        if (report.Cut is { Count: > 0 } cut)
            findings.Add(TooManyLabels(cut), null);
        return findings.Give(() => new ExposureList(report, By));

        static Diagnostic TooManyLabels(IReadOnlyList<ObjectReference> cut) => new(
            DiagnosticId.TooManyLabels,
            DiagnosticSeverity.Warning,
            $"Policies ask for so many labels of those who may talk to {Wording.List([.. cut.Select(static owner => owner.ToString())], 5)} that not all of "
                + $"them were looked at: no more than {LabelAtoms.Most} cases of labels are. What is told of pods holds for the example of each line, and pods "
                + "with other labels may be told apart further.");

        bool IsAsked(Endpoint pod) => WildcardNames.MatchAny(Namespaces, pod.Namespace)
            && (patterns.Length == 0 || Array.Exists(patterns, pattern => pattern.Matches(pod)));
    }
}

/// <summary>The lines of an exposure, worked out as they are gone through.</summary>
public sealed class ExposureList
{
    private readonly ExposureReport _report;
    private readonly GroupBy _by;

    internal ExposureList(ExposureReport report, GroupBy by) => (_report, _by) = (report, by);

    /// <summary>By workload; of each, who could reach it and then whom it could reach.</summary>
    public IEnumerable<ExposureLine> Lines(CancellationToken cancellation = default) => _report.Lines(_by, cancellation);

    /// <inheritdoc cref="ExposureReport.LinesToExplain"/>
    internal IEnumerable<ExposureLine> LinesToExplain(int explained, CancellationToken cancellation) =>
        _report.LinesToExplain(_by, explained, cancellation);
}
