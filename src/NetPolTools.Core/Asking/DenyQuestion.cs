using NetPolTools.Authoring.Denying;
using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Difference;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Snapshot;

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

    /// <summary>What the simulation takes as given.</summary>
    public Assumptions Assumptions { get; init; } = Assumptions.None;

    /// <inheritdoc cref="ReachQuestion.Ask"/>
    public Answer<DenyPolicies> Ask(ClusterEvaluator cluster, QuestionWords words, CancellationToken cancellation = default)
    {
        var findings = Simulate ? Findings.Of(words, (QuestionPart.Simulation, cluster.Snapshot)) : Findings.OfAny(words, cluster.Snapshot, isNeeded: false);
        if (findings.ArePreventing)
            return findings.GiveNone<DenyPolicies>();
        KubernetesObject[] policies = Options.As == DenyPolicyKind.NetworkPolicy ? Policies(cluster.Snapshot, findings)
            : ClusterPolicies(cluster.Snapshot, findings);
        if (Simulate)
            findings.Add(cluster.FindingsOfStaged(Assumptions));
        return findings.Give(() => policies.Length == 0 ? null : new DenyPolicies(policies, Simulate ? Difference(cluster, policies, cancellation) : null));
    }

    private NetworkPolicy[] Policies(ClusterSnapshot cluster, Findings findings)
    {
        var recipe = new DefaultDeny(Options, cluster);
        NetworkPolicy[] policies = [.. Namespaces(cluster, findings).SelectMany(recipe.For)];
        findings.Add(recipe.Problems);
        return policies;
    }

    /// <summary>Where no namespace is named, also for those to come, so that the input need not hold any.</summary>
    private AdminPolicy[] ClusterPolicies(ClusterSnapshot cluster, Findings findings)
    {
        var isForAll = Patterns.Count + Listed.Count == 0;
        var namespaces = isForAll ? [] : Namespaces(cluster, findings);
        if (!isForAll && namespaces.Count == 0)
            return [];
        var recipe = new ClusterDefaultDeny(Options, cluster);
        var policy = isForAll ? recipe.ForAll() : recipe.For(namespaces);
        findings.Add(recipe.Problems);
        return policy is null ? [] : [policy];
    }

    private IReadOnlyList<string> Namespaces(ClusterSnapshot cluster, Findings findings)
    {
        var namespaces = DenyNamespaces.Pick(Patterns, Listed, cluster, out var unknown);
        foreach (var (pattern, problem) in unknown)
            findings.Add(problem, pattern);
        return namespaces;
    }

    private ReachabilityDifference Difference(ClusterEvaluator cluster, KubernetesObject[] policies, CancellationToken cancellation) =>
        DifferenceQuestion.Compare(cluster, new ClusterEvaluator(cluster.Snapshot.With(policies)), new ConnectionQuery(), Assumptions, cancellation);
}

/// <summary>Policies that close namespaces.</summary>
/// <param name="Policies">At least one: NetworkPolicies, or one policy of the admin tiers.</param>
/// <param name="Difference">What they would open and close; null where that was not asked.</param>
public sealed record DenyPolicies(IReadOnlyList<KubernetesObject> Policies, ReachabilityDifference? Difference);
