using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Services;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>What is behind the Service that a question names.</summary>
/// <param name="Ports">Each pod or range of addresses, with the ports it is served on.</param>
/// <param name="AreOwnAddresses">Whether clients dial the pods' own addresses, as with a headless Service: a pod always reaches its own.</param>
internal sealed record ServiceDestinations(IReadOnlyDictionary<int, PortSet> Ports, bool AreOwnAddresses)
{
    /// <summary>Null where there is not just one.</summary>
    public Service? Service { get; init; }

    /// <summary>What to say about where its ports lead.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <param name="map">Of the cluster.</param>
    /// <param name="pattern">Names a Service.</param>
    /// <param name="asked">The ports asked about, which are those of the Service.</param>
    /// <param name="problems">Told when it names none or several, or one that leads nowhere.</param>
    public static ServiceDestinations Resolve(
        ReachabilityMap map, EndpointPattern pattern, AskedPorts asked, List<(EndpointPattern Name, Diagnostic Problem)> problems)
    {
        var destinations = new SortedDictionary<int, PortSet>();
        var services = map.Snapshot.Services.Where(pattern.Matches).ToArray();
        if (services.Length != 1)
        {
            Tell(services.Length == 0
                ? Problem(DiagnosticId.NoMatch, $"'{pattern}' names no Service of {pattern.Place}"
                    + (NearestNames.Question(NamesMeant.Ends(pattern.ToString(), [map.Snapshot])) is { Length: > 0 } meant
                        ? "." + meant
                        : "; expected svc/name or namespace/svc/name."))
                : Problem(DiagnosticId.AmbiguousName,
                    $"'{pattern}' names several Services: {string.Join(", ", services.Select(static service => service.Reference))}."));
            return new ServiceDestinations(destinations, false);
        }

        var targets = new ServiceResolver(map.Snapshot, map.Endpoints).Resolve(services[0], asked);
        var why = targets.WhyNowhere
            ?? (targets.OutsideName is { } name ? $"it stands for {name} outside the cluster, whose address the input does not say" : null);
        if (why is not null)
            Tell(Problem(DiagnosticId.ServiceLeadsNowhere,
                $"The Service leads nowhere that could be asked about: {why}.") with
            { Object = services[0].Reference });
        foreach (var pod in targets.Pods)
            destinations[pod.Endpoint] = services[0].IsHeadless ? pod.Ports.Intersect(asked.Numbers) : pod.Ports;
        foreach (var (address, ports) in targets.Outside)
        {
            var range = map.Endpoints.IndexOfAddress(address);
            destinations[range] = ports.Union(destinations.GetValueOrDefault(range, PortSet.None));
        }

        return new ServiceDestinations(destinations, services[0].IsHeadless)
        {
            Service = services[0],
            Notes = [.. targets.Pods.Select(static pod => pod.Leads).Where(static leads => leads.Length > 0).Distinct()
                .Select(leads => $"{services[0].Reference}: {leads}")],
        };

        void Tell(Diagnostic problem) => problems.Add((pattern, problem));
    }

    private static Diagnostic Problem(DiagnosticId id, string message) => new(id, DiagnosticSeverity.Error, message);
}
