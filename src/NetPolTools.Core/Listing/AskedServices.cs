using NetPolTools.Diagnostics;
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
    private readonly Dictionary<int, List<string>> _notes = [];
    private readonly List<AskedAddresses> _outside = [];
    private readonly List<EndpointPattern> _withoutMatch = [];
    private readonly List<EndpointPattern> _leadingNowhere = [];
    private readonly List<Diagnostic> _diagnostics = [];

    /// <param name="map">Knows the Services.</param>
    /// <param name="groups">Those of the listing.</param>
    /// <param name="patterns">The destinations asked about; only those that name Services count here.</param>
    /// <param name="isAskedOtherwise">Groups that another pattern names: those are listed with every port.</param>
    public AskedServices(ReachabilityMap map, EndpointGroup[] groups, IReadOnlyList<EndpointPattern> patterns, bool[] isAskedOtherwise)
    {
        if (!patterns.Any(static pattern => pattern.IsService))
            return;
        var resolver = new ServiceResolver(map.Snapshot, map.Endpoints);
        var groupOf = EndpointGroup.IndexByMember(groups, map.Endpoints);
        foreach (var pattern in patterns.Where(static pattern => pattern.IsService))
        {
            var found = map.Snapshot.Services.Where(pattern.Matches).Select(resolver.Resolve).ToArray();

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

    /// <summary>The ports on which Services lead to members of a class in a group.</summary>
    public PortSet PortsOf(int group, int ofClass) => _ports.GetValueOrDefault((group, ofClass), PortSet.None);

    /// <summary>Which Services lead to a group.</summary>
    public IReadOnlyList<string> NotesOf(int group) => _notes.GetValueOrDefault(group, []);

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
        foreach (var (endpoint, ports) in targets.Pods)
        {
            var group = groupOf[endpoint];
            if (isAskedOtherwise[group])
                continue;
            var key = (group, map.Classes.Of(endpoint));
            _ports[key] = ports.Union(_ports.GetValueOrDefault(key, PortSet.None));
            if (!_notes.TryGetValue(group, out var notes))
                _notes.Add(group, notes = []);
            if (!notes.Contains(note))
                notes.Add(note);
        }

        foreach (var (address, ports) in targets.Outside)
            _outside.Add(new AskedAddresses(AddressRange.Of(address), ports, note));
        if (targets.OutsideName is { } name)
        {
            var unknown = $"through {reference}, which stands for {name}: one of these addresses, and the input does not say which";
            _outside.Add(new AskedAddresses(null, PortSet.All, unknown));
        }
    }
}
