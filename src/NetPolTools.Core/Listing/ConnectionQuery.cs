using System.Globalization;
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

    /// <summary>Only these ports count: a connection with none of them is denied, and one with some shows those.</summary>
    public PortSet Ports { get; init; } = PortSet.All;

    /// <summary>List what is blocked too.</summary>
    public bool IncludeDenied { get; init; }

    /// <summary>Whether an end is in the namespaces asked about.</summary>
    /// <param name="end">In the cluster.</param>
    internal bool IsInNamespaces(ConnectionEnd end) => WildcardNames.MatchAny(Namespaces, end.Namespace!);

    /// <summary>The ports of a filter: ranges of protocols.</summary>
    /// <param name="protocols">Empty for all three.</param>
    /// <param name="ranges">Ports 1-65535, both ends inclusive; empty for all.</param>
    public static PortSet PortsOf(IReadOnlyCollection<Protocol> protocols, IReadOnlyCollection<(int First, int Last)> ranges)
    {
        var ports = PortSet.None;
        foreach (var protocol in protocols.Count > 0 ? protocols : Enum.GetValues<Protocol>())
        {
            foreach (var (first, last) in ranges.Count > 0 ? ranges : [(PortSet.MinPort, PortSet.MaxPort)])
                ports = ports.Union(PortSet.Of(protocol, first, last));
        }

        return ports;
    }

    /// <summary>Reads a port such as <c>3306</c>, or a range such as <c>8000-8100</c>.</summary>
    /// <exception cref="FormatException">Neither, or not within 1-65535.</exception>
    public static (int First, int Last) ParsePortRange(string text)
    {
        var dash = text.IndexOf('-');
        var firstText = dash < 0 ? text : text[..dash];
        var lastText = dash < 0 ? text : text[(dash + 1)..];
        return int.TryParse(firstText, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(lastText, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && first >= PortSet.MinPort && last <= PortSet.MaxPort && first <= last
            ? (first, last)
            : throw new FormatException($"'{text}' is not a port; expected 1-65535, or a range such as 8000-8100.");
    }
}
