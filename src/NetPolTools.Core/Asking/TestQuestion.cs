using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Services;
using NetPolTools.Sets;

namespace NetPolTools.Asking;

/// <summary>May A reach B? Of several ends, whether any of the one may reach any of the other.</summary>
/// <param name="From">Each one workload or pod, a namespace as <c>name/*</c>, a label selector, an address or a block. At least one.</param>
/// <param name="To">As <paramref name="From"/>, or a Service, which stands for what is behind it on its target ports.</param>
public sealed record TestQuestion(IReadOnlyList<EndpointPattern> From, IReadOnlyList<EndpointPattern> To)
{
    /// <summary>Reachable on any of these ports of the destination; of a Service, they are its own ports.</summary>
    public PortSet Ports { get; init; } = PortSet.All;

    /// <summary>Names of ports of the Service that is the destination.</summary>
    public IReadOnlyList<string> PortNames { get; init; } = [];

    /// <summary>Whether a Service counts as reachable where any pod behind it is, and not only where all are.</summary>
    public bool AnyPodWillDo { get; init; }

    /// <summary>Where names without a namespace are looked for, with wildcards; empty for everywhere.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>
    /// The namespace that kubectl would take where none is named; null for none. It decides only where a name would otherwise mean several workloads or
    /// Services, so that no answer changes for it.
    /// </summary>
    public string? ContextNamespace { get; init; }

    public Assumptions Assumptions { get; init; } = new();

    /// <inheritdoc cref="ReachQuestion.Ask"/>
    /// <returns>No answer in part: a name that is not there, or that matches several workloads, must not let an audit pass.</returns>
    public Answer<TestedReachability> Ask(ClusterEvaluator cluster, QuestionWords words, CancellationToken cancellation = default) =>
        Ask(cluster, Findings.Of(words, (QuestionPart.Input, cluster.Snapshot)), cancellation);

    /// <summary>The same of one of many states that are tried: nobody is told what they lack, and to look for that may take longer than the answer.</summary>
    internal Answer<TestedReachability> Try(ClusterEvaluator cluster, QuestionWords words, CancellationToken cancellation) =>
        Ask(cluster, Findings.OfTrial(words, cluster.Snapshot), cancellation);

    private Answer<TestedReachability> Ask(ClusterEvaluator cluster, Findings findings, CancellationToken cancellation)
    {
        if (findings.ArePreventing)
            return findings.GiveNone<TestedReachability>();
        cluster = NewPods.AddTo(cluster, From.Concat(To), findings);
        var assumptions = Assumptions.ToAskAbout(Ports);
        findings.Add(cluster.Evaluate(assumptions).Diagnostics);
        findings.Add(cluster.FindingsOfStaged(assumptions));
        findings.AddUnknownNamespaces(Namespaces, needed: Namespaces.Count);
        findings.AddPortNames(PortNames, To);
        if (findings.ArePreventing)
            return findings.GiveNone<TestedReachability>();

        var map = cluster.Map(assumptions, cancellation);
        findings.AddPolicies(map);
        var answers = new List<ReachabilityAnswer>();
        var told = new HashSet<(string Name, string Message)>();
        var ports = new AskedPorts(Ports, PortNames);
        foreach (var (from, to) in From.SelectMany(from => To.Select(to => (from.In(Namespaces), to.In(Namespaces)))))
        {
            var answer = ReachabilityQuestion.Ask(map, from, to, ports, AnyPodWillDo, out var problems);
            if (answer is null && InContext(map, from, to, ports, problems) is { } inContext)
                (answer, problems) = (inContext, []);
            if (answer is not null)
                answers.Add(answer);
            foreach (var (name, problem) in problems.Where(problem => told.Add((problem.Name.ToString(), problem.Problem.Message))))
                findings.Add(problem, name.ToString());
            if (problems.Any(static problem => problem.Problem.Severity == DiagnosticSeverity.Error))
                findings.Prevent();
        }

        if (answers.Count == 0)
            return findings.GiveNone<TestedReachability>();
        if (!answers.Exists(static answer => answer is { IsAllowed: true, Undetermined.IsEmpty: true })
            && answers.Find(static answer => !answer.Undetermined.IsEmpty) is { } open)
        {
            findings.Add(ReachabilityQuestion.Undetermined(map, string.Join(", ", From), string.Join(", ", To), open), null);
            return findings.GiveNone<TestedReachability>();
        }

        var tested = new TestedReachability(map, answers);
        if (tested.Doubts.Count > 0)
            findings.Doubt();
        return findings.Give(() => tested);
    }

    /// <summary>The answer where names that mean several are taken for what the context's namespace has of that name; null where that is none either.</summary>
    private ReachabilityAnswer? InContext(
        ReachabilityMap map, EndpointPattern from, EndpointPattern to, AskedPorts ports, IReadOnlyList<(EndpointPattern Name, Diagnostic Problem)> problems)
    {
        if (ContextNamespace is null || Namespaces.Count > 0 || !problems.All(static problem => problem.Problem.Id == DiagnosticId.AmbiguousName))
            return null;
        var names = problems.Select(static problem => problem.Name.ToString()).ToHashSet();
        var answer = ReachabilityQuestion.Ask(map, Meant(from), Meant(to), ports, AnyPodWillDo, out _);
        return answer is null ? null : answer with
        {
            Notes = [.. names.Select(name => $"{name} is taken for what namespace {ContextNamespace} has of that name, the namespace of the context"),
                .. answer.Notes],
        };

        EndpointPattern Meant(EndpointPattern end) => names.Contains(end.ToString()) ? end.In([ContextNamespace]) : end;
    }
}
