using NetPolTools.Cni.Catalogue;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;

namespace NetPolTools.Cni;

/// <summary>How to evaluate the policies of an input on a network plugin.</summary>
/// <param name="Options">For compiling.</param>
/// <param name="Diagnostics">What to say about the plugin.</param>
public sealed record CniEvaluation(ReachabilityOptions Options, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Since then Calico orders policies of one order by other names.</summary>
    private static readonly PluginVersion OtherOrder = PluginVersion.Parse("3.32")!;

    /// <summary>What the plugin does; null where that was not asked.</summary>
    private CniVerdict? Verdict { get; init; }

    /// <summary>
    /// Whether it would be the same for an input without some of its NetworkPolicies, or with these besides: of some it matters what they say, and whether
    /// there is any at all.
    /// </summary>
    internal bool HoldsWithout(IEnumerable<NetworkPolicy> policies) => Verdict is null || !policies.Any(policy =>
        PolicyFeatures.Limited([policy], Verdict).Any()
        || AllDialects.Dialects.Any(dialect => dialect.Engine is not null && dialect.IsMeantFor(policy)));

    /// <param name="snapshot">The input.</param>
    /// <param name="choice">Which plugin.</param>
    /// <param name="ipBlockIgnoresPods">Whether ipBlocks are not to match pods, whatever the plugin does.</param>
    /// <param name="comparedEngine">A plugin of whose own policies a compared state of the cluster tells, by its id; null for none.</param>
    public static CniEvaluation Of(ClusterSnapshot snapshot, CniChoice choice, bool ipBlockIgnoresPods, string? comparedEngine = null)
    {
        var own = new OwnPolicies(snapshot, comparedEngine);
        if (choice.Judge(snapshot) is not { } judged)
        {
            var assumed = LayoutOf(own.Engines, null, snapshot);
            var asWritten = new ReachabilityOptions
            {
                IPBlockMatchesPods = !ipBlockIgnoresPods && assumed.BlocksMeanPods,
                IPBlockMatchesNodes = assumed.BlocksMeanNodes,
                Layout = assumed,
            };
            return new CniEvaluation(asWritten, []);
        }

        var verdict = own.Assume(judged);
        var enforcement = PolicyEnforcement.Of(verdict, snapshot.NetworkPolicies);
        string[] ids = [.. verdict.Engines.SelectMany(static engine => PluginCatalogue.Default.Chain(engine.Entry)).Select(static entry => entry.Id)];
        var version = verdict.Engines.Select(static engine => engine.Version).OfType<PluginVersion>().Min();
        var layout = LayoutOf(ids, version, snapshot);
        var options = OptionsOn(verdict, enforcement, ipBlockIgnoresPods) with
        {
            RulesDecideIcmp = DoRulesDecideIcmp(verdict),
            IPBlockMatchesNodes = MatchesNodes(verdict, layout),
        };
        IEnumerable<Diagnostic> told = CniDiagnostics.OfReachability(verdict, snapshot.NetworkPolicies.Count + snapshot.PolicyObjects.Count);
        if (snapshot.PolicyObjects.Count == 0)
            return new CniEvaluation(layout.Own is null ? options : options with { Layout = layout }, [.. told, .. own.Diagnostics]) { Verdict = verdict };
        var kinds = PolicyKindEnforcement.Of(verdict, snapshot);
        var notEnforced = kinds.NotEnforced.Union(own.NotEnforcedBy(verdict));

        // Calico looks a port's name up on the pods that a block covers too.
        options = options with { NotEnforced = notEnforced, Layout = layout, IPBlockPodsHavePortNames = layout.BreaksTiesByName };
        if (version is null && layout.Ties == TieOrder.ByName)
            told = told.Concat(UnknownVersion.Of(snapshot, layout, EngineLayout.CalicoBefore332, OtherOrder.ToString()));
        return new CniEvaluation(options, [.. told, .. own.Diagnostics, .. kinds.Diagnostics]) { Verdict = verdict };
    }

    /// <summary>The API leaves ICMP and other protocols open; it is known of some engines that they do with these what rules say.</summary>
    private static bool DoRulesDecideIcmp(CniVerdict verdict) => verdict.Engines.Count > 0 && verdict.Engines.All(
        static engine => PluginCatalogue.Default.Chain(engine.Entry).Any(static entry => entry.IcmpByRules is not null));

    /// <summary>Only of an engine that is known that well, so that the answer can go by it.</summary>
    private static bool MatchesNodes(CniVerdict verdict, EngineLayout layout) =>
        !layout.DeniesOwnNode || verdict.Limits.All(static limit => limit.Feature != PolicyFeature.IPBlockOnNodes);

    /// <summary>Engines with tiers of their own have admin policies and NetworkPolicies among them.</summary>
    /// <param name="ids">Of the plugins that enforce policies, and of those that they are built on.</param>
    /// <param name="version">Null where it is not known: then the newest counts.</param>
    /// <param name="snapshot">The input.</param>
    private static EngineLayout LayoutOf(IReadOnlyCollection<string> ids, PluginVersion? version, ClusterSnapshot snapshot)
    {
        var layout = ids.Contains("calico") ? version?.CompareTo(OtherOrder) < 0 ? EngineLayout.CalicoBefore332 : EngineLayout.Calico
            : ids.Contains("cilium") ? EngineLayout.Cilium : EngineLayout.Kubernetes;
        return AllDialects.Dialects.FirstOrDefault(dialect => dialect.Engine is { } engine && ids.Contains(engine)) is { } own
            ? own.Adapt(layout, snapshot)
            : layout;
    }

    /// <summary>Where the plugin may be told otherwise, its default counts: answers that depend on ipBlocks carry a note anyway.</summary>
    private static ReachabilityOptions OptionsOn(CniVerdict verdict, PolicyEnforcement? enforcement, bool ipBlockIgnoresPods) => new()
    {
        IPBlockMatchesPods = !ipBlockIgnoresPods && (enforcement?.NotEnforcedBecause is not null || verdict.Limits.All(static limit =>
            limit.Feature != PolicyFeature.IPBlockOnPods)),
        NotEnforcedBecause = enforcement?.NotEnforcedBecause,
        Caveats = enforcement is null ? [] : [.. enforcement.Limits.Select(static limit => limit.Caveat)],
        IPv6Caveat = enforcement?.IPv6?.ToString(),
    };
}
