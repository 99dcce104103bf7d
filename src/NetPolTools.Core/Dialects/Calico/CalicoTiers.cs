using NetPolTools.Diagnostics;
using NetPolTools.Policies;

namespace NetPolTools.Dialects.Calico;

/// <summary>The tiers of a cluster: those that every Calico has, and those that the input defines. Not thread safe.</summary>
internal sealed class CalicoTiers
{
    private readonly TranslationContext _context;
    private readonly Dictionary<string, (PolicyTier Tier, Unmatched Unmatched)> _tiers = [];

    public CalicoTiers(TranslationContext context)
    {
        _context = context;
        foreach (var tier in context.Objects<CalicoTier>())
            _tiers[tier.Name] = (
                new PolicyTier(TextOf(tier.Name), tier.Order ?? double.PositiveInfinity), tier.PassesUnmatched ? Unmatched.NextTier : Unmatched.Deny);

        // Their orders cannot be changed.
        var layout = context.Layout;
        foreach (var admin in new[] { "adminnetworkpolicy", "kube-admin" })
            _tiers[admin] = (layout.Admin with { Name = TextOf(admin) }, Unmatched.NextTier);
        foreach (var baseline in new[] { "baselineadminnetworkpolicy", "kube-baseline" })
            _tiers[baseline] = (layout.Baseline with { Name = TextOf(baseline) }, Unmatched.NextTier);
        _tiers[CalicoTier.DefaultName] = (layout.NetworkPolicies.Tier, Unmatched.Deny);
    }

    /// <summary>The tier of a policy, and what it does with what its policies do not match.</summary>
    public (PolicyTier Tier, Unmatched Unmatched) Of(CalicoPolicy policy)
    {
        var name = policy.TierName;
        if (_tiers.TryGetValue(name, out var known))
            return known;
        _context.Report(new Diagnostic(
            DiagnosticId.NotEvaluated,
            DiagnosticSeverity.Warning,
            $"The input does not hold the tier {name}: its order and default action are not known. It is taken to come behind all others and to deny what its "
                + "policies do not match, as Calico does where there is no such tier.")
        {
            Location = policy.Location,
            Object = policy.Reference,
        });
        return _tiers[name] = (new PolicyTier(TextOf(name), double.PositiveInfinity) { IsMissing = true }, Unmatched.Deny);
    }

    private static string TextOf(string name) => $"tier {name}";
}
