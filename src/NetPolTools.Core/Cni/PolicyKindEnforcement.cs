using System.Collections.Immutable;
using NetPolTools.Cni.Catalogue;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Snapshot;

namespace NetPolTools.Cni;

/// <summary>Which policies of the admin tiers a network plugin enforces, and what to say about those that it does not.</summary>
/// <param name="NotEnforced">These take no part.</param>
/// <param name="Diagnostics">Warnings.</param>
internal sealed record PolicyKindEnforcement(ImmutableHashSet<ObjectReference> NotEnforced, IReadOnlyList<Diagnostic> Diagnostics)
{
    private static readonly ImmutableArray<PolicyFeature> Kinds =
        [PolicyFeature.AdminNetworkPolicy, PolicyFeature.BaselineAdminNetworkPolicy, PolicyFeature.ClusterNetworkPolicy];

    public static PolicyKindEnforcement Of(CniVerdict verdict, ClusterSnapshot snapshot)
    {
        var notEnforced = ImmutableHashSet.CreateBuilder<ObjectReference>();
        var told = new List<Diagnostic>();
        foreach (var kind in Kinds)
        {
            PolicyObject[] policies = [.. snapshot.PolicyObjects.Where(found => found.Kind == kind.ToString())];
            if (policies.Length == 0 || verdict.Enforced == Enforcement.No)
                continue;
            if (verdict.Engines.Count == 0)
            {
                told.Add(Warning($"{Count(policies, kind)} evaluated, though the input shows no network plugin that is known to enforce them: few do."));
                continue;
            }

            var support = Support(verdict, kind, out var because);
            if (support == FeatureSupport.No)
            {
                notEnforced.UnionWith(policies.Select(static policy => policy.Reference));
                told.Add(Warning($"{Count(policies, kind)} left out of the answer, since nothing enforces them here. {because}"));
                continue;
            }

            if (because is not null)
                told.Add(Warning($"{Count(policies, kind)} evaluated. {because}"));
            AddTooHigh(verdict, kind, snapshot, notEnforced, told);
        }

        return new PolicyKindEnforcement(notEnforced.ToImmutable(), told);
    }

    /// <summary>What is to be known where a policy of a kind is to be made.</summary>
    public static IEnumerable<Diagnostic> OfNew(CniVerdict verdict, PolicyFeature kind)
    {
        if (verdict.Engines.Count == 0)
        {
            yield return Warning($"Few network plugins enforce a {kind}, and the input shows none of them.");
            yield break;
        }

        var support = Support(verdict, kind, out var because);
        if (because is not null)
            yield return Warning(
                $"{(support == FeatureSupport.No ? "These policies would have no effect." : "What is to be known of these policies here:")} {because}");
    }

    /// <summary>What the catalogue says; of a plugin of which it says nothing of these kinds, that it does not enforce them.</summary>
    /// <param name="verdict">With an engine.</param>
    /// <param name="kind">One of the three.</param>
    /// <param name="because">What to know of it; null where there is nothing to say.</param>
    private static FeatureSupport Support(CniVerdict verdict, PolicyFeature kind, out string? because)
    {
        var best = FeatureSupport.No;
        because = null;
        foreach (var engine in verdict.Engines)
        {
            PolicyFeature[] known =
                [.. PluginCatalogue.Default.Chain(engine.Entry).SelectMany(static entry => entry.Limits).Select(static limit => limit.Feature)];

            // The two kinds of v1alpha1 come together.
            var asked = kind == PolicyFeature.BaselineAdminNetworkPolicy && !known.Contains(kind) ? PolicyFeature.AdminNetworkPolicy : kind;
            AppliedLimit[] limits = [.. engine.Limits.Where(limit => limit.Feature == asked)];
            var support = !known.Contains(asked) ? FeatureSupport.No : limits.Select(static limit => limit.Support).DefaultIfEmpty(FeatureSupport.Yes).Min();
            because ??= limits.Length > 0 ? limits[0] + "." : support == FeatureSupport.No ? $"{engine} is not known to read {kind}." : null;
            if (support > best)
                (best, because) = (support, limits.Length > 0 ? limits[0] + "." : null);
        }

        return best;
    }

    private static void AddTooHigh(
        CniVerdict verdict, PolicyFeature kind, ClusterSnapshot snapshot, ImmutableHashSet<ObjectReference>.Builder notEnforced, List<Diagnostic> told)
    {
        if (verdict.Limits.FirstOrDefault(limit => limit.Feature == kind && limit.Limit.MostPriority is not null) is not { } bound)
            return;
        foreach (var policy in PolicyStack.Of(snapshot, EngineLayout.Kubernetes).Policies)
        {
            var reference = policy.Origin.Reference;
            if (reference.Kind != kind.ToString() || policy.Rank.Order <= bound.Limit.MostPriority || !notEnforced.Add(reference))
                continue;
            told.Add(Warning($"{reference} is left out of the answer: {bound.Plugin} enforces priorities up to {bound.Limit.MostPriority} only.") with
            {
                Object = reference,
                Location = policy.Origin.Location,
            });
        }
    }

    private static string Count(PolicyObject[] policies, PolicyFeature kind) =>
        policies.Length == 1 ? $"1 {kind} is" : $"{policies.Length} objects of kind {kind} are";

    private static Diagnostic Warning(string message) => new(DiagnosticId.PoliciesNotEnforced, DiagnosticSeverity.Warning, message);
}
