using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;

namespace NetPolTools.Difference;

/// <summary>What of an end, other than policies, is not the same on both sides and can be why a connection changed.</summary>
internal sealed class EndReasons(DifferenceSide before, DifferenceSide after, AlignedEnds ends)
{
    private readonly Dictionary<string, LabelSet> _namespacesBefore = Labels(before);
    private readonly Dictionary<string, LabelSet> _namespacesAfter = Labels(after);
    private readonly Dictionary<int, string[]> _known = [];

    /// <param name="number">An end that is on both sides.</param>
    public IReadOnlyList<string> Of(int number)
    {
        if (!_known.TryGetValue(number, out var reasons))
            _known.Add(number, reasons = [.. Find(number)]);
        return reasons;
    }

    private IEnumerable<string> Find(int number)
    {
        var end = ends.EndOf(number);
        var ns = end.Namespace!;
        var name = end.Kind == Namespace.KindName ? $"namespace {ns}" : $"{ns}/{end.Name}";
        if (end.Kind == Namespace.KindName && Differ(static endpoint => endpoint.Owner))
            yield return $"workloads of {name} came or went";
        if (Differ(static endpoint => endpoint.Labels))
            yield return $"the pod labels of {name} changed";
        if (!_namespacesBefore[ns].Equals(_namespacesAfter[ns]))
            yield return $"the labels of namespace {ns} changed";
        if (Differ(static endpoint => endpoint.IsHostNetwork))
            yield return $"the use of hostNetwork by {name} changed";
        if (Differ(static endpoint => string.Join(' ', endpoint.Spec.Ports.Select(NameOf).Order(StringComparer.Ordinal))))
            yield return $"the named ports of {name} changed";
        if (Differ(static endpoint => string.Join(' ', endpoint.Addresses.Order())))
            yield return $"the known addresses of {name} changed";

        bool Differ<T>(Func<Endpoint, T> what) =>
            !Values(before.Map, ends.Before[number], what).SetEquals(Values(after.Map, ends.After[number], what));
    }

    private static HashSet<T> Values<T>(ReachabilityMap map, EndpointGroup group, Func<Endpoint, T> what) =>
        [.. group.Members.Select(member => what(map.Endpoints[member]))];

    private static string NameOf(ContainerPort port) => $"{port.Name}={port.Protocol} {port.Number}";

    private static Dictionary<string, LabelSet> Labels(DifferenceSide side) =>
        side.Snapshot.Namespaces.ToDictionary(static ns => ns.Name, static ns => ns.Metadata.Labels);
}
