using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Listing;

/// <summary>What an answer about groups hangs on that a reader would not expect.</summary>
internal static class GroupNotes
{
    public const string OwnNodeOnly = "only between a pod and the node it runs on, which is always allowed";
    public const string OwnNodeToo = "every port between a pod and the node it runs on, which is always allowed";

    /// <param name="map">Whose endpoints the group is made of.</param>
    /// <param name="group">With a hostNetwork pod in it.</param>
    public static string HostNetwork(ReachabilityMap map, EndpointGroup group)
    {
        var onHost = group.Members.First(member => map.Endpoints[member].IsHostNetwork);
        var known = map.Endpoints[onHost].Addresses;
        var address = group.Members.Length > 1 ? "its node" : known.Count > 0 ? string.Join(", ", known) : "its node, which is not known";
        return $"{group.End.Namespace}/{group.End.Name} uses hostNetwork: policies see it as the address of {address}, and selectors never pick it";
    }

    /// <param name="map">Whose endpoints the groups are made of.</param>
    /// <param name="source">Who may reach.</param>
    /// <param name="destination">Whom.</param>
    /// <param name="asked">Of ports of a class of the destination, those that count.</param>
    /// <returns>Null where ipBlocks make no difference.</returns>
    public static string? HangsOnIPBlock(ReachabilityMap map, EndpointGroup source, EndpointGroup destination, Func<int, PortSet, PortSet> asked)
    {
        if (!map.HangsOnIPBlock)
            return null;
        foreach (var a in source.Classes)
        {
            foreach (var b in destination.Classes)
            {
                var otherwise = asked(b, map.BetweenOtherwise(a, b));
                if (!otherwise.Equals(asked(b, map.Between(a, b))))
                    return $"hangs on whether an ipBlock matches pods inside it: otherwise {otherwise}";
            }
        }

        return null;
    }
}
