using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Reachability;

namespace NetPolTools.Paths;

/// <summary>
/// What is in reach from some workloads, hop by hop: who holds one is taken to hold all that it may connect to, on any port, and so on. A workload counts as
/// one, whichever of its pods is held, as all of them run the same; where policies tell its pods apart, each counts for itself.
/// </summary>
/// <remarks>
/// A path is a walk along allowed connections of a listing by workload. Traffic of a hostNetwork pod is that of its node, which always reaches the pods it
/// runs; addresses outside the cluster lead nowhere, but for those that it starts from.
/// </remarks>
public sealed class BlastRadius
{
    /// <summary>How many choke points to tell where nobody says how many.</summary>
    public const int FewChokePoints = 5;

    private readonly ReachabilityMap _map;
    private readonly ConnectionLister _lister;
    private readonly EndpointGroup[] _groups;
    private readonly int[] _starts;
    private readonly bool[] _isAsked;
    private readonly WorkloadCells _cells;
    private readonly PathSearch _certain;

    /// <summary>With what may be allowed; the same as <see cref="_certain"/> where everything is decided.</summary>
    private readonly PathSearch _possible;
    private readonly Lazy<Explainer> _explainer;
    private readonly OutsideStart? _outside;

    /// <param name="map">Of the cluster.</param>
    /// <param name="lister">Lists all of its connections, by workload.</param>
    /// <param name="starts">Positions of groups of the lister; at least one.</param>
    /// <param name="targets">Positions of the groups asked about; null for all.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <param name="outside">Addresses that it starts from too; null for none.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal BlastRadius(
        ReachabilityMap map, ConnectionLister lister, int[] starts, int[]? targets, CancellationToken cancellation, OutsideStart? outside = null)
    {
        _map = map;
        _lister = lister;
        _groups = lister.Groups;
        _outside = outside;
        if (outside is not null)
        {
            starts = [.. starts, _groups.Length];
            _groups = [.. _groups, outside.Group];
        }

        _starts = starts;
        AreTargetsNamed = targets is not null;
        _isAsked = new bool[_groups.Length];
        foreach (var target in targets ?? [.. Enumerable.Range(0, _groups.Length).Except(starts)])
            _isAsked[target] = true;
        _cells = new WorkloadCells(map, _groups, starts);
        _certain = Search(map);
        _possible = map.AtMost is { } most ? Search(most) : _certain;
        _explainer = new Lazy<Explainer>(() => new Explainer(map));
        From = [.. starts.Select(start => _groups[start].End)];

        PathSearch Search(ReachabilityMap searched) => new(searched, _cells, starts.Select(_cells.CellOf), null, cancellation);
    }

    /// <summary>Where it starts.</summary>
    public IReadOnlyList<ConnectionEnd> From { get; }

    /// <summary>Whether only some destinations are asked about; then these are all told, and only they count.</summary>
    public bool AreTargetsNamed { get; }

    /// <summary>How many of the workloads asked about are in reach, by the number of hops: the first is that of one hop. Starts are not counted.</summary>
    public IReadOnlyList<int> WorkloadsByHops => Counts(_certain, static _ => true);

    /// <summary>The same of those that are only in reach by connections of which nothing in the input tells.</summary>
    public IReadOnlyList<int> UndeterminedByHops => Counts(_possible, cell => _certain.HopsTo(cell) < 0);

    /// <summary>How many workloads there are to be reached: all that are asked about, without the starts.</summary>
    public int WorkloadsAsked => Enumerable.Range(0, _groups.Length).Count(group => _isAsked[group] && _certain.HopsTo(_cells.CellOf(group)) != 0);

    /// <summary>
    /// A shortest path to each workload in reach, worked out as they are gone through: those that are in reach for sure, by hops and then in the order of
    /// listings; then those of which it cannot be told; at last, of targets that were named, those out of reach.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IEnumerable<WorkloadPath> Paths(CancellationToken cancellation = default)
    {
        var inOrder = Enumerable.Range(0, _groups.Length)
            .Where(group => _isAsked[group] && (AreTargetsNamed || _possible.HopsTo(_cells.CellOf(group)) > 0))
            .Select(group => (Group: group, Key: Order(_cells.CellOf(group))))
            .OrderBy(static path => path.Key.Verdict).ThenBy(static path => path.Key.Hops).ThenBy(static path => path.Group);
        foreach (var (group, (verdict, hops)) in inOrder)
        {
            cancellation.ThrowIfCancellationRequested();
            var search = verdict == Verdict.Allowed ? _certain : _possible;
            yield return new WorkloadPath(_groups[group].End, verdict, verdict == Verdict.Denied ? [] : Steps(search, group))
            {
                HopsAtLeast = verdict == Verdict.Denied ? 0 : Math.Min(hops, _possible.HopsTo(_cells.CellOf(group))),
            };
        }
    }

    /// <summary>
    /// The connections whose removal, on all of their ports, puts most of the workloads asked about out of reach; those that cut most first. Most clusters
    /// have several paths to nearly everything: then there are none, or they cut one workload each.
    /// </summary>
    /// <param name="most">How many to tell.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<ChokePoint> ChokePoints(int most, CancellationToken cancellation = default) => most == 0 ? [] :
    [
        .. ChokeCandidates.Find(_map, _cells, _certain, _isAsked, cancellation).Take(most).Select(choke =>
        {
            var connection = Between(choke.From, choke.To, Verdict.Allowed)!;
            var remaining = _map.AtMost is { } possible ? MayRemain(possible, choke.From, choke.To, cancellation) : 0;
            return new ChokePoint(connection, choke.Cuts, remaining, Explain(connection));
        }),
    ];

    /// <summary>Which rules of which policies allow a connection of a path.</summary>
    public Explanation Explain(Connection connection) => _explainer.Value.Explain(connection);

    /// <summary>Of the workloads that are out of reach without a connection, those that may be in reach by others.</summary>
    private int MayRemain(ReachabilityMap possible, int from, int to, CancellationToken cancellation)
    {
        var cells = new WorkloadCells(_map, _groups, [.. _starts, from, to]);
        var (left, mayBeLeft) = (Search(_map), Search(possible));
        return Enumerable.Range(0, _groups.Length).Count(group =>
            _isAsked[group] && _certain.HopsTo(_cells.CellOf(group)) > 0 && left.HopsTo(cells.CellOf(group)) < 0 && mayBeLeft.HopsTo(cells.CellOf(group)) > 0);

        PathSearch Search(ReachabilityMap map) => new(map, cells, _starts.Select(cells.CellOf), (cells.CellOf(from), cells.CellOf(to)), cancellation);
    }

    private (Verdict Verdict, int Hops) Order(int cell) =>
        _certain.HopsTo(cell) is >= 0 and var certain ? (Verdict.Allowed, certain)
        : _possible.HopsTo(cell) is >= 0 and var possible ? (Verdict.Undetermined, possible)
        : (Verdict.Denied, 0);

    private Connection[] Steps(PathSearch search, int group)
    {
        var cell = _cells.CellOf(group);
        var steps = new Connection[search.HopsTo(cell)];
        for (var i = steps.Length - 1; i >= 0; i--)
        {
            cell = search.Before(cell);
            var before = _cells.GroupsOf(cell)[0];
            steps[i] = Between(before, group, Verdict.Allowed) ?? Between(before, group, Verdict.Undetermined)!;
            group = before;
        }

        return steps;
    }

    private Connection? Between(int from, int to, Verdict verdict)
    {
        if (from >= _lister.Groups.Length)
        {
            var isThere = verdict == Verdict.Undetermined || _groups[from].Members.Any(range => !_map.Between(range, _groups[to].Members[0]).IsEmpty);
            return isThere ? _outside!.To(_lister, to, verdict) : null;
        }

        var (allowed, perhaps) = _lister.Between(from, to);
        return verdict == Verdict.Allowed ? allowed : perhaps;
    }

    private int[] Counts(PathSearch search, Func<int, bool> isMeant)
    {
        var counts = new List<int>();
        foreach (var cell in search.Order)
        {
            if (search.HopsTo(cell) is not (> 0 and var hops) || !isMeant(cell))
                continue;
            while (counts.Count < hops)
                counts.Add(0);
            foreach (var group in _cells.GroupsOf(cell))
                counts[hops - 1] += _isAsked[group] ? 1 : 0;
        }

        while (counts is [.., 0])
            counts.RemoveAt(counts.Count - 1);
        return [.. counts];
    }
}
