using System.Collections.Immutable;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Validation;

namespace NetPolTools.Dialects.Cilium;

/// <summary>
/// Cilium's policies in the model that all policy APIs share. What denies comes before all that allows, whatever kind it is of; what a rule denies by
/// default is denied behind all tiers (cilium/cilium: pkg/policy/repository.go, mapstate.go).
/// </summary>
internal sealed class CiliumTranslator
{
    private readonly TranslationContext _context;
    private readonly CiliumSettings _settings;
    private readonly CiliumSelectors _selectors;
    private readonly CiliumPeers _peers;
    private readonly CiliumRanks _ranks;

    public CiliumTranslator(TranslationContext context, CiliumSettings settings, IReadOnlyList<CiliumPolicy> policies)
    {
        _context = context;
        _settings = settings;
        _selectors = new CiliumSelectors(settings);
        _peers = new CiliumPeers(context.Snapshot, settings, _selectors) { NodesReachTheirPods = settings.AllowsOwnNode && !policies.Any(DeniesIngress) };
        _ranks = CiliumRanks.Of(context.Layout);
    }

    /// <summary>Whether an entry names neither peers nor ports nor ICMP messages, and so matches nothing.</summary>
    public static bool SelectsNothing(CiliumEntry entry) =>
        entry.PeerFields().All(static field => field.Count == 0 && field.Field is "FQDNs" or "Services" or "Groups")
        && entry.Ports is not { Count: > 0 } && entry.Icmps is not { Count: > 0 };

    public IEnumerable<TieredPolicy> Translate(CiliumPolicy policy)
    {
        if (CiliumSettingRules.Check(policy, _settings) is { Count: > 0 } rejected)
        {
            foreach (var error in rejected)
                Report(policy, DiagnosticId.InvalidValue, DiagnosticSeverity.Error, $"{error.Path}: {error.Message} The policy has no effect.");
            return [];
        }

        return policy.Rules().SelectMany(rule => Translate(policy, rule.Rule, rule.Path));
    }

    private IEnumerable<TieredPolicy> Translate(CiliumPolicy policy, CiliumRule rule, string path)
    {
        if (rule.NodeSelector is not null && !_settings.HostFirewall)
        {
            Report(
                policy,
                DiagnosticId.PoliciesNotEnforced,
                DiagnosticSeverity.Warning,
                $"{path}.nodeSelector: policies of nodes are enforced with enable-host-firewall alone, which is off; this rule is left out of the answer.");
            yield break;
        }

        WarnOfKeys(policy, rule, path);
        var ns = policy.IsClusterwide ? null : policy.Metadata.Namespace;
        var subjects = _selectors.Subjects(rule, ns);
        var origin = new PolicyOrigin(CiliumDialect.DialectName, policy);
        var denying = Part(policy, rule, path, denies: true, static _ => true);
        if (denying.Any)
            yield return new TieredPolicy(origin, _ranks.Denying, subjects, denying.Ingress, denying.Egress);

        // What is restricted above ports comes behind what is not: the wider rule lifts the restriction.
        var plain = Part(policy, rule, path, denies: false, static made => made.Caveats.IsEmpty);
        if (plain.Any)
            yield return new TieredPolicy(origin, _ranks.Allowing, subjects, plain.Ingress, plain.Egress);
        var restricted = Part(policy, rule, path, denies: false, static made => !made.Caveats.IsEmpty);
        if (restricted.Any)
            yield return new TieredPolicy(origin, _ranks.Restricted, subjects, restricted.Ingress, restricted.Egress);
        var (ingress, egress) = (DefaultDeny(rule, PolicyDirection.Ingress), DefaultDeny(rule, PolicyDirection.Egress));
        if ((ingress ?? egress) is not null)
            yield return new TieredPolicy(origin, _ranks.DefaultDeny, subjects, ingress, egress);
    }

    private (RuleList? Ingress, RuleList? Egress, bool Any) Part(CiliumPolicy policy, CiliumRule rule, string path, bool denies, Func<TrafficRule, bool> isPart)
    {
        var (ingress, egress) = (Of(PolicyDirection.Ingress), Of(PolicyDirection.Egress));
        return (ingress, egress, (ingress ?? egress) is not null);

        RuleList? Of(PolicyDirection direction)
        {
            var entries = rule.Entries(direction, denies);
            var field = (direction == PolicyDirection.Ingress ? "ingress" : "egress") + (denies ? "Deny" : "");
            ImmutableArray<TrafficRule> made =
                [.. entries.SelectMany((entry, i) => Translate(policy, rule, entry, direction, denies, $"{path}.{field}[{i}]")).Where(isPart)];
            return made.IsEmpty ? null : new RuleList(made, Unmatched.NextTier);
        }
    }

    private static bool DeniesIngress(CiliumPolicy policy) => policy.Rules().Any(static rule => rule.Rule.IngressDeny is { Count: > 0 });

    private static RuleList? DefaultDeny(CiliumRule rule, PolicyDirection direction) =>
        rule.DeniesByDefault(direction) ? new RuleList([], Unmatched.Deny) : null;

    private IEnumerable<TrafficRule> Translate(
        CiliumPolicy policy, CiliumRule rule, CiliumEntry entry, PolicyDirection direction, bool denies, string path)
    {
        var action = denies ? RuleAction.Deny : RuleAction.Allow;
        var isOfInit = rule.EndpointSelector?.Keys.Any(static key => key == "reserved:init") == true;
        var peers = _peers.Of(entry, direction, denies, policy.IsClusterwide ? null : policy.Metadata.Namespace, isOfInit);

        // What has to authenticate with this mode never can.
        if (peers.IsEmpty || entry.AuthenticationMode == "test-always-fail")
            yield break;
        var origin = new RuleOrigin(path, entry.Location);
        if (entry.Icmps is { Count: > 0 })
            yield return new TrafficRule(action, peers, CiliumPorts.Of(entry.Icmps), origin);
        else if (entry.Ports is not { Count: > 0 })
            yield return new TrafficRule(action, peers, PortTerm.Everything, origin);
        for (var i = 0; i < entry.Ports?.Count; i++)
        {
            yield return new TrafficRule(action, peers, CiliumPorts.Of(entry.Ports[i]), origin) { Caveats = CiliumCaveats.Of(entry.Ports[i]) };
        }
    }

    private void WarnOfKeys(CiliumPolicy policy, CiliumRule rule, string path)
    {
        var selectors = CiliumRule.Sections.SelectMany(section => rule.Entries(section.Direction, section.Denies))
            .SelectMany(static entry => entry.Endpoints ?? []).Append(rule.EndpointSelector).OfType<LabelSelector>();
        foreach (var key in selectors.SelectMany(_selectors.KeysLeftOut).Distinct())
        {
            Report(
                policy,
                DiagnosticId.SelectsNothing,
                DiagnosticSeverity.Warning,
                $"{path} selects by the label {Excerpt.Of(key)}, which identities of Cilium do not have: to its policies no pod has it.");
        }
    }

    private void Report(CiliumPolicy policy, DiagnosticId id, DiagnosticSeverity severity, string message) =>
        _context.Report(new Diagnostic(id, severity, message) { Location = policy.Location, Object = policy.Reference });
}
