using System.Collections.Concurrent;
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
    private const int FewestInParallel = 256;

    // What it allows, and what it denies by default.
    private const int MostOfOrdinary = 2;

    private static readonly RuleList DenyingAll = new([], Unmatched.Deny);

    private readonly TranslationContext _context;
    private readonly CiliumSettings _settings;
    private readonly IReadOnlyList<CiliumPolicy> _policies;
    private readonly CiliumSelectors _selectors;
    private readonly CiliumPeers _peers;
    private readonly CiliumRanks _ranks;
    private readonly ConcurrentDictionary<CiliumPortRule, PortTerm> _ports = new(ReferenceEqualityComparer.Instance);

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
        entry.Ports is not { Count: > 0 } && entry.Icmps is not { Count: > 0 } && entry.SortsOfPeers == 0 && entry.EmptyPeers is null;

    /// <summary>All of them, in their order; they have nothing to do with each other.</summary>
    public IEnumerable<TieredPolicy> Translate()
    {
        var parts = _policies.Chunk(FewestInParallel);
        var translated = _policies.Count > FewestInParallel ? parts.AsParallel().AsOrdered().Select(TranslateAll).ToArray() : parts.Select(TranslateAll);
        foreach (var (made, reports) in translated)
        {
            reports.ForEach(_context.Report);
            foreach (var policy in made)
                yield return policy;
        }
    }

    private (List<TieredPolicy> Made, List<Diagnostic> Reports) TranslateAll(CiliumPolicy[] policies)
    {
        var (made, reports) = (new List<TieredPolicy>(MostOfOrdinary * policies.Length), new List<Diagnostic>());
        foreach (var policy in policies)
        {
            var rejected = CiliumSettingRules.Check(policy, _settings);
            foreach (var error in rejected)
                reports.Add(Told(policy, DiagnosticId.InvalidValue, DiagnosticSeverity.Error, $"{error.Path}: {error.Message} The policy has no effect."));
            if (rejected.Count > 0)
                continue;
            foreach (var (path, rule) in policy.Rules())
                Translate(policy, rule, path, made, reports);
        }

        return (made, reports);
    }

    private void Translate(CiliumPolicy policy, CiliumRule rule, string path, List<TieredPolicy> made, List<Diagnostic> reports)
    {
        if (rule.NodeSelector is not null && !_settings.HostFirewall)
        {
            reports.Add(Told(
                policy,
                DiagnosticId.PoliciesNotEnforced,
                DiagnosticSeverity.Warning,
                $"{path}.nodeSelector: policies of nodes are enforced with enable-host-firewall alone, which is off; this rule is left out of the answer."));
            return;
        }

        ReportKeysLeftOut(policy, rule, path, reports);
        var subjects = _selectors.Subjects(rule, policy.IsClusterwide ? null : policy.Metadata.Namespace);
        var origin = new PolicyOrigin(CiliumDialect.DialectName, policy);
        Add(
            _ranks.Denying,
            RulesOf(policy, rule, path, PolicyDirection.Ingress, denies: true),
            RulesOf(policy, rule, path, PolicyDirection.Egress, denies: true));

        // What is restricted above ports comes behind what is not: the wider rule lifts the restriction.
        var received = RulesOf(policy, rule, path, PolicyDirection.Ingress, denies: false);
        var sent = RulesOf(policy, rule, path, PolicyDirection.Egress, denies: false);
        Add(_ranks.Allowing, WhereRestricted(received, false), WhereRestricted(sent, false));
        Add(_ranks.Restricted, WhereRestricted(received, true), WhereRestricted(sent, true));
        var (ingress, egress) = (DefaultDeny(rule, PolicyDirection.Ingress), DefaultDeny(rule, PolicyDirection.Egress));
        if ((ingress ?? egress) is not null)
            made.Add(new TieredPolicy(origin, _ranks.DefaultDeny, subjects, ingress, egress));

        void Add(PolicyRank rank, ImmutableArray<TrafficRule> ingressRules, ImmutableArray<TrafficRule> egressRules)
        {
            if (ingressRules.Length + egressRules.Length > 0)
                made.Add(new TieredPolicy(origin, rank, subjects, ListOf(ingressRules), ListOf(egressRules)));
        }
    }

    private static RuleList? ListOf(ImmutableArray<TrafficRule> rules) => rules.IsEmpty ? null : new RuleList(rules, Unmatched.NextTier);

    private static ImmutableArray<TrafficRule> WhereRestricted(ImmutableArray<TrafficRule> rules, bool isRestricted)
    {
        var count = 0;
        foreach (var rule in rules)
            count += rule.Caveats.IsEmpty == isRestricted ? 0 : 1;
        return count == rules.Length ? rules
            : count == 0 ? []
            : rules.RemoveAll(isRestricted ? static rule => rule.Caveats.IsEmpty : static rule => !rule.Caveats.IsEmpty);
    }

    private static bool DeniesIngress(CiliumPolicy policy) => policy.Rules().Any(static rule => rule.Rule.IngressDeny is { Count: > 0 });

    private static RuleList? DefaultDeny(CiliumRule rule, PolicyDirection direction) => rule.DeniesByDefault(direction) ? DenyingAll : null;

    private ImmutableArray<TrafficRule> RulesOf(CiliumPolicy policy, CiliumRule rule, string path, PolicyDirection direction, bool denies)
    {
        var entries = rule.Entries(direction, denies);
        if (entries.Count == 0)
            return [];
        var ns = policy.IsClusterwide ? null : policy.Metadata.Namespace;
        var isOfInit = rule.EndpointSelector?.HasKey(static key => key == "reserved:init") == true;
        var paths = CiliumRule.PathsOf(path, direction, denies);
        var made = ImmutableArray.CreateBuilder<TrafficRule>(entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            var peers = _peers.Of(entries[i], direction, denies, ns, isOfInit);

            // What has to authenticate with this mode never can.
            if (!peers.IsEmpty && entries[i].AuthenticationMode != "test-always-fail")
                Add(entries[i], denies ? RuleAction.Deny : RuleAction.Allow, peers, new RuleOrigin(paths[i], entries[i].Location), made);
        }

        return made.DrainToImmutable();
    }

    private void Add(
        CiliumEntry entry, RuleAction action, ImmutableArray<RulePeer> peers, RuleOrigin origin, ImmutableArray<TrafficRule>.Builder made)
    {
        if (entry.Icmps is { Count: > 0 })
            made.Add(new TrafficRule(action, peers, CiliumPorts.Of(entry.Icmps), origin));
        else if (entry.Ports is not { Count: > 0 })
            made.Add(new TrafficRule(action, peers, PortTerm.Everything, origin));
        for (var i = 0; i < entry.Ports?.Count; i++)
            made.Add(new TrafficRule(action, peers, PortsOf(entry.Ports[i]), origin) { Caveats = CiliumCaveats.Of(entry.Ports[i]) });

    }

    /// <summary>One object for one rule: the reading gives one for those of the same text.</summary>
    private PortTerm PortsOf(CiliumPortRule rule) => _ports.TryGetValue(rule, out var known) ? known : _ports.GetOrAdd(rule, CiliumPorts.Of(rule));

    private void ReportKeysLeftOut(CiliumPolicy policy, CiliumRule rule, string path, List<Diagnostic> reports)
    {
        List<string>? leftOut = null;
        foreach (var (_, direction, denies) in CiliumRule.Sections)
        {
            var entries = rule.Entries(direction, denies);
            for (var i = 0; i < entries.Count; i++)
            {
                for (var p = 0; p < entries[i].Endpoints?.Count; p++)
                    Look(entries[i].Endpoints![p]);
            }
        }

        if (rule.EndpointSelector is { } subjects)
            Look(subjects);
        if (leftOut is null)
            return;
        foreach (var key in leftOut.Distinct())
        {
            reports.Add(Told(
                policy,
                DiagnosticId.SelectsNothing,
                DiagnosticSeverity.Warning,
                $"{path} selects by the label {Excerpt.Of(key)}, which identities of Cilium do not have: to its policies no pod has it."));
        }

        void Look(LabelSelector selector)
        {
            if (_selectors.KeysLeftOut(selector) is { Count: > 0 } keys)
                (leftOut ??= []).AddRange(keys);
        }
    }

    private static Diagnostic Told(CiliumPolicy policy, DiagnosticId id, DiagnosticSeverity severity, string message) =>
        new(id, severity, message) { Location = policy.Location, Object = policy.Reference };
}
