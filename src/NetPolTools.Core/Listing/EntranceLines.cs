using NetPolTools.Diagnostics;
using NetPolTools.Reachability;
using NetPolTools.Services;
using NetPolTools.Sets;

namespace NetPolTools.Listing;

/// <summary>Which groups Ingresses and routes lead to, through which controllers, and whether policies let them.</summary>
internal sealed class EntranceLines
{
    private readonly ReachabilityMap _map;
    private readonly EndpointGroup[] _groups;
    private readonly List<EntranceLine> _lines = [];
    private readonly Dictionary<(int Controller, int Destination), List<EntranceLine>> _byPair = [];
    private readonly SortedDictionary<int, List<EntranceLine>> _ofUnknownController = [];

    /// <param name="map">Of the cluster.</param>
    /// <param name="groups">All of the cluster, or those that pods of entrances are in among them.</param>
    /// <param name="entrances">Of the map.</param>
    public EntranceLines(ReachabilityMap map, EndpointGroup[] groups, ResolvedEntrances entrances)
    {
        _map = map;
        _groups = groups;
        if (entrances.All.Count == 0)
            return;

        var groupOf = EndpointGroup.IndexByMember(groups, map.Endpoints);
        foreach (var (entrance, targets, pods) in entrances.All)
        {
            int[] serving = [.. pods.Select(pod => groupOf[pod]).Distinct()];
            foreach (var behind in targets.Pods.GroupBy(pod => groupOf[pod.Endpoint]))
                Add(new EntranceLine(entrance, serving, behind.Key, PortsByClass(behind)));
        }
    }

    /// <summary>Groups that entrances lead to whose controller is not in the input, ascending, with those entrances.</summary>
    public IReadOnlyDictionary<int, List<EntranceLine>> OfUnknownController => _ofUnknownController;

    /// <summary>Which entrances lead from a controller's group to another; null where none does.</summary>
    public string? NoteOf(int controller, int destination) =>
        _byPair.Count > 0 && _byPair.TryGetValue((controller, destination), out var lines) ? NoteOf(lines) : null;

    /// <summary><c>Ingress shop/web leads here on TCP 8080</c>.</summary>
    public static string NoteOf(IReadOnlyList<EntranceLine> lines)
    {
        var names = lines.Select(static line => line.Entrance.Reference.ToString()).Distinct().ToArray();
        var ports = lines.Select(static line => line.Ports).Aggregate(static (a, b) => a.Union(b));
        return $"{string.Join(", ", names)} {(names.Length == 1 ? "leads" : "lead")} here on {ports}";
    }

    /// <summary>Of the asked lines, those that policies cut off from every controller that may serve them.</summary>
    public IEnumerable<Diagnostic> Blocked(Func<EntranceLine, bool> isAsked) => _lines.Where(isAsked).Select(Blocked).OfType<Diagnostic>();

    private void Add(EntranceLine line)
    {
        _lines.Add(line);
        if (line.Controllers.Length == 0)
            Add(_ofUnknownController, line.Destination, line);
        foreach (var controller in line.Controllers)
            Add(_byPair, (controller, line.Destination), line);

        static void Add<T>(IDictionary<T, List<EntranceLine>> into, T key, EntranceLine line)
        {
            if (!into.TryGetValue(key, out var lines))
                into.Add(key, lines = []);
            lines.Add(line);
        }
    }

    private Dictionary<int, PortSet> PortsByClass(IEnumerable<ServicePod> pods)
    {
        var ports = new Dictionary<int, PortSet>();
        foreach (var pod in pods)
            ports[_map.Classes.ClassOf(pod.Endpoint)] = pod.Ports.Union(ports.GetValueOrDefault(_map.Classes.ClassOf(pod.Endpoint), PortSet.None));
        return ports;
    }

    private Diagnostic? Blocked(EntranceLine line)
    {
        // A controller that serves its own pages needs no way to itself.
        if (line.Controllers.Contains(line.Destination))
            return null;
        int[] sources = line.Controllers.Length == 0 ? [_map.Endpoints.UnknownPod] : [.. line.Controllers.SelectMany(group => _groups[group].Classes)];
        var allowed = PortSet.None;
        var isBlocked = false;
        foreach (var (ofClass, needed) in line.PortsByClass)
        {
            var open = sources.Select(source => _map.Between(source, ofClass).Intersect(needed)).Aggregate(static (a, b) => a.Union(b));
            isBlocked |= !open.Equals(needed);
            allowed = allowed.Union(open);
        }

        if (!isBlocked)
            return null;
        var where = $"It leads to {_groups[line.Destination].End} on {line.Ports}";
        var message = line.Controllers.Length == 0
            ? $"{where}, where policies do not let every pod in. Its controller is not in the input, and whether they let that one in "
                + "depends on its labels: add its pods and their namespace."
            : $"{where}, and policies keep its controller {string.Join(", ", line.Controllers.Select(group => _groups[group].End))} from there.";
        var partly = allowed.IsEmpty ? "" : $" Only {allowed} is open, and perhaps not on all of the pods.";
        return new Diagnostic(DiagnosticId.EntranceBlocked, DiagnosticSeverity.Warning, message + partly)
        {
            Object = line.Entrance.Reference,
            Location = line.Entrance.Location,
        };
    }
}
