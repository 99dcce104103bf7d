using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Services;
using NetPolTools.Sets;

namespace NetPolTools.Listing;

/// <summary>
/// The Services that a question names as destinations, as what policies know: groups of pods, restricted to the ports they are served on, and
/// outside addresses.
/// </summary>
internal sealed class AskedServices
{
    private readonly Dictionary<(int Group, int Class), PortSet> _ports = [];
    private readonly ReachabilityMap _map;
    private readonly AskedPorts _asked = AskedPorts.All;
    private readonly Dictionary<int, List<string>> _notes = [];
    private readonly Dictionary<int, List<ServiceTargets>> _servicesOf = [];
    private readonly List<AskedAddresses> _outside = [];
    private readonly List<EndpointPattern> _withoutMatch = [];
    private readonly List<EndpointPattern> _leadingNowhere = [];
    private readonly List<Diagnostic> _diagnostics = [];

    /// <param name="map">Knows the Services.</param>
    /// <param name="groups">Those of the listing.</param>
    /// <param name="patterns">The destinations asked about; only those that name Services count here.</param>
    /// <param name="asked">The ports asked about, which are those of the Services.</param>
    /// <param name="isAskedOtherwise">Groups that another pattern names: those are listed with every port.</param>
    public AskedServices(ReachabilityMap map, EndpointGroup[] groups, IReadOnlyList<EndpointPattern> patterns, AskedPorts asked, bool[] isAskedOtherwise)
    {
        _map = map;
        if (!patterns.Any(pattern => pattern.ServiceIn(map) is not null))
            return;
        _asked = asked;
        var resolver = new ServiceResolver(map.Snapshot, map.Endpoints);
        var groupOf = EndpointGroup.IndexByMember(groups, map.Endpoints);
        foreach (var pattern in patterns)
        {
            if (pattern.ServiceIn(map) is not { } named)
                continue;
            var found = map.Snapshot.Services.Where(named.Matches).Select(service => resolver.Resolve(service, asked)).ToArray();

            // A wildcard that finds something is answered by that.
            var nowhere = found.All(static targets => targets.WhyNowhere is not null);
            if (nowhere)
                (found.Length == 0 ? _withoutMatch : _leadingNowhere).Add(pattern);
            var severity = nowhere ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
            foreach (var targets in found)
                Add(targets, severity, map, groupOf, isAskedOtherwise);
        }
    }

    /// <summary>Outside addresses behind the Services.</summary>
    public IReadOnlyList<AskedAddresses> Outside => _outside;

    /// <summary>Patterns that name no Service of the input.</summary>
    public IReadOnlyList<EndpointPattern> WithoutMatch => _withoutMatch;

    /// <summary>Patterns that name Services none of which leads anywhere.</summary>
    public IReadOnlyList<EndpointPattern> LeadingNowhere => _leadingNowhere;

    /// <summary>Which of the Services lead nowhere, and why.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>Whether a group is a destination only since a Service leads there: then only some of its ports count.</summary>
    public bool Restricts(int group) => _notes.Count > 0 && _notes.ContainsKey(group);

    /// <summary>Restricts what another state's Services lead to as well, to no ports where these here do not lead there.</summary>
    public void RestrictAsWell(AskedServices other)
    {
        foreach (var group in other._notes.Keys)
            _notes.TryAdd(group, []);
    }

    /// <summary>The ports on which Services lead to members of a class in a group.</summary>
    public PortSet PortsOf(int group, int ofClass) => _ports.GetValueOrDefault((group, ofClass), PortSet.None);

    /// <summary>Which Services lead to a group.</summary>
    public IReadOnlyList<string> NotesOf(int group) => _notes.GetValueOrDefault(group, []);

    /// <summary>The Services that lead to a group.</summary>
    public IEnumerable<Service> ServicesOf(int group) => _servicesOf.GetValueOrDefault(group, []).Select(static targets => targets.Service);

    /// <summary>What of the Services that lead to a group a source does not reach: connections to them fail now and then.</summary>
    /// <param name="source">In the cluster.</param>
    /// <param name="group">The position of one that is restricted.</param>
    public IEnumerable<string> PartsOf(EndpointGroup source, int group)
    {
        foreach (var targets in _servicesOf.GetValueOrDefault(group, []))
        {
            var reached = targets.Pods.Count(pod => source.Classes.Any(a => !_map.Between(a, pod.Endpoint).Intersect(PortsOf(targets.Service, pod)).IsEmpty));
            if (reached > 0 && reached < targets.Pods.Count)
                yield return $"{targets.Service.Reference} leads to {targets.Pods.Count} pods, and this source reaches only {reached} of them";
        }
    }

    /// <summary>Clients of a headless Service dial ports of the pods.</summary>
    private PortSet PortsOf(Service service, ServicePod pod) => service.IsHeadless ? pod.Ports.Intersect(_asked.Numbers) : pod.Ports;

    private void Add(ServiceTargets targets, DiagnosticSeverity severity, ReachabilityMap map, int[] groupOf, bool[] isAskedOtherwise)
    {
        var reference = targets.Service.Reference;
        if (targets.WhyNowhere is { } why)
        {
            _diagnostics.Add(new Diagnostic(DiagnosticId.ServiceLeadsNowhere, severity, $"The Service leads nowhere: {why}.")
            {
                Object = reference,
                Location = targets.Service.Location,
            });
        }

        var note = targets.Service.IsHeadless ? $"through {reference}, which is headless and leads to the pods themselves" : $"through {reference}";
        foreach (var pod in targets.Pods)
        {
            var group = groupOf[pod.Endpoint];
            if (isAskedOtherwise[group])
                continue;
            var key = (group, map.Classes.ClassOf(pod.Endpoint));
            _ports[key] = PortsOf(targets.Service, pod).Union(_ports.GetValueOrDefault(key, PortSet.None));
            var leading = pod.Leads.Length > 0 ? $"{note}, whose {pod.Leads}" : note;
            Add(_notes, group, leading);
            Add(_servicesOf, group, targets);
        }

        foreach (var (address, ports) in targets.Outside)
            _outside.Add(new AskedAddresses(AddressRange.Of(address), ports, note));
        if (targets.OutsideName is { } name)
        {
            var unknown = $"through {reference}, which stands for {name}: one of these addresses, and the input does not say which";
            _outside.Add(new AskedAddresses(null, PortSet.All, unknown));
        }
    }

    private static void Add<T>(Dictionary<int, List<T>> to, int group, T item)
    {
        if (!to.TryGetValue(group, out var items))
            to.Add(group, items = []);
        if (!items.Contains(item))
            items.Add(item);
    }
}
