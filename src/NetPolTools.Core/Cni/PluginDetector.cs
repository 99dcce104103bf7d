using NetPolTools.Cni.Catalogue;
using NetPolTools.Objects;
using NetPolTools.Snapshot;

namespace NetPolTools.Cni;

/// <summary>Finds the plugins of the catalogue in an input: those that some object proves, each with whether it enforces policies here.</summary>
public sealed class PluginDetector
{
    private readonly PluginCatalogue _catalogue;
    private readonly PluginTraces _traces;

    public PluginDetector(PluginCatalogue catalogue, ClusterSnapshot snapshot)
    {
        _catalogue = catalogue;
        _traces = new PluginTraces(snapshot);
    }

    internal PluginTraces Traces => _traces;

    /// <summary>Every plugin that is proven and not a part of another one; platforms last.</summary>
    public IReadOnlyList<DetectedPlugin> Detect()
    {
        var evidence = _catalogue.Entries.ToDictionary(static entry => entry.Id, entry => EvidenceOf(entry).ToArray());
        var found = _catalogue.Entries.Where(entry => evidence[entry.Id].Any(static piece => !piece.IsHint)).ToArray();
        var covered = found.SelectMany(static entry => entry.Covers).ToHashSet();
        return
        [
            .. found.Where(entry => !covered.Contains(entry.Id))
                .Select(entry => Examine(entry, [.. Gather(entry, evidence).OrderBy(static piece => piece.IsHint)]))
                .OrderBy(static plugin => plugin.Role == PluginRole.Platform),
        ];
    }

    /// <summary>Objects that hint at plugins nothing proves.</summary>
    public IReadOnlyList<PluginEvidence> HintsAtOthers(IReadOnlyList<DetectedPlugin> detected)
    {
        if (_traces.All.Count == 0)
            return [];
        var known = detected.SelectMany(plugin => _catalogue.Chain(plugin.Entry).SelectMany(static entry => entry.Covers.Append(entry.Id))).ToHashSet();
        return [.. _catalogue.Entries.Where(entry => !known.Contains(entry.Id)).SelectMany(EvidenceOf).DistinctBy(static piece => (piece.Object, piece.What))];
    }

    /// <summary>What the catalogue says of a plugin by name, without a cluster.</summary>
    public static DetectedPlugin LookUp(PluginCatalogue catalogue, CatalogueEntry entry, PluginVersion? version) =>
        new PluginDetector(catalogue, new ClusterSnapshotBuilder().Build()).Examine(entry, [], version);

    /// <summary>A plugin that is taken to be there, with what the input tells of it.</summary>
    public DetectedPlugin Assume(CatalogueEntry entry) => Examine(entry, [.. EvidenceOf(entry)]);

    /// <summary>Each object that matches a sign of an entry; of nodes, the first one speaks for all.</summary>
    private IEnumerable<PluginEvidence> EvidenceOf(CatalogueEntry entry)
    {
        foreach (var (sign, fact) in entry.Signs)
        {
            PluginTrace[] matching = [.. _traces.Matching(sign)];
            var told = sign.Kind == Node.KindName ? matching.Take(1) : matching;
            foreach (var trace in told)
            {
                var others = sign.Kind == Node.KindName && matching.Length > 1 ? $", and {matching.Length - 1} more" : "";
                yield return new PluginEvidence(trace.Reference, trace.Location, entry.Name, EvidenceText.Of(sign, trace) + others, sign.IsHint, fact);
            }
        }
    }

    /// <summary>Its own evidence and that of what it is a form of, each object once.</summary>
    private IEnumerable<PluginEvidence> Gather(CatalogueEntry entry, Dictionary<string, PluginEvidence[]> evidence) =>
        _catalogue.Chain(entry).SelectMany(link => link.Covers.Prepend(link.Id)).Distinct()
            .SelectMany(id => evidence[id])
            .DistinctBy(static piece => piece.Object);

    private DetectedPlugin Examine(CatalogueEntry entry, PluginEvidence[] evidence, PluginVersion? named = null)
    {
        CatalogueEntry[] chain = [.. _catalogue.Chain(entry)];
        var agents = AgentsOf(chain);
        var version = named ?? VersionOf(chain, agents);
        var (enforces, because, unseen) = Decide(chain, version);
        var plugin = new DetectedPlugin
        {
            Entry = entry,
            Version = version,
            Role = entry.Role == PluginRole.Connects && OnlyEnforces(chain, version) ? PluginRole.EnforcesOnly : entry.Role,
            Enforces = enforces,
            Because = because,
            UnseenSwitches = enforces == Enforcement.Yes ? unseen : [],
            Evidence = evidence,
            Limits = [.. chain.SelectMany(static link => link.Limits).Select(limit => Apply(limit, entry.Name, version)).OfType<AppliedLimit>()],
            PolicyKinds = [.. chain.SelectMany(static link => link.PolicyKinds).Distinct()],
        };
        return PluginReadiness.Count(plugin, agents, _traces.Nodes.Count);
    }

    private bool OnlyEnforces(CatalogueEntry[] chain, PluginVersion? version) =>
        chain.SelectMany(static link => link.EnforcesOnlyWhen).Any(clause => _traces.Holds(clause, version) == Truth.Yes);

    /// <summary>The DaemonSets that prove it: they enforce, on the nodes where they are ready.</summary>
    private PluginTrace[] AgentsOf(CatalogueEntry[] chain) =>
    [
        .. chain.SelectMany(static link => link.Signs)
            .Where(static sign => !sign.Sign.IsHint && sign.Sign.Kind == "DaemonSet")
            .SelectMany(sign => _traces.Matching(sign.Sign))
            .Distinct(),
    ];

    private PluginVersion? VersionOf(CatalogueEntry[] chain, PluginTrace[] agents)
    {
        string[] images = [.. chain.SelectMany(static link => link.VersionImages)];
        if (images.Length > 0)
        {
            return agents.SelectMany(static agent => agent.Containers)
                .Where(container => images.Any(image => ImagePattern.Matches(image, container.Image)))
                .Select(static container => PluginVersion.OfImage(container.Image))
                .OfType<PluginVersion>()
                .Min();
        }

        // What is built into the kubelet's distribution has the version of that; the oldest node decides.
        return chain[0].Signs.Any(static sign => sign.Sign.Values.ContainsKey(PluginTrace.KubeletVersion))
            ? _traces.Nodes
                .Select(static node => node.Values.GetValueOrDefault(PluginTrace.KubeletVersion))
                .OfType<string>()
                .Select(PluginVersion.Parse)
                .OfType<PluginVersion>()
                .Min()
            : null;
    }

    /// <summary>The first rule that applies decides; those before it that would say no, and of which the input shows nothing, are told.</summary>
    private (Enforcement Enforces, string? Because, IReadOnlyList<string> UnseenSwitches) Decide(CatalogueEntry[] chain, PluginVersion? version)
    {
        var unseen = new List<string>();
        foreach (var rule in chain.SelectMany(static link => link.Rules))
        {
            switch (_traces.Hold(rule.When, version))
            {
                case Truth.Yes:
                    return (rule.Enforces, rule.Because, unseen);
                case Truth.Unknown when rule.UnknownUnlessSeen && _traces.All.Count > 0:
                    return (Enforcement.Unknown, $"it does not show {string.Join(" and ", Unseen(rule))}", []);
                case Truth.Unknown when rule.Enforces == Enforcement.No && _traces.All.Count > 0:
                    unseen.AddRange(Unseen(rule).Except(unseen));
                    break;
            }
        }

        return (chain[0].Enforces, null, unseen);
    }

    private IEnumerable<string> Unseen(PluginRule rule) => rule.When
        .Where(clause => _traces.Holds(clause, null) == Truth.Unknown)
        .Select(static clause => clause.Sign)
        .OfType<PluginSign>()
        .Select(static sign => sign.Names.Count > 0 ? $"{sign.Kind} {sign.Names[0]}" : $"a {sign.Kind}");

    private AppliedLimit? Apply(PluginLimit limit, string plugin, PluginVersion? version)
    {
        var bounds = limit.From is null && limit.Until is null ? Truth.Yes : _traces.Holds(new PluginClause(null, false, limit.From, limit.Until), version);
        var holds = (Truth)Math.Min((int)bounds, (int)_traces.Hold(limit.When, version));
        var lifted = limit.Unless.Count == 0 ? Truth.No : limit.Unless.Max(clause => _traces.Holds(clause, version));
        if (holds == Truth.No || lifted == Truth.Yes)
            return null;
        return new AppliedLimit(plugin, version, limit, holds == Truth.Yes && lifted == Truth.No);
    }
}
