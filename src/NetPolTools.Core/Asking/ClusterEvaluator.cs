using NetPolTools.Authoring.Inference;
using NetPolTools.Cni;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects;
using NetPolTools.Dialects.Cilium;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;

namespace NetPolTools.Asking;

/// <summary>
/// A cluster that questions are asked of. What they have in common is worked out once and kept. To be shared between threads: two of them may both
/// work it out, both get a right one, and the later is kept.
/// </summary>
public sealed class ClusterEvaluator
{
    private readonly ReachabilityMap?[] _asWritten = new ReachabilityMap?[2];
    private Served? _served;
    private EvaluatedCluster? _onDetected;
    private EvaluatedCluster? _onNamed;
    private ClusterSnapshot? _withStaged;
    private EndDirectory? _ends;

    private readonly ClusterEvaluator? _like;
    private readonly PolicyChanges? _changes;

    public ClusterEvaluator(ClusterSnapshot snapshot)
    {
        Snapshot = snapshot;
    }

    /// <summary>For a cluster of which most is as in another, as where a change is tried: what is the same is not worked out again.</summary>
    /// <param name="snapshot">The cluster.</param>
    /// <param name="like">The other one, which is kept.</param>
    internal ClusterEvaluator(ClusterSnapshot snapshot, ClusterEvaluator like)
        : this(snapshot)
    {
        _changes = PolicyChanges.Between(like.Snapshot, snapshot);
        _like = _changes is null ? null : like;
    }

    public ClusterSnapshot Snapshot { get; }

    /// <summary>Finds the ends of its traffic, for whoever reads records of it and for whoever judges what they say.</summary>
    public EndDirectory Ends => _ends ??= new EndDirectory(Snapshot);

    /// <summary>How the policies are evaluated, and what to say about that.</summary>
    public CniEvaluation Evaluate(Assumptions assumptions) => EvaluationOf(assumptions).Evaluation;

    /// <summary>The cluster as the question takes it and how its policies are evaluated, for whoever compiles it with something added.</summary>
    internal (ClusterSnapshot Snapshot, ReachabilityOptions Options) Evaluated(Assumptions assumptions)
    {
        var evaluated = EvaluationOf(assumptions);
        return (evaluated.Snapshot, evaluated.Evaluation.Options);
    }

    /// <summary>The settings of the network plugin that answers go by, each with where it is from; none where there is none that matters.</summary>
    public IEnumerable<string> Settings(Assumptions assumptions)
    {
        var layout = Evaluate(assumptions).Options.Layout;
        return layout.Settings.Select(setting => $"{layout.Name}: {setting}");
    }

    /// <summary>
    /// Ends that are no objects and that a question may name by the words of the network plugin that the input shows, each with what it is; none where the
    /// plugin has no such words. Works out nothing but the plugin.
    /// </summary>
    public IEnumerable<(string Name, string What)> NamedEnds()
    {
        var layout = Evaluate(new Assumptions()).Options.Layout;
        if (layout.Ends.IsEmpty)
            yield break;
        foreach (var end in layout.Ends.Append("cluster").Append("world"))
            yield return (end, $"entity of {layout.Name}");
        foreach (var domain in Snapshot.PolicyObjects.OfType<CiliumPolicy>().SelectMany(static policy => policy.Rules())
            .SelectMany(static rule => rule.Rule.Entries(PolicyDirection.Egress, denies: false)).SelectMany(static entry => entry.Fqdns ?? [])
            .Select(static domain => domain.Text).Distinct())
        {
            yield return (NamedEnd.DomainPrefix + domain, "name in DNS");
        }
    }

    /// <summary>The policies, compiled. Kept are the maps of policies as they are written, that of the plugin detected, and the last of a plugin
    /// named.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ReachabilityMap Map(Assumptions assumptions, CancellationToken cancellation) => Map(assumptions, keepsPeers: false, cancellation);

    /// <inheritdoc cref="Map(Assumptions, CancellationToken)"/>
    /// <param name="keepsPeers">Whether what peers mean is to be asked of it, rule by rule.</param>
    internal ReachabilityMap Map(Assumptions assumptions, bool keepsPeers, CancellationToken cancellation)
    {
        var evaluated = EvaluationOf(assumptions);
        var options = evaluated.Evaluation.Options;
        if (assumptions.IncludesStaged || !options.PoliciesWorkAsWritten || (options.RulesDecideIcmp && Snapshot.PolicyObjects.Count > 0))
            return evaluated.Map ??= Compile(evaluated.Snapshot);
        return _asWritten[options.IPBlockMatchesPods ? 1 : 0] ??= Compile(Snapshot);

        ReachabilityMap Compile(ClusterSnapshot snapshot) => _like is null
            ? ReachabilityMap.Compile(snapshot, options, keepsPeers, cancellation)
            : ReachabilityMap.Compile(snapshot, options, _like.Map(assumptions, cancellation), cancellation);
    }

    /// <summary>The input with what a question adds to it: staged policies in effect, settings that it gives.</summary>
    internal ClusterSnapshot SnapshotFor(Assumptions assumptions) => assumptions.Cilium.ApplyTo(StagedIn(assumptions));

    /// <summary>What there is to say of staged policies: that they are asked for, and there are none.</summary>
    internal IEnumerable<Diagnostic> FindingsOfStaged(Assumptions assumptions)
    {
        if (assumptions.IncludesStaged && ReferenceEquals(StagedIn(assumptions), Snapshot))
            yield return new Diagnostic(
                DiagnosticId.NoMatch, DiagnosticSeverity.Warning, "The input holds no staged policies: the answer is that without them.");
    }

    /// <summary>The Ingresses and routes of the cluster, resolved; those of the last map that was asked are kept.</summary>
    internal ResolvedEntrances EntrancesOf(ReachabilityMap map)
    {
        if (_served is not { } served || served.Map != map)
            _served = served = new Served(map, new ResolvedEntrances(map));
        return served.Entrances;
    }

    /// <summary>The cluster as a question takes it.</summary>
    private ClusterSnapshot StagedIn(Assumptions assumptions) => assumptions.IncludesStaged ? _withStaged ??= AllDialects.WithStaged(Snapshot) : Snapshot;

    private EvaluatedCluster EvaluationOf(Assumptions assumptions)
    {
        ref var last = ref assumptions.Cni == CniChoice.Detected ? ref _onDetected : ref _onNamed;
        if (last is { } known && known.Assumptions == assumptions)
            return known;
        var snapshot = SnapshotFor(assumptions);
        var evaluation = _like?.Evaluate(assumptions) is { } other && other.HoldsWithout(_changes!.Policies) ? other : Evaluated();
        return last = new EvaluatedCluster(assumptions, snapshot, evaluation);

        CniEvaluation Evaluated()
        {
            var found = CniEvaluation.Of(snapshot, assumptions.Cni, assumptions.IPBlockIgnoresPods, assumptions.ComparedEngine);
            return assumptions.CountsIcmp ? found with { Options = found.Options with { CountsIcmp = true } } : found;
        }
    }

    private sealed record Served(ReachabilityMap Map, ResolvedEntrances Entrances);

    private sealed class EvaluatedCluster(Assumptions assumptions, ClusterSnapshot snapshot, CniEvaluation evaluation)
    {
        /// <summary>With the settings that the question gives.</summary>
        public ClusterSnapshot Snapshot => snapshot;

        public Assumptions Assumptions => assumptions;

        public CniEvaluation Evaluation => evaluation;

        public ReachabilityMap? Map { get; set; }
    }
}
