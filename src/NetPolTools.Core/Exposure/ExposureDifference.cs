using NetPolTools.Difference;
using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;

namespace NetPolTools.Exposure;

/// <summary>That pods to come, or addresses outside, may talk to a workload in one state of a cluster and not in the other.</summary>
/// <param name="IsOpened">Whether they may afterwards; otherwise they might before.</param>
/// <param name="Line">Which, on the ports that are opened or closed.</param>
public sealed record ExposureChange(bool IsOpened, ExposureLine Line)
{
    /// <summary>Opened or Closed.</summary>
    public string Change => IsOpened ? "Opened" : "Closed";
}

/// <summary>
/// What a change opens and closes to pods that do not exist yet: the same pods are added to both states, as many as both together tell apart, and the engine is
/// asked about them in each, as it is about the addresses outside.
/// </summary>
public sealed class ExposureDifference
{
    private readonly State _before;
    private readonly State _after;
    private readonly ExposurePlans _plans;
    private readonly CommonRanges _outside;
    private readonly Dictionary<(PolicyDirection, bool IsOpened, string Classes), (string Addresses, int Example, ExposureValue Value)[]> _ofOutside = [];

    /// <param name="before">The cluster as it is, and how its policies are evaluated.</param>
    /// <param name="after">As it is to be.</param>
    /// <param name="asked">Whether a pod is asked about.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal ExposureDifference(
        (ClusterSnapshot Snapshot, ReachabilityOptions Options) before,
        (ClusterSnapshot Snapshot, ReachabilityOptions Options) after,
        Func<Endpoint, bool> asked,
        CancellationToken cancellation = default)
    {
        ExposedCluster[] clusters = [.. new[] { before.Snapshot, after.Snapshot }
            .Select(snapshot => new ExposedCluster(EndpointTable.Create(snapshot, AddressPartition.Create([], cancellation), cancellation), asked))];
        ExposureSide[] sides = [new(before.Snapshot, before.Options), new(after.Snapshot, after.Options)];
        var pods = new PodsToCome();
        ObjectReference[] owners = [.. clusters.SelectMany(static cluster => cluster.Workloads.Keys).Distinct()];
        _plans = new ExposurePlans(
            new ExposurePlanner(sides, pods, owners), owner => [.. clusters.Select(cluster => cluster.Workloads.GetValueOrDefault(owner))]);
        foreach (var owner in owners)
        {
            cancellation.ThrowIfCancellationRequested();
            _plans.Add(owner);
        }

        _before = new State(clusters[0], sides, 0, pods, cancellation);
        _after = new State(clusters[1], sides, 1, pods, cancellation);
        _outside = CommonRanges.Create(_before.Map, _after.Map, AskedAddresses.Everything);
    }

    /// <summary>The states with the pods to come.</summary>
    internal IReadOnlyList<ReachabilityMap> Maps => [_before.Map, _after.Map];

    /// <summary>By workload, then who could reach it, then whom it could reach; what is opened first.</summary>
    /// <param name="by">Workload or pod.</param>
    /// <param name="cancellation">Ends the work.</param>
    public IEnumerable<ExposureChange> List(GroupBy by, CancellationToken cancellation = default)
    {
        foreach (var change in ListToExplain(by, cancellation))
        {
            // Afterwards they may be read by several threads.
            _ = change.Line.Why.All;
            yield return change;
        }
    }

    /// <summary>The same, which are explained when somebody asks, and by one thread.</summary>
    /// <param name="by">Workload or pod.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal IEnumerable<ExposureChange> ListToExplain(GroupBy by, CancellationToken cancellation)
    {
        var (before, after) = (_before.Groups(by), _after.Groups(by));
        foreach (var end in ConnectionEnd.InOrder(before.Keys.Union(after.Keys), static end => end))
        {
            var (was, becomes) = (before.GetValueOrDefault(end), after.GetValueOrDefault(end));
            foreach (var direction in new[] { PolicyDirection.Ingress, PolicyDirection.Egress })
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var line in Lines(end, direction, (_after, becomes), (_before, was)))
                    yield return new ExposureChange(true, line);
                foreach (var line in Lines(end, direction, (_before, was), (_after, becomes)))
                    yield return new ExposureChange(false, line);
            }
        }
    }

    /// <summary>What is allowed in one state and not in another.</summary>
    private IEnumerable<ExposureLine> Lines(
        ConnectionEnd end, PolicyDirection direction, (State State, EndpointGroup? Group) one, (State State, EndpointGroup? Group) other)
    {
        if (one.Group is not { } group)
            return [];
        var plan = _plans.Of(one.State.Map.Endpoints[group.Members[0]].Owner, direction);
        var ofPods = new ExposureLines(plan, one.State.LabelsOf).Merge(Value)
            .Select(found => found.ToLine(end, direction) with { Why = one.State.ReasonsOf(group, direction, found) });
        var ofOutside = OfOutside(direction, one, other).Select(found => ExposureLine.OfOutside(end, direction, found.Addresses, found.Value) with
        {
            Why = one.State.ReasonsOf(group, direction, found.Example, found.Value),
        });
        return ofPods.Concat(ofOutside);

        ExposureValue Value(PlacedAtom atom) =>
            Beyond(one.State.ValueOf(group, direction, atom), other.State.ValueOf(other.Group, direction, atom));
    }

    /// <summary>The addresses outside with which something is allowed in one state and not in another. Groups of the same classes have the same.</summary>
    private (string Addresses, int Example, ExposureValue Value)[] OfOutside(
        PolicyDirection direction, (State State, EndpointGroup? Group) one, (State State, EndpointGroup? Group) other)
    {
        var isOpened = ReferenceEquals(one.State, _after);
        var key = (direction, isOpened, $"{Classes(one.Group)} {Classes(other.Group)}");
        if (!_ofOutside.TryGetValue(key, out var found))
        {
            _ofOutside.Add(key, found = [.. OutsideExposure.Together(_outside.Ranges.Select(range =>
            {
                var (there, elsewhere) = isOpened ? (range.After, range.Before) : (range.Before, range.After);
                var example = one.State.Map.Endpoints.PodCount + there;
                return (range.Range, (example, Beyond(
                    one.State.ValueOf(one.Group, direction, example),
                    other.State.ValueOf(other.Group, direction, other.State.Map.Endpoints.PodCount + elsewhere))));
            }))]);
        }

        return found;

        static string Classes(EndpointGroup? group) => group is null ? "" : string.Join(',', group.Classes);
    }

    private static ExposureValue Beyond(ExposureValue there, ExposureValue elsewhere) =>
        new(there.Ports.Except(elsewhere.Ports), there.Undetermined.Except(elsewhere.Ports).Except(elsewhere.Undetermined));

    /// <summary>One of the states.</summary>
    private sealed class State
    {
        private readonly ExposedCluster _cluster;
        private readonly IReadOnlyList<ExposureSide> _sides;
        private readonly int _number;
        private readonly int[] _toCome;
        private readonly Explainer _explainer;

        public State(ExposedCluster cluster, IReadOnlyList<ExposureSide> sides, int number, PodsToCome pods, CancellationToken cancellation)
        {
            (_cluster, _sides, _number) = (cluster, sides, number);
            var side = sides[number];
            Map = ReachabilityMap.Compile(pods.AddTo(side.Snapshot, sides[1 - number].Snapshot.Namespaces), side.Options, cancellation);
            _toCome = pods.NumbersIn(Map.Endpoints);
            _explainer = new Explainer(Map, withNearMisses: false);
        }

        public ReachabilityMap Map { get; }

        public Dictionary<ConnectionEnd, EndpointGroup> Groups(GroupBy by) =>
            EndpointGroup.CreateFor(Map, by, _cluster.Asked(Map.Endpoints)).ToDictionary(static group => group.End);

        public LabelSet LabelsOf(string ns) => ExposureSide.NamespaceIn(_sides, _number, ns).Metadata.Labels;

        public ExposureValue ValueOf(EndpointGroup? group, PolicyDirection direction, PlacedAtom atom) => ValueOf(group, direction, NumberOf(atom));

        public ExposureValue ValueOf(EndpointGroup? group, PolicyDirection direction, int other) =>
            group is null ? ExposureValue.Nothing : ExposedCluster.ValueOf(Map, group, direction, other);

        public ExposureReasons ReasonsOf(EndpointGroup group, PolicyDirection direction, FoundExposure found) =>
            ReasonsOf(group, direction, NumberOf(found.Example), found.Value);

        public ExposureReasons ReasonsOf(EndpointGroup group, PolicyDirection direction, int other, ExposureValue value) =>
            ExposureReason.Of(Map, _explainer, group, direction, other, value);

        private int NumberOf(PlacedAtom atom) => _toCome[atom.Position];
    }
}
