using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Dialects.Calico;

/// <summary>
/// What selectors find in a cluster: pods, network sets and host endpoints, each by its labels. As peers they are addresses. Remembers what it found. Not
/// thread safe.
/// </summary>
internal sealed class CalicoThings
{
    private static readonly ImmutableArray<AddressFamilyKind> Families = [AddressFamilyKind.IPv4, AddressFamilyKind.IPv6];

    private readonly CalicoPodConditions _conditions;
    private readonly (CalicoObject Set, Func<string, string?> Labels, AddressRange[] Ranges)[] _sets;
    private readonly Dictionary<string, EndpointTerm> _pods = [];
    private readonly Dictionary<string, EndpointTerm> _addresses = [];

    public CalicoThings(TranslationContext context)
    {
        var snapshot = context.Snapshot;
        _conditions = new CalicoPodConditions(snapshot.Pods.Any(static pod => HasPrefix(pod.Metadata.Labels))
            || snapshot.Workloads.Any(static workload => HasPrefix(workload.TemplateLabels)));
        var namespaces = snapshot.Namespaces.ToDictionary(static ns => ns.Name, static ns => ns.Metadata.Labels);
        _sets =
        [
            .. context.Objects<CalicoNetworkSet>().Select(set => ((CalicoObject)set, LabelsOf(set, namespaces), RangesOf(set.Nets))),
            .. context.Objects<CalicoHostEndpoint>().Select(host => ((CalicoObject)host, LabelsOf(host, namespaces), RangesOf(host.ExpectedIPs))),
        ];
        HasTwoFamilies = snapshot.Pods.Any(static pod => SpeakTwo(pod.Addresses) || SpeakTwo(pod.HostAddresses))
            || snapshot.Nodes.Any(static node => SpeakTwo(node.Addresses));
    }

    /// <summary>Whether something has addresses of both families, so that a block of one of them matches a part of its traffic alone.</summary>
    public bool HasTwoFamilies { get; }

    /// <summary>The pods alone.</summary>
    public EndpointTerm Pods(CalicoSelector selector)
    {
        var key = selector.ToString();
        if (!_pods.TryGetValue(key, out var found))
            _pods.Add(key, found = new EndpointTerm.Pods(_conditions.Of(selector)));
        return found;
    }

    /// <summary>The addresses of what has labels and is no pod; nobody where nothing is found.</summary>
    public EndpointTerm Addresses(CalicoSelector selector)
    {
        var key = selector.ToString();
        if (!_addresses.TryGetValue(key, out var found))
            _addresses.Add(key, found = Addresses([.. _sets.Where(set => selector.Matches(set.Labels)).SelectMany(static set => set.Ranges)], []));
        return found;
    }

    /// <summary>Addresses in some blocks and in none of others.</summary>
    public EndpointTerm Addresses(ImmutableArray<AddressRange> ranges, ImmutableArray<AddressRange> except)
    {
        if (ranges.Length == 0)
            return EndpointTerm.Nobody;
        if (!HasTwoFamilies)
            return new EndpointTerm.Addresses(ranges, except, PodMatch.Yes);
        EndpointTerm[] parts =
        [
            .. from family in Families
               let own = ranges.Where(range => range.Family == family).ToImmutableArray()
               where own.Length > 0
               select new EndpointTerm.AllOf([OfFamily(family), new EndpointTerm.Addresses(own, except, PodMatch.Yes)]),
        ];
        return parts.Length == 1 ? parts[0] : new EndpointTerm.AnyOf([.. parts]);
    }

    /// <summary>Everything that speaks a family.</summary>
    public static EndpointTerm OfFamily(AddressFamilyKind family) => family == AddressFamilyKind.IPv4 ? IPv4 : IPv6;

    private static EndpointTerm IPv4 { get; } = new EndpointTerm.OfFamily(AddressFamilyKind.IPv4);

    private static EndpointTerm IPv6 { get; } = new EndpointTerm.OfFamily(AddressFamilyKind.IPv6);

    /// <summary>The host endpoints that a selector finds.</summary>
    public IEnumerable<CalicoHostEndpoint> Hosts(CalicoSelector selector) =>
        _sets.Where(set => set.Set is CalicoHostEndpoint && selector.Matches(set.Labels)).Select(static set => (CalicoHostEndpoint)set.Set);

    /// <summary>Blocks and single addresses as written; bits behind the prefix are taken off.</summary>
    public static AddressRange[] RangesOf(IEnumerable<string> written)
    {
        var ranges = new List<AddressRange>();
        foreach (var text in written)
        {
            if (AddressRange.TryParseCidr(text, out var range, out _, out _))
                ranges.Add(range);
            else if (NetAddress.TryParse(text, out var address))
                ranges.Add(AddressRange.Of(address));
        }

        return [.. ranges];
    }

    /// <summary>A network set has the labels of its namespace too (updateprocessors/networksetprocessor.go).</summary>
    private static Func<string, string?> LabelsOf(CalicoObject found, Dictionary<string, LabelSet> namespaces)
    {
        var (own, ns) = (found.Metadata.Labels, found.Metadata.Namespace);
        var inherited = ns is null ? LabelSet.Empty : namespaces.GetValueOrDefault(ns, LabelSet.Empty);
        return key =>
        {
            if (key == CalicoLabels.Namespace && ns is not null)
                return ns;
            if (own.TryGet(key, out var value))
                return value;
            if (ns is null || !key.StartsWith(CalicoLabels.OfNamespace, StringComparison.Ordinal))
                return null;
            var name = key[CalicoLabels.OfNamespace.Length..];
            return name == CalicoLabels.Name ? ns : inherited.TryGet(name, out var label) ? label : null;
        };
    }

    private static bool HasPrefix(LabelSet labels) => labels.Any(static label => label.Key.StartsWith(CalicoLabels.OfNamespace, StringComparison.Ordinal)
        || label.Key.StartsWith(CalicoLabels.OfServiceAccount, StringComparison.Ordinal));

    private static bool SpeakTwo(IReadOnlyList<NetAddress> addresses) => addresses.Count > 1 && addresses.Any(address => address.Family != addresses[0].Family);
}
