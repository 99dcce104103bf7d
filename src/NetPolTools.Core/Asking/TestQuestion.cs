using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Services;
using NetPolTools.Sets;

namespace NetPolTools.Asking;

/// <summary>May A reach B?</summary>
/// <param name="From">One workload or pod, a namespace as <c>name/*</c>, a label selector, an address or a block.</param>
/// <param name="To">As <paramref name="From"/>, or a Service, which stands for what is behind it on its target ports.</param>
public sealed record TestQuestion(EndpointPattern From, EndpointPattern To)
{
    /// <summary>Reachable on any of these ports of the destination; of a Service, they are its own ports.</summary>
    public PortSet Ports { get; init; } = PortSet.All;

    /// <summary>Names of ports of the Service that is the destination.</summary>
    public IReadOnlyList<string> PortNames { get; init; } = [];

    /// <summary>Whether a Service counts as reachable where any pod behind it is, and not only where all are.</summary>
    public bool AnyPodWillDo { get; init; }

    /// <summary>Where names without a namespace are looked for, with wildcards; empty for everywhere.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    public Assumptions Assumptions { get; init; } = new();

    /// <inheritdoc cref="ReachQuestion.Ask"/>
    /// <returns>No answer in part: a name that is not there, or that matches several workloads, must not let an audit pass.</returns>
    public Answer<TestedReachability> Ask(ClusterEvaluator cluster, QuestionWords words, CancellationToken cancellation = default)
    {
        var findings = Findings.Of(words, (QuestionPart.Input, cluster.Snapshot));
        if (findings.ArePreventing)
            return findings.GiveNone<TestedReachability>();
        findings.Add(cluster.Evaluate(Assumptions).Diagnostics);
        findings.AddUnknownNamespaces(Namespaces, needed: Namespaces.Count);
        findings.AddPortNames(PortNames, [To]);
        if (findings.ArePreventing)
            return findings.GiveNone<TestedReachability>();

        var map = cluster.Map(Assumptions, cancellation);
        var answer = ReachabilityQuestion.Ask(map, From.In(Namespaces), To.In(Namespaces), new AskedPorts(Ports, PortNames), AnyPodWillDo, out var problems);
        foreach (var (name, problem) in problems)
            findings.Add(problem, name.ToString());
        if (answer is { Undetermined.IsEmpty: false })
        {
            findings.Add(Undetermined(map, answer), null);
            return findings.GiveNone<TestedReachability>();
        }

        if (answer?.Doubts.Count > 0)
            findings.Doubt();
        return findings.Give(() => answer is null ? null : new TestedReachability(map, answer));
    }

    private Diagnostic Undetermined(ReachabilityMap map, ReachabilityAnswer answer)
    {
        var reasons = new UndeterminedReasons(map).Between(answer.Example.Source, answer.Example.Destination, answer.Undetermined);
        return new Diagnostic(
            DiagnosticId.Undetermined,
            DiagnosticSeverity.Error,
            $"Whether {From} may reach {To} on {answer.Undetermined} cannot be told: {string.Join("; ", reasons)}.");
    }
}
