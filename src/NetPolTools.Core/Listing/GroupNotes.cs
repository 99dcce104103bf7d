using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Listing;

/// <summary>What an answer about groups depends on that a reader would not expect.</summary>
internal static class GroupNotes
{
    public const string OwnNodeOnly = "only from a node to the pods it runs, which is always allowed";
    public const string OwnNodeToo = "every port from a node to the pods it runs, which is always allowed";
    public const string ToOwnNode = "from a pod to its own node, where its egress rules decide: enforcers apply them, "
        + "although the documentation of NetworkPolicy also says that traffic between a pod and its node is always allowed";

    /// <summary>Of a range of addresses in which many pods have theirs.</summary>
    public const string NotPods = "not the pods that have addresses in it, which are listed by themselves: rules for addresses mean no pods here";

    /// <summary>That egress rules name a Service by its own address while the pods behind it are denied; null where none does.</summary>
    /// <param name="map">Of the cluster.</param>
    /// <param name="source">An endpoint.</param>
    /// <param name="service">What is asked about.</param>
    /// <param name="pod">One behind it.</param>
    public static string? OwnAddress(ReachabilityMap map, int source, Service service, int pod)
    {
        if (map.EgressOf(source) is not { } ruleSet || !ruleSet.PortsFor(map.Classes.ClassOf(pod)).IsEmpty)
            return null;
        foreach (var address in service.ClusterIPs)
        {
            if (!ruleSet.PortsFor(map.Classes.ClassOf(map.Endpoints.IndexOfAddress(address))).IsEmpty)
                return $"an egress rule names {address}, the address of {service.Reference}: {PluginsDiffer}";
        }

        return null;
    }

    /// <summary>What an ipBlock means that holds the address of a Service.</summary>
    public const string PluginsDiffer = "most network plugins match the pods behind a Service and not its address, some match the address";

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
    public static string? DependsOnIPBlock(ReachabilityMap map, EndpointGroup source, EndpointGroup destination, Func<int, PortSet, PortSet> asked)
    {
        if (!map.DependsOnIPBlock)
            return null;
        foreach (var a in source.Classes)
        {
            foreach (var b in destination.Classes)
            {
                var otherwise = asked(b, map.BetweenOtherwise(a, b));
                if (!otherwise.Equals(asked(b, map.Between(a, b))))
                    return $"depends on whether an ipBlock matches pods inside it: otherwise {otherwise}";
            }
        }

        return null;
    }

    /// <summary>That the answer depends on what named ports mean on pods that ipBlocks cover.</summary>
    /// <param name="map">Whose endpoints the groups are made of.</param>
    /// <param name="source">Who may reach.</param>
    /// <param name="destination">Whom.</param>
    /// <param name="asked">Of ports of a class of the destination, those that count.</param>
    /// <returns>Null where it makes no difference.</returns>
    public static string? DependsOnPortNames(ReachabilityMap map, EndpointGroup source, EndpointGroup destination, Func<int, PortSet, PortSet> asked)
    {
        if (map.NamedPortDoubts is not { } doubts)
            return null;
        foreach (var a in doubts.Apart(source.Members))
        {
            foreach (var b in doubts.Apart(destination.Members))
            {
                var ofClass = map.Classes.ClassOf(b);
                if (doubts.Note(a, b, asked(ofClass, map.Between(a, b)), ports => asked(ofClass, ports)) is { } note)
                    return note;
            }
        }

        return null;
    }
}
