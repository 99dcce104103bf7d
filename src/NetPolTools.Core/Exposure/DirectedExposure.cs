using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;

namespace NetPolTools.Exposure;

/// <summary>
/// Tells in one direction what groups have to do with pods to come. The rules that are looked at are others than in the other direction, so both may be told at
/// the same time; one of them is not thread safe.
/// </summary>
/// <param name="map">Of the cluster with the pods to come.</param>
/// <param name="side">The cluster without them.</param>
/// <param name="direction">Ingress for who may reach groups.</param>
/// <param name="toCome">The pods to come in the map, by their positions.</param>
/// <param name="access">Tells who may create such pods; null where nobody asks.</param>
internal sealed class DirectedExposure(ReachabilityMap map, ExposureSide side, PolicyDirection direction, int[] toCome, AccessIndex? access)
{
    private readonly Explainer _explainer = new(map, withNearMisses: false);
    private readonly OutsideExposure _outside = new(map);
    private (string? Namespace, Dictionary<(ExposurePlan Plan, string Classes), IReadOnlyList<FoundExposure>> Known) _merged = (null, []);

    /// <summary>The lines about a group, the widest first.</summary>
    /// <param name="group">A workload or a pod.</param>
    /// <param name="plan">Of its workload in this direction.</param>
    /// <param name="explained">So many reasons of each line are worked out, so that these may be read by several threads.</param>
    public ExposureLine[] LinesOf(EndpointGroup group, ExposurePlan plan, int explained)
    {
        ExposureLine[] lines = [.. ToPods(group, plan), .. ToOutside(group)];
        foreach (var line in explained > 0 ? lines : [])
            line.Why.First(explained);
        return lines;
    }

    private IEnumerable<ExposureLine> ToPods(EndpointGroup group, ExposurePlan plan)
    {
        foreach (var found in Merged(group, plan))
        {
            var line = found.ToLine(group.End, direction) with { Why = ReasonsOf(group, NumberOf(found.Example), found.Value) };
            yield return access is null ? line : line with { Access = AccessTo(found, access) };
        }
    }

    private IEnumerable<ExposureLine> ToOutside(EndpointGroup group)
    {
        foreach (var (addresses, example, value) in _outside.Of(group, direction))
            yield return ExposureLine.OfOutside(group.End, direction, addresses, value) with { Why = ReasonsOf(group, example, value) };
    }

    /// <summary>The same for all groups of the same classes that have one plan, which are those of one namespace at most.</summary>
    private IReadOnlyList<FoundExposure> Merged(EndpointGroup group, ExposurePlan plan)
    {
        if (_merged.Namespace != group.End.Namespace)
            _merged = (group.End.Namespace, []);
        var key = (plan, string.Join(',', group.Classes));
        if (!_merged.Known.TryGetValue(key, out var found))
        {
            var lines = new ExposureLines(plan, name => side.NamespaceOf(name)!.Metadata.Labels);
            _merged.Known.Add(key, found = lines.Merge(atom => ExposedCluster.ValueOf(map, group, direction, NumberOf(atom))));
        }

        return found;
    }

    /// <summary>Who may make such a pod: create it, label one, or label its namespace.</summary>
    private static ExposureAccess[] AccessTo(FoundExposure found, AccessIndex access) =>
    [
        .. access.OfPods(found.Existing, byLabels: found.PodSelector.Length > 0),
        .. found.NamespaceSelector.Length > 0 ? access.OfNamespaceLabels() : [],
    ];

    private int NumberOf(PlacedAtom atom) => toCome[atom.Position];

    private ExposureReasons ReasonsOf(EndpointGroup group, int other, ExposureValue value) =>
        ExposureReason.Of(map, _explainer, group, direction, other, value);
}
