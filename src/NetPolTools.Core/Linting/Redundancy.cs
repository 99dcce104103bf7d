using NetPolTools.Objects;
using NetPolTools.Reachability;

namespace NetPolTools.Linting;

/// <summary>
/// Which policies and rules could go at once without any change, now and for pods to come: others allow all that they allow, and isolate the same pods. It
/// goes by what selectors and blocks can match at all, never by what they match today.
/// </summary>
internal sealed class Redundancy
{
    private const int FewestNamespaces = 64;

    public Redundancy(LintContext context)
    {
        // Where other policies stand among NetworkPolicies by name, each NetworkPolicy has a place of its own.
        var layout = context.Map.Stack.Layout;
        if (layout.BreaksTiesByName && context.Map.Stack.Policies.Any(policy =>
            policy.Rank.Tier == layout.NetworkPolicies.Tier && policy.Rank.Order == layout.NetworkPolicies.Order))
        {
            return;
        }

        // No policy covers one of another namespace.
        var namespaces = context.ByNamespace;
        var bounds = ParallelParts.Bounds(namespaces.Length, FewestNamespaces);
        var parts = new RedundancyOfNamespaces[bounds.Length - 1];
        ParallelParts.ForEachPart(
            parts.Length,
            part => parts[part] = new RedundancyOfNamespaces(namespaces[bounds[part]..bounds[part + 1]], context.Map.Stack.TakenOver),
            CancellationToken.None);
        Policies = [.. parts.SelectMany(static part => part.Policies)];
        Rules = [.. parts.SelectMany(static part => part.Rules)];
    }

    /// <summary>Policies that could go, each with the rules that allow what it allows, and one that isolates its pods.</summary>
    public IReadOnlyList<(NetworkPolicy Policy, IReadOnlyList<JudgedRule> Because, NetworkPolicy Isolating)> Policies { get; } = [];

    /// <summary>Rules of other policies that could go, each with the rules that allow what it allows.</summary>
    public IReadOnlyList<(RuleSite Rule, IReadOnlyList<JudgedRule> Because)> Rules { get; } = [];
}
