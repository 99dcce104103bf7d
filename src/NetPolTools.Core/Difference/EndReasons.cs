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
    public IReadOnlyList<string> ReasonsFor(int number)
    {
        if (!_known.TryGetValue(number, out var reasons))
            _known.Add(number, reasons = [.. Find(number)]);
        return reasons;
    }

    private IEnumerable<string> Find(int number)
    {
        var end = ends.EndOf(number);
        var ns = end.Namespace!;
        var isNamespace = end.Kind == Namespace.KindName;
        var name = isNamespace ? $"namespace {ns}" : $"{ns}/{end.Name}";
        Endpoint[] membersBefore = [.. ends.Before[number].Members.Select(member => before.Map.Endpoints[member])];
        Endpoint[] membersAfter = [.. ends.After[number].Members.Select(member => after.Map.Endpoints[member])];
        if (isNamespace)
        {
            var (ownersBefore, ownersAfter) = (Owners(membersBefore), Owners(membersAfter));
            if (!ownersBefore.SetEquals(ownersAfter))
                yield return $"workloads of {name} came or went";
            membersBefore = [.. membersBefore.Where(endpoint => ownersAfter.Contains(endpoint.Owner))];
            membersAfter = [.. membersAfter.Where(endpoint => ownersBefore.Contains(endpoint.Owner))];
        }

        var isAnySaid = false;
        if (Differ(static endpoint => endpoint.Labels))
            yield return $"the pod labels of {name} changed";
        if (!_namespacesBefore[ns].Equals(_namespacesAfter[ns]))
            yield return $"the labels of namespace {ns} changed";
        if (Differ(static endpoint => endpoint.IsHostNetwork))
            yield return $"the use of hostNetwork by {name} changed";
        if (Differ(Ports))
            yield return $"the named ports of {name} changed";
        if (Differ(Addresses))
            yield return $"the known addresses of {name} changed";

        // The same labels, ports and addresses as before, but not together on the same pods.
        if (!isAnySaid && Differ(static endpoint => (endpoint.Labels, endpoint.IsHostNetwork, Ports(endpoint), Addresses(endpoint))))
            yield return $"which pods of {name} have which labels, named ports and addresses changed";

        // Within a namespace it matters which workload has what: a lone pod does not reach itself, two pods may reach each other.
        bool Differ<T>(Func<Endpoint, T> what)
        {
            var isDifferent = !Values(membersBefore).SetEquals(Values(membersAfter));
            isAnySaid |= isDifferent;
            return isDifferent;

            HashSet<(ObjectReference? Owner, T What)> Values(Endpoint[] members) =>
                [.. members.Select(endpoint => (isNamespace ? endpoint.Owner : null, what(endpoint)))];
        }
    }

    private static HashSet<ObjectReference> Owners(Endpoint[] members) => [.. members.Select(static endpoint => endpoint.Owner)];

    private static string Ports(Endpoint endpoint) => string.Join(
        ' ', endpoint.Spec.Ports.Where(static port => port.Name.Length > 0).Select(NameOf).Order(StringComparer.Ordinal));

    private static string Addresses(Endpoint endpoint) => string.Join(' ', endpoint.Addresses.Order());

    private static string NameOf(ContainerPort port) => $"{port.Name}={port.Protocol} {port.Number}";

    private static Dictionary<string, LabelSet> Labels(DifferenceSide side) =>
        side.Snapshot.Namespaces.ToDictionary(static ns => ns.Name, static ns => ns.Metadata.Labels);
}
