using NetPolTools.Diagnostics;
using NetPolTools.Intents;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>Finds the ends that intents name. Ends that several intents name are looked up once, and are the same sets.</summary>
/// <param name="map">Of the cluster.</param>
/// <param name="namespaces">Where names without a namespace are looked for; empty for everywhere.</param>
internal sealed class IntentEnds(ReachabilityMap map, IReadOnlyList<string> namespaces)
{
    /// <summary>A file may be about another cluster: of more names, nobody wants to know what is meant.</summary>
    private const int MostAdvised = 20;

    private readonly Dictionary<string, (IndexSet Ends, IReadOnlyList<Diagnostic> Problems)> _known = [];
    private int _unknown;

    /// <summary>
    /// Every pod, every range of addresses that is not a pod's, and the ends that policies have a name for, but for each pod's own node, which always
    /// reaches it.
    /// </summary>
    public IndexSet Everything => field ??= IndexSet.Range(0, map.Endpoints.UnknownPod).Except(map.Occupied.ByPods)
        .Union(IndexSet.Of(map.Endpoints.IndexesOfNamed(static end => !end.IsOwnNode)));

    public ResolvedIntent Resolve(Intent intent)
    {
        var problems = new List<Diagnostic>();
        var from = Ends(intent.From, problems);
        var to = Destinations(intent, problems);
        Diagnostic[] told = [.. problems.Select(problem => problem with { Location = intent.Location })];
        return new ResolvedIntent(intent, told.Length > 0 ? null : new IntentSides(intent, from, to), told);
    }

    /// <summary>What an end means besides the addresses that it names.</summary>
    public IndexSet WithoutAddresses(IntentEnd end) => end.IsEverything ? Everything
        : end.OfNamespaces is not null ? OfNamespaces(end).Ends
        : Named(end with { Patterns = [.. end.Patterns.Where(static pattern => pattern.Addresses is null)] }).Ends;

    private List<(IndexSet Ends, PortSet Ports)> Destinations(Intent intent, List<Diagnostic> problems)
    {
        EndpointPattern[] services = [.. intent.To.Patterns.Select(pattern => pattern.In(namespaces)).Where(pattern => pattern.ServiceIn(map) is not null)];
        var isServiceOnly = services.Length > 0 && services.Length == intent.To.Patterns.Count;
        var ports = intent.Kind == IntentKind.NothingElse ? PortSet.All : intent.Ports.Numbers;
        var destinations = new List<(IndexSet Ends, PortSet Ports)>();
        if (!isServiceOnly)
            destinations.Add((Ends(intent.To, problems), ports));
        foreach (var service in services.Select(pattern => pattern.ServiceIn(map)!))
        {
            var found = new List<(EndpointPattern Name, Diagnostic Problem)>();
            var resolved = ServiceDestinations.Resolve(map, service.In(namespaces), intent.Ports, found);
            problems.AddRange(found.Select(static problem => problem.Problem));
            destinations.AddRange(resolved.Ports.GroupBy(static served => served.Value, static served => served.Key)
                .Select(static same => (IndexSet.Of(same), same.Key)));
        }

        return destinations;
    }

    private IndexSet Ends(IntentEnd end, List<Diagnostic> problems)
    {
        if (end.IsEverything)
            return Everything;
        if (!_known.TryGetValue(end.Text, out var known))
            _known.Add(end.Text, known = end.OfNamespaces is null ? Named(end) : OfNamespaces(end));
        problems.AddRange(known.Problems);
        return known.Ends;
    }

    private (IndexSet Ends, IReadOnlyList<Diagnostic> Problems) Named(IntentEnd end)
    {
        List<(EndpointPattern Name, Diagnostic Problem)>? problems = null;
        var found = new List<IndexSet>();
        foreach (var pattern in end.Patterns.Select(pattern => pattern.In(namespaces)).Where(pattern => pattern.ServiceIn(map) is null))
            found.Add(IndexSet.Of(ReachabilityQuestion.Resolve(map, pattern, ref problems, _unknown < MostAdvised)));
        _unknown += problems?.Count ?? 0;
        return (IndexSet.UnionOf(found), problems is null ? [] : [.. problems.Select(static problem => problem.Problem)]);
    }

    private (IndexSet Ends, IReadOnlyList<Diagnostic> Problems) OfNamespaces(IntentEnd end)
    {
        string[] matching = [.. map.Snapshot.Namespaces.Select(static ns => ns.Name).Where(name => WildcardNames.Match(end.OfNamespaces!, name))];
        if (matching.Length == 0)
        {
            var meant = NearestNames.Question(NamesMeant.Namespaces(end.OfNamespaces!, [map.Snapshot]));
            return (IndexSet.Empty,
                [new Diagnostic(DiagnosticId.NoMatch, DiagnosticSeverity.Error, $"There is no namespace {end.OfNamespaces} in the input.{meant}")]);
        }

        var own = matching.Where(name => !end.ExceptNamespaces.Any(pattern => WildcardNames.Match(pattern, name)));
        return (IndexSet.UnionOf([.. own.Select(map.Endpoints.InNamespace).Select(static range => IndexSet.Range(range.Start, range.End))]), []);
    }
}
