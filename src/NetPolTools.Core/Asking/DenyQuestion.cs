using NetPolTools.Authoring.Denying;
using NetPolTools.Difference;
using NetPolTools.Listing;
using NetPolTools.Objects;

namespace NetPolTools.Asking;

/// <summary>Which policies close namespaces, with the exceptions that people need?</summary>
/// <param name="Options">What to close and what to leave open.</param>
public sealed record DenyQuestion(DefaultDenyOptions Options)
{
    /// <inheritdoc cref="DenyNamespaces.Pick" path="/param[@name='patterns']"/>
    public IReadOnlyList<string> Patterns { get; init; } = [];

    /// <inheritdoc cref="DenyNamespaces.Pick" path="/param[@name='listed']"/>
    public IReadOnlyList<string> Listed { get; init; } = [];

    /// <summary>Whether the answer is to tell what the policies would open and close in the cluster.</summary>
    public bool Simulate { get; init; }

    /// <inheritdoc cref="ReachQuestion.Ask"/>
    public Answer<DenyPolicies> Ask(ClusterEvaluator cluster, QuestionWords words, CancellationToken cancellation = default)
    {
        var findings = Simulate ? Findings.Of(words, (QuestionPart.Simulation, cluster.Snapshot)) : Findings.OfAny(words, cluster.Snapshot, isNeeded: false);
        if (findings.ArePreventing)
            return findings.GiveNone<DenyPolicies>();
        var namespaces = DenyNamespaces.Pick(Patterns, Listed, cluster.Snapshot, out var unknown);
        foreach (var (pattern, problem) in unknown)
            findings.Add(problem, pattern);
        var recipe = new DefaultDeny(Options, cluster.Snapshot);
        NetworkPolicy[] policies = [.. namespaces.SelectMany(recipe.For)];
        findings.Add(recipe.Problems);
        return findings.Give(() => policies.Length == 0 ? null : new DenyPolicies(policies, Simulate ? Difference(cluster, policies, cancellation) : null));
    }

    private static ReachabilityDifference Difference(ClusterEvaluator cluster, NetworkPolicy[] policies, CancellationToken cancellation) =>
        DifferenceQuestion.Compare(cluster, new ClusterEvaluator(cluster.Snapshot.With(policies)), new ConnectionQuery(), Assumptions.None, cancellation);
}

/// <summary>Policies that close namespaces.</summary>
/// <param name="Policies">At least one.</param>
/// <param name="Difference">What they would open and close; null where that was not asked.</param>
public sealed record DenyPolicies(IReadOnlyList<NetworkPolicy> Policies, ReachabilityDifference? Difference);
