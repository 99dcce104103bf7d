using NetPolTools.Causes;
using NetPolTools.Cni;
using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Services;
using NetPolTools.Sets;
using NetPolTools.Snapshot;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>
/// Undoes changes between two states of a cluster, asking each time whether the answer is that of before. It is asked of what can matter to the ends of the
/// question alone, and what is found is asked of the whole once more.
/// </summary>
/// <param name="test">The question.</param>
/// <param name="before">The earlier state, and the answer there.</param>
/// <param name="after">The later one.</param>
/// <param name="cancellation">Ends the search.</param>
internal sealed class CauseTrials(
    TestQuestion test,
    (ClusterEvaluator Cluster, Assumptions Assumed, TestedReachability Answer) before,
    (ClusterEvaluator Cluster, Assumptions Assumed, TestedReachability Answer) after,
    CancellationToken cancellation)
{
    private readonly ReachabilityMap _before = before.Cluster.Map(before.Assumed.ToAskAbout(test.Ports), cancellation);
    private readonly ReachabilityMap _after = after.Cluster.Map(after.Assumed.ToAskAbout(test.Ports), cancellation);

    /// <summary>States with which those that are tried share everything but some policies.</summary>
    private readonly List<ClusterEvaluator> _shared = [after.Cluster, before.Cluster];
    private Assumptions? _assumed;
    private SnapshotChanges? _few;

    /// <summary>
    /// Without some changes, and without what cannot matter, a state may show no policy any more that tells the plugin, or that names ICMP, while both states
    /// show such.
    /// </summary>
    private Assumptions Assumed => _assumed ??= after.Assumed with
    {
        ComparedEngine = new OwnPolicies(before.Cluster.Snapshot).Engines.Union(new OwnPolicies(after.Cluster.Snapshot).Engines).ToArray() is [var engine]
            ? engine
            : after.Assumed.ComparedEngine,
        CountsIcmp = _before.Traffic.CountsIcmp && _after.Traffic.CountsIcmp,
    };

    /// <inheritdoc cref="SnapshotChanges.FewestForWhole"/>
    internal int FewestForWhole { get; init; } = SnapshotChanges.FewestForWhole;

    /// <summary>The changes that make the difference; none where there is no difference.</summary>
    public FoundCauses Find() => AreSame(before.Answer, after.Answer) ? new FoundCauses([], true) : FindAmongFew() ?? FindAmongAll();

    /// <summary>
    /// The same of what can matter alone; null where that, or what is found there, does not answer as the whole does.
    /// </summary>
    internal FoundCauses? FindAmongFew()
    {
        var changes = FewChanges();

        // What the whole answers is known.
        if (!IsAsBefore(changes.Without([.. Enumerable.Range(0, changes.All.Count)]))
            || !((changes.IsWhole && Assumed == after.Assumed) || Gives(changes.Few, after.Answer)))
        {
            return null;
        }

        var (found, isSmallest) = Search(changes);
        return changes.IsWhole || IsAsBefore(changes.WholeWithout([.. found[0]])) ? Named(found, isSmallest, changes) : null;
    }

    /// <summary>The changes that can matter.</summary>
    internal SnapshotChanges FewChanges()
    {
        AskedState[] states = [Asked(_before), Asked(_after)];
        var relevant = new RelevantObjects(states, name => test.Namespaces.Any(pattern => WildcardNames.Match(pattern, name)));
        return _few = new SnapshotChanges(_before, _after, relevant, FewestForWhole);
    }

    /// <summary>The same, asked of the whole each time.</summary>
    internal FoundCauses FindAmongAll()
    {
        var changes = new SnapshotChanges(_before, _after, null);
        var (found, isSmallest) = Search(changes);
        return Named(found, isSmallest, changes);
    }

    /// <summary>Whether a state gives the answer of before.</summary>
    internal bool IsAsBefore(ClusterSnapshot state) => Gives(state, before.Answer);

    private static FoundCauses Named(IReadOnlyList<IReadOnlyList<int>> found, bool isSmallest, SnapshotChanges changes) =>
        new([.. found.Select(set => set.Select(change => changes.All[change]).ToArray())], isSmallest);

    /// <summary>Ports that are lost while others are left are a difference, too.</summary>
    private static bool AreSame(TestedReachability a, TestedReachability b) => a.IsAllowed == b.IsAllowed && a.Ports.Equals(b.Ports);

    private (IReadOnlyList<IReadOnlyList<int>> Found, bool IsSmallest) Search(SnapshotChanges changes)
    {
        var found = new CauseSearch(changes.All.Count, undone => IsAsBefore(changes.Without(undone))).Find(out var isSmallest);
        return (found, isSmallest);
    }

    private bool Gives(ClusterSnapshot state, TestedReachability expected)
    {
        cancellation.ThrowIfCancellationRequested();
        var cluster = Evaluator(state);
        var question = test with { Assumptions = Assumed };
        var asked = question.Try(cluster, QuestionWords.Plain, cancellation);
        return (asked.Value ?? MissingEnds.Of(asked, question, cluster, cancellation)) is { } found && AreSame(found, expected);
    }

    private ClusterEvaluator Evaluator(ClusterSnapshot state)
    {
        if (_shared.Find(known => PolicyChanges.AreAlikeBesides(known.Snapshot, state)) is { } like)
            return ReferenceEquals(like.Snapshot, state) ? like : new ClusterEvaluator(state, like);
        var made = new ClusterEvaluator(state);
        if (_few?.IsShared(state) == true)
            _shared.Add(made);
        return made;
    }

    private AskedState Asked(ReachabilityMap map)
    {
        var ends = new HashSet<int>();
        var namespaces = new HashSet<string>();
        var addresses = new List<AddressRange>();
        EndpointPattern[] patterns = [.. test.From.Concat(test.To).Select(pattern => ReachabilityQuestion.WithWord(map, pattern.In(test.Namespaces)))];
        foreach (var pattern in patterns)
        {
            if (pattern.NewPod is { IsInNewNamespace: false } pod)
                namespaces.Add(pod.Namespace!);
            else if (pattern.NewPod is null)
                Add(pattern);
        }

        return new AskedState(map, ends, namespaces)
        {
            Addresses = addresses,
            NamesNodes = Array.Exists(patterns, static pattern => pattern.IsNode || pattern.MayBeNodes),
        };

        void Add(EndpointPattern pattern)
        {
            addresses.AddRange(pattern.Addresses is { } range ? [range] : pattern.Outside);
            List<(EndpointPattern Name, Diagnostic Problem)>? problems = null;
            if (pattern.ServiceIn(map) is not { } service)
            {
                ends.UnionWith(ReachabilityQuestion.Resolve(map, pattern, ref problems));
                return;
            }

            // An ExternalName may lead to a Service of another namespace, which is that of the pods found.
            ends.UnionWith(ServiceDestinations.Resolve(map, service, new AskedPorts(test.Ports, test.PortNames), []).Ports.Keys);
            namespaces.UnionWith(map.Snapshot.Services.Where(service.Matches).Select(static found => found.Metadata.Namespace!));
            namespaces.UnionWith(ends.Where(end => end < map.Endpoints.PodCount).Select(end => map.Endpoints[end].Namespace));
        }
    }
}

/// <summary>What came of a search for causes.</summary>
/// <param name="Causes">Sets of changes; see <see cref="CauseAnswer.Causes"/>.</param>
/// <param name="IsSmallest">See <see cref="CauseAnswer.IsSmallest"/>.</param>
internal sealed record FoundCauses(IReadOnlyList<IReadOnlyList<SnapshotChange>> Causes, bool IsSmallest);
