using NetPolTools.Difference;
using NetPolTools.Explaining;
using NetPolTools.Intents;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Repairing;
using NetPolTools.Sets;

namespace NetPolTools.Asking;

/// <summary>Which are the smallest changes after which something is reachable, or is not? Each is made for trial, and compared with what was.</summary>
/// <param name="Intent">What should hold: <see cref="IntentKind.Allowed"/> or <see cref="IntentKind.Denied"/>, between named ends.</param>
public sealed record RepairQuestion(Intent Intent)
{
    public Assumptions Assumptions { get; init; } = new();

    /// <summary>Where names without a namespace are looked for, with wildcards; empty for everywhere.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>How many connections are told that a change makes otherwise and that were not asked for.</summary>
    internal const int MostEffects = 1000;

    // Of pods and policies together.
    private const int FewestInParallel = 256;

    /// <summary>How many changes are tried at most; each costs a comparison of all that it can concern.</summary>
    public int Most { get; init; } = 16;

    /// <inheritdoc cref="ReachQuestion.Ask"/>
    public Answer<RepairReport> Ask(ClusterEvaluator cluster, QuestionWords words, CancellationToken cancellation = default)
    {
        var findings = Findings.Of(words, (QuestionPart.Input, cluster.Snapshot));
        if (findings.ArePreventing)
            return findings.GiveNone<RepairReport>();
        findings.Add(cluster.Evaluate(Assumptions).Diagnostics);
        findings.Add(cluster.FindingsOfStaged(Assumptions));
        if (findings.ArePreventing)
            return findings.GiveNone<RepairReport>();
        var map = cluster.Map(Assumptions, cancellation);
        findings.AddPolicies(map);
        var found = new IntentEnds(map, Namespaces).Resolve(Intent);
        foreach (var problem in found.Problems)
            findings.Add(problem, null);
        if (found.Sides is not { } sides)
            return findings.GiveNone<RepairReport>();
        var judged = Judged(map, sides, cancellation);
        if (judged.Status == IntentStatus.Passed && judged.IsAboutSomebody)
            return findings.Give(() => new RepairReport(Intent, true, [], []));
        var repairs = Tried(cluster, map, sides, [.. new RepairWays(map, sides, Blocks()).All(Most)], cancellation);
        return findings.Give(() => new RepairReport(
            Intent,
            false,
            [.. repairs.OrderBy(static repair => repair.SideEffects).ThenBy(static repair => repair.Size)],
            repairs.Length > 0 ? [] : Obstacles(map, judged)));
    }

    private static JudgedIntent Judged(ReachabilityMap map, IntentSides sides, CancellationToken cancellation) =>
        new IntentJudge(map, IndexSet.Empty).Judge(sides, new Allowances([]), cancellation);

    /// <summary>Addresses of the question as blocks.</summary>
    private List<string> Blocks()
    {
        var blocks = new List<string>();
        foreach (var range in Intent.From.Patterns.Concat(Intent.To.Patterns).SelectMany(static pattern =>
            pattern.Addresses is { } one ? [one] : pattern.Outside))
        {
            var text = range.ToCidrOrRange();
            blocks.Add(range.IsSingle || text.Contains('/') ? range.ToCidr() : "");
        }

        return blocks.Contains("") ? [] : blocks;
    }

    /// <summary>Those after which the intent holds; no trial has to do with another.</summary>
    private Repair[] Tried(
        ClusterEvaluator cluster, ReachabilityMap map, IntentSides sides, IReadOnlyList<RepairStep>[] ways, CancellationToken cancellation)
    {
        var repairs = new Repair?[ways.Length];
        var unchanged = DifferenceQuestion.Compare(cluster, cluster, new ConnectionQuery(), Assumptions, cancellation);
        ParallelParts.ForEachPart(
            ways.Length,
            way => repairs[way] = Tried(cluster, map, sides, ways[way], unchanged, cancellation),
            cancellation,
            isSmall: map.Endpoints.PodCount + map.Snapshot.NetworkPolicies.Count < FewestInParallel);
        return [.. repairs.OfType<Repair>()];
    }

    /// <summary>The repair that some steps make; null where the intent does not hold after them.</summary>
    private Repair? Tried(
        ClusterEvaluator cluster,
        ReachabilityMap map,
        IntentSides sides,
        IReadOnlyList<RepairStep> steps,
        ReachabilityDifference unchanged,
        CancellationToken cancellation)
    {
        var snapshot = RepairedCluster.Of(cluster.Snapshot, steps);
        var after = new ClusterEvaluator(snapshot, cluster);
        var mapAfter = after.Map(Assumptions, cancellation);

        // Among the same endpoints, the ends asked about are the same.
        var sidesAfter = ReferenceEquals(map.Endpoints, mapAfter.Endpoints) ? sides : new IntentEnds(mapAfter, Namespaces).Resolve(Intent).Sides;
        return sidesAfter is null || Judged(mapAfter, sidesAfter, cancellation).Status != IntentStatus.Passed
            ? null
            : Compared(new Repair(steps) { Cluster = snapshot, Policies = RepairedCluster.Policies(snapshot, steps) }, cluster, after, unchanged, cancellation);
    }

    private Repair Compared(
        Repair repair, ClusterEvaluator cluster, ClusterEvaluator after, ReachabilityDifference unchanged, CancellationToken cancellation)
    {
        var asked = new ConnectionQuery
        {
            From = [.. Intent.From.Patterns.Select(pattern => pattern.In(Namespaces))],
            To = [.. Intent.To.Patterns.Select(pattern => pattern.In(Namespaces))],
            Ports = Intent.Ports.Numbers.IsEmpty ? PortSet.All : Intent.Ports.Numbers,
            PortNames = Intent.Ports.Names,
        };
        var all = DifferenceQuestion.Compare(cluster, after, new ConnectionQuery(), Assumptions, cancellation, unchanged);

        // All traffic is that on ports; a question about ICMP is about more.
        var ofAsked = asked.Ports.CountsIcmp ? DifferenceQuestion.Compare(cluster, after, asked, Assumptions, cancellation) : all.About(asked);
        var meant = ofAsked.ListBare(cancellation).ToLookup(static change => (change.Source, change.Destination));
        var (opens, closes, open) = (new List<ConnectionChange>(), new List<ConnectionChange>(), new List<ConnectionChange>());
        foreach (var change in all.ListBare(cancellation))
        {
            var wanted = meant[(change.Source, change.Destination)].ToArray();
            var opened = change.Opened.Except(PortSet.UnionOf([.. wanted.Select(static change => change.Opened)]));
            var closed = change.Closed.Except(PortSet.UnionOf([.. wanted.Select(static change => change.Closed)]));
            if (Intent.Kind == IntentKind.Denied ? !change.Opened.IsEmpty : !opened.IsEmpty)
                opens.Add(change with { Before = PortSet.None, After = Intent.Kind == IntentKind.Denied ? change.Opened : opened });
            if (Intent.Kind == IntentKind.Denied ? !closed.IsEmpty : !change.Closed.IsEmpty)
                closes.Add(change with { Before = Intent.Kind == IntentKind.Denied ? closed : change.Closed, After = PortSet.None });
            if (wanted.Length == 0 && !change.UndeterminedBefore.Equals(change.UndeterminedAfter))
                open.Add(change);
            if (opens.Count + closes.Count + open.Count >= MostEffects)
                return repair with { OpensBesides = opens, ClosesBesides = closes, LeavesOpen = open, IsCut = true };
        }

        return repair with { OpensBesides = opens, ClosesBesides = closes, LeavesOpen = open };
    }

    /// <summary>What decides before NetworkPolicies do, or keeps them from deciding.</summary>
    private string[] Obstacles(ReachabilityMap map, JudgedIntent judged)
    {
        if (map.Options.NotEnforcedBecause is { } because)
            return [$"No policy has an effect: {because}."];
        if (judged.Deviations is not [var first, ..])
            return ["The question names no two ends that could be connected."];
        var explanation = new Explainer(map).Explain(first.Source, first.Destination, first.Ports);
        var stops = Intent.Kind == IntentKind.Denied;
        string[] found = [.. new[] { explanation.Egress, explanation.Ingress }.SelectMany(direction => direction.Obstacles(stops, first.Ports))];
        return found.Length > 0 ? found : [$"No rule, policy or label that was tried {(stops ? "stops" : "allows")} it."];
    }
}
