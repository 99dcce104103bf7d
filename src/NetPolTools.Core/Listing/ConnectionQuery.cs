using NetPolTools.Services;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Listing;

/// <summary>Which connections to list, and how.</summary>
public sealed record ConnectionQuery
{
    public GroupBy By { get; init; } = GroupBy.Workload;

    /// <summary>Sources that match any of these; empty for every source.</summary>
    public IReadOnlyList<EndpointPattern> From { get; init; } = [];

    /// <summary>Destinations that match any of these; empty for every destination.</summary>
    public IReadOnlyList<EndpointPattern> To { get; init; } = [];

    /// <summary>At least one end is in a namespace that matches one of these wildcards; empty for all.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>
    /// Only these ports count: a connection with none of them is denied, and one with some shows those. Of a Service they are its own ports; what is shown
    /// are the ports of the pods that they lead to.
    /// </summary>
    public PortSet Ports { get; init; } = PortSet.All;

    /// <summary>Names of ports of the Services that <see cref="To"/> names; then only these and <see cref="Ports"/> count of them.</summary>
    public IReadOnlyList<string> PortNames { get; init; } = [];

    /// <summary>The ports asked about, of Services and of pods.</summary>
    internal AskedPorts AskedPorts => new(Ports, PortNames);

    /// <summary>List what is blocked too.</summary>
    public bool IncludeDenied { get; init; }

    /// <summary>Leave out what is only between pods and the nodes they run on.</summary>
    public bool ExcludeNodeTraffic { get; init; }

    /// <summary>Whether an end is in the namespaces asked about.</summary>
    /// <param name="end">In the cluster.</param>
    internal bool IsInNamespaces(ConnectionEnd end) => WildcardNames.MatchAny(Namespaces, end.Namespace!);
}
