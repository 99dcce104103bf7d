using System.Collections.Immutable;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Dialects.Calico;

/// <summary>The policies of a cluster in the model that all policy APIs share.</summary>
internal sealed class CalicoTranslator
{
    private readonly TranslationContext _context;
    private readonly CalicoThings _things;
    private readonly CalicoRuleTranslator _rules;
    private readonly CalicoTiers _tiers;

    public CalicoTranslator(TranslationContext context)
    {
        _context = context;
        _things = new CalicoThings(context);
        _rules = new CalicoRuleTranslator(new CalicoEnds(_things, new CalicoServices(context)));
        _tiers = new CalicoTiers(context);
    }

    public IEnumerable<TieredPolicy> Translate()
    {
        CalicoPolicy[] enforced = [.. _context.Objects<CalicoPolicy>().Where(static policy => policy.IsEnforced)];
        foreach (var policy in enforced.Where(IsForHostsAlone))
            Tell(policy, $"It is {(policy.PreDnat ? "preDNAT" : "doNotTrack")}, so for host endpoints alone, which are not analysed: pods do not notice it.");
        foreach (var policy in enforced.Where(static policy => !IsForHostsAlone(policy)))
        {
            var selector = CalicoSelection.SubjectsOf(policy);
            if (_things.Hosts(selector).FirstOrDefault() is { } host)
                Tell(policy, $"It is about {host.Reference} too; what it does to the traffic of host endpoints is not analysed.");
            yield return Translate(policy, selector);
        }
    }

    private TieredPolicy Translate(CalicoPolicy policy, CalicoSelector selector)
    {
        var (tier, unmatched) = _tiers.Of(policy);
        return new TieredPolicy(
            new PolicyOrigin(CalicoDialect.Instance.Name, policy),
            new PolicyRank(tier, policy.Order ?? double.PositiveInfinity, TieBreaker(policy)),
            _things.Pods(selector),
            Rules(policy, PolicyDirection.Ingress, unmatched),
            Rules(policy, PolicyDirection.Egress, unmatched));
    }

    private string? TieBreaker(CalicoPolicy policy)
    {
        var tier = policy.TierName;
        var kind = policy.Metadata.Namespace is null ? CalicoKind.GlobalNetworkPolicy.Name : CalicoKind.NetworkPolicy.Name;

        // Up to 3.31 names were stored with their tier, whether they were written with it or not.
        var name = policy.Name.StartsWith(tier + ".", StringComparison.Ordinal) && _context.Layout.Ties == TieOrder.ByStoredName
            ? policy.Name[(tier.Length + 1)..]
            : policy.Name;
        return _context.Layout.TieBreaker(kind, tier, policy.Metadata.Namespace, name);
    }

    private RuleList? Rules(CalicoPolicy policy, PolicyDirection direction, Unmatched unmatched)
    {
        if (!policy.AppliesTo(direction))
            return null;
        var field = direction == PolicyDirection.Ingress ? "ingress" : "egress";
        var rules = ImmutableArray.CreateBuilder<TrafficRule>();
        var given = policy.Rules(direction);
        for (var i = 0; i < given.Count; i++)
            rules.AddRange(_rules.Translate(given[i], direction, policy.Metadata.Namespace, new RuleOrigin($"spec.{field}[{i}]", given[i].Location)));
        return new RuleList(rules.ToImmutable(), unmatched);
    }

    /// <summary>Neither is applied to pods (felix/calc/event_sequencer.go).</summary>
    private static bool IsForHostsAlone(CalicoPolicy policy) => policy.PreDnat || policy.DoNotTrack;

    private void Tell(CalicoPolicy policy, string message) =>
        _context.Report(new Diagnostic(
            DiagnosticId.NotEvaluated, DiagnosticSeverity.Warning, message)
        { Location = policy.Location, Object = policy.Reference });
}
