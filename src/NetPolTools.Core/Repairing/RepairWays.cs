using NetPolTools.Intents;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Repairing;

/// <summary>Sets of steps that may make an intent hold: what every side that denies needs, or what one side can do to stop.</summary>
/// <param name="map">Of the cluster.</param>
/// <param name="sides">The intent with its ends.</param>
/// <param name="blocks">The blocks that addresses were asked about as; empty for none.</param>
internal sealed class RepairWays(ReachabilityMap map, IntentSides sides, IReadOnlyList<string> blocks)
{
    private readonly RepairPeers _peers = new(map);
    private readonly NewPolicyNames _names = new(map.Snapshot);

    /// <summary>The smaller first.</summary>
    /// <param name="most">How many.</param>
    public IEnumerable<IReadOnlyList<RepairStep>> All(int most) =>
        (sides.Intent.Kind == IntentKind.Denied ? Closing(most) : Opening(most))
            .DistinctBy(static steps => string.Join('\n', steps.Select(static step => $"{step}{step.Patch}")))
            .OrderBy(static steps => steps.Sum(static step => step.Size)).Take(most);

    private IEnumerable<IReadOnlyList<RepairStep>> Opening(int most)
    {
        OpeningSteps[] ofSides =
        [
            .. Sides(PolicyDirection.Egress, onlyDenied: true).Concat(Sides(PolicyDirection.Ingress, onlyDenied: true))
                .Select(side => new OpeningSteps(side, _peers, blocks, _names)),
        ];
        return Together(ofSides, static steps => steps.All(), static steps => steps.Last(), most);
    }

    private IEnumerable<IReadOnlyList<RepairStep>> Closing(int most)
    {
        foreach (var direction in new[] { PolicyDirection.Ingress, PolicyDirection.Egress })
        {
            // Every end of that side must be one that policies can select.
            var ends = direction == PolicyDirection.Ingress ? IndexSet.UnionOf([.. sides.To.Select(static to => to.Ends)]) : sides.From;
            if (!ends.Slice(map.Endpoints.SelectableCount, map.Endpoints.Count).IsEmpty)
                continue;
            var ways = Sides(direction, onlyDenied: false).Select(side => new ClosingSteps(side, _peers, blocks, _names).All()).ToArray();
            foreach (var way in Together(ways, static ways => ways, static ways => ways[^1], most))
                yield return way;
        }
    }

    /// <summary>What has a say in one direction, by namespace.</summary>
    /// <param name="direction">Whose rules.</param>
    /// <param name="onlyDenied">Only those whose rules do not allow all that is asked for.</param>
    private IEnumerable<RepairSide> Sides(PolicyDirection direction, bool onlyDenied)
    {
        foreach (var (ends, ports) in sides.To)
        {
            var (subjects, peers) = direction == PolicyDirection.Ingress ? (ends, sides.From) : (sides.From, ends);
            var byNamespace = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
            foreach (var subject in subjects.Slice(0, map.Endpoints.SelectableCount))
            {
                if (onlyDenied && Allows(direction, subject, peers, ports))
                    continue;
                if (!byNamespace.TryGetValue(map.Endpoints[subject].Namespace, out var list))
                    byNamespace.Add(map.Endpoints[subject].Namespace, list = []);
                list.Add(subject);
            }

            foreach (var list in byNamespace.Values)
                yield return new RepairSide(map, direction, IndexSet.Of(list), peers, ports);
        }
    }

    private bool Allows(PolicyDirection direction, int subject, IndexSet peers, PortSet ports)
    {
        if (map.RulesOf(direction, subject) is not { } ruleSet)
            return true;
        foreach (var peer in peers)
        {
            if (!ruleSet.PortsFor(map.Classes.ClassOf(peer)).Covers(ports))
                return false;
        }

        return true;
    }

    /// <summary>One way of each side, all combinations as far as they are few.</summary>
    /// <param name="ofSides">The sides; there is nothing to try where there are none.</param>
    /// <param name="all">The ways of a side, the smaller first, each made when it is asked for.</param>
    /// <param name="last">The last of them.</param>
    /// <param name="most">How many will be tried.</param>
    private static IEnumerable<IReadOnlyList<RepairStep>> Together<T>(
        T[] ofSides, Func<T, IEnumerable<IReadOnlyList<RepairStep>>> all, Func<T, IReadOnlyList<RepairStep>> last, int most)
    {
        if (ofSides.Length == 0)
            return [];
        var each = Math.Max(2, (int)Math.Pow(most, 1.0 / ofSides.Length));
        IEnumerable<IReadOnlyList<RepairStep>> together = [[]];
        foreach (var side in ofSides)
        {
            IReadOnlyList<RepairStep>[] few = [.. all(side).Take(ofSides.Length == 1 ? most * most : each)];
            if (ofSides.Length > 1 && few.Length == each)
                few[^1] = last(side);
            together = together.SelectMany(steps => few.Select(way => (IReadOnlyList<RepairStep>)[.. steps, .. way])).Take(most * most);
        }

        return together;
    }
}
