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
    private const int FewestInParallel = 256;

    private readonly TranslationContext _context;
    private readonly CiliumSettings _settings;
    private readonly IReadOnlyList<CiliumPolicy> _policies;
    private readonly CiliumSelectors _selectors;
    private readonly CiliumPeers _peers;
    private readonly CiliumRanks _ranks;

    public CiliumTranslator(TranslationContext context, CiliumSettings settings, IReadOnlyList<CiliumPolicy> policies)
    {
        _context = context;
        _settings = settings;
        _policies = policies;
        _selectors = new CiliumSelectors(settings);
        _peers = new CiliumPeers(context.Snapshot, settings, _selectors) { NodesReachTheirPods = settings.AllowsOwnNode && !policies.Any(DeniesIngress) };
        _ranks = CiliumRanks.Of(context.Layout);
    }

    /// <summary>Whether an entry names neither peers nor ports nor ICMP messages, and so matches nothing.</summary>
    public static bool SelectsNothing(CiliumEntry entry) =>
        entry.PeerFields().All(static field => field.Count == 0 && field.Field is "FQDNs" or "Services" or "Groups")
        && entry.Ports is not { Count: > 0 } && entry.Icmps is not { Count: > 0 };

    /// <summary>All of them, in their order; they have nothing to do with each other.</summary>
    public IEnumerable<TieredPolicy> Translate()
    {
        var translated = _policies.Count < FewestInParallel
            ? _policies.Select(TranslateOne)
            : _policies.AsParallel().AsOrdered().Select(TranslateOne).ToArray();
        foreach (var (made, reports) in translated)
        {
            reports.ForEach(_context.Report);
            foreach (var policy in made)
                yield return policy;
        }
    }

    private (TieredPolicy[] Made, List<Diagnostic> Reports) TranslateOne(CiliumPolicy policy)
    {
        var reports = new List<Diagnostic>();
        if (CiliumSettingRules.Check(policy, _settings) is not { Count: > 0 } rejected)
            return ([.. policy.Rules().SelectMany(rule => Translate(policy, rule.Rule, rule.Path, reports))], reports);
        foreach (var error in rejected)
            reports.Add(Told(policy, DiagnosticId.InvalidValue, DiagnosticSeverity.Error, $"{error.Path}: {error.Message} The policy has no effect."));
        return ([], reports);
    }

    private IEnumerable<TieredPolicy> Translate(CiliumPolicy policy, CiliumRule rule, string path, List<Diagnostic> reports)
    {
        if (rule.NodeSelector is not null && !_settings.HostFirewall)
        {
            reports.Add(Told(
                policy,
                DiagnosticId.PoliciesNotEnforced,
                DiagnosticSeverity.Warning,
                $"{path}.nodeSelector: policies of nodes are enforced with enable-host-firewall alone, which is off; this rule is left out of the answer."));
            yield break;
        }

        reports.AddRange(KeysLeftOut(policy, rule, path));
        var ns = policy.IsClusterwide ? null : policy.Metadata.Namespace;
        var subjects = _selectors.Subjects(rule, ns);
        var origin = new PolicyOrigin(CiliumDialect.DialectName, policy);
        if (Of(_ranks.Denying, Translate(policy, rule, path, denies: true), static _ => true) is { } denying)
            yield return denying;

        // What is restricted above ports comes behind what is not: the wider rule lifts the restriction.
        var allowing = Translate(policy, rule, path, denies: false);
        if (Of(_ranks.Allowing, allowing, static made => made.Caveats.IsEmpty) is { } plain)
            yield return plain;
        if (Of(_ranks.Restricted, allowing, static made => !made.Caveats.IsEmpty) is { } restricted)
            yield return restricted;
        var (ingress, egress) = (DefaultDeny(rule, PolicyDirection.Ingress), DefaultDeny(rule, PolicyDirection.Egress));
        if ((ingress ?? egress) is not null)
            yield return new TieredPolicy(origin, _ranks.DefaultDeny, subjects, ingress, egress);

        TieredPolicy? Of(PolicyRank rank, (TrafficRule[] Ingress, TrafficRule[] Egress) made, Predicate<TrafficRule> isPart)
        {
            var (received, sent) = (ListOf(Array.FindAll(made.Ingress, isPart)), ListOf(Array.FindAll(made.Egress, isPart)));
            return (received ?? sent) is null ? null : new TieredPolicy(origin, rank, subjects, received, sent);
        }
    }

    private static RuleList? ListOf(TrafficRule[] rules) => rules.Length == 0 ? null : new RuleList([.. rules], Unmatched.NextTier);

    private (TrafficRule[] Ingress, TrafficRule[] Egress) Translate(CiliumPolicy policy, CiliumRule rule, string path, bool denies)
    {
        return (Of(PolicyDirection.Ingress), Of(PolicyDirection.Egress));

        TrafficRule[] Of(PolicyDirection direction)
        {
            var field = (direction == PolicyDirection.Ingress ? "ingress" : "egress") + (denies ? "Deny" : "");
            return [.. rule.Entries(direction, denies).SelectMany((entry, i) => Translate(policy, rule, entry, direction, denies, $"{path}.{field}[{i}]"))];
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

    private IEnumerable<Diagnostic> KeysLeftOut(CiliumPolicy policy, CiliumRule rule, string path)
    {
        var selectors = CiliumRule.Sections.SelectMany(section => rule.Entries(section.Direction, section.Denies))
            .SelectMany(static entry => entry.Endpoints ?? []).Append(rule.EndpointSelector).OfType<LabelSelector>();
        return selectors.SelectMany(_selectors.KeysLeftOut).Distinct().Select(key => Told(
            policy,
            DiagnosticId.SelectsNothing,
            DiagnosticSeverity.Warning,
            $"{path} selects by the label {Excerpt.Of(key)}, which identities of Cilium do not have: to its policies no pod has it."));
    }

    private static Diagnostic Told(CiliumPolicy policy, DiagnosticId id, DiagnosticSeverity severity, string message) =>
        new(id, severity, message) { Location = policy.Location, Object = policy.Reference };
}
