using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Authoring.VendorPolicies;

/// <summary>
/// A small cluster that holds an example of everything that a NetworkPolicy names, and of what it nearly names: pods and namespaces with the labels of its
/// selectors and with one of them missing or other, pods and nodes with addresses in its ipBlocks and in what these except, and ports of its names.
/// </summary>
internal sealed class WitnessCluster
{
    private const int FirstPort = 8000;

    /// <summary>Addresses of pods that no rule is about: without one, some APIs would have to guess whether a block covers the pod.</summary>
    private static readonly ImmutableArray<NetAddress> FirstAddresses = [NetAddress.Parse("240.0.0.1"), NetAddress.Parse("fdff::1")];

    private readonly AddressFamilyKind _family;
    private readonly NetworkPolicy _policy;
    private readonly IVendorApi _api;
    private readonly Dictionary<string, Namespace> _namespaces = [];
    private readonly HashSet<(string Namespace, LabelSet Labels)> _known = [];
    private readonly List<KubernetesObject> _objects = [];
    private readonly ContainerPort[] _ports;

    private WitnessCluster(NetworkPolicy policy, IVendorApi api, AddressFamilyKind family)
    {
        _family = family;
        _policy = policy;
        _api = api;
        string[] names = [.. Rules().SelectMany(static rule => rule.Ports ?? []).Select(static port => port.Port?.Name).OfType<string>().Distinct()];
        _ports = [.. names.SelectMany(static (name, i) => Enum.GetValues<Protocol>().Where(static protocol => protocol is Protocol.TCP or Protocol.UDP)
            .Select(protocol => new ContainerPort(name, FirstPort + (10 * i) + (int)protocol, protocol)))];
    }

    /// <summary>
    /// One of pods with IPv4 addresses, and one of pods with IPv6 addresses where the policy names any: not all APIs know how both come together.
    /// </summary>
    /// <param name="policy">Any.</param>
    /// <param name="cluster">Where it stands: its namespace has its labels there.</param>
    /// <param name="api">May have objects that its policies could take for pods.</param>
    public static IEnumerable<ClusterSnapshot> Of(NetworkPolicy policy, ClusterSnapshot cluster, IVendorApi api)
    {
        var labels = cluster.Namespaces.FirstOrDefault(ns => ns.Name == policy.Namespace)?.Metadata.Labels ?? LabelSet.Empty;
        var families = RangesOf(policy).Select(static range => range.Family).Append(AddressFamilyKind.IPv4).Distinct();
        return families.Select(family => new WitnessCluster(policy, api, family).Made(labels));
    }

    private IEnumerable<NetworkPolicyRule> Rules() => _policy.Rules(PolicyDirection.Ingress).Concat(_policy.Rules(PolicyDirection.Egress));

    private ClusterSnapshot Made(LabelSet ownLabels)
    {
        Add(_policy.Namespace, ownLabels);
        foreach (var labels in LabelExamples.Of(_policy.PodSelector))
            AddPod(_policy.Namespace, labels);
        var elsewhere = NamespaceOf(LabelSet.Empty);
        foreach (var peer in Rules().SelectMany(static rule => rule.Peers ?? []).Where(static peer => peer.IPBlock is null))
            AddPeer(peer, elsewhere);
        foreach (var range in RangesOf(_policy).Where(range => range.Family == _family))
            AddAt(range, elsewhere);
        var builder = new ClusterSnapshotBuilder();
        foreach (var found in _namespaces.Values.Concat(_objects))
            builder.Add(found, static _ => { });
        return builder.Build();
    }

    private void AddPeer(NetworkPolicyPeer peer, string elsewhere)
    {
        string[] namespaces = [_policy.Namespace, elsewhere, .. LabelExamples.Of(peer.NamespaceSelector ?? LabelSelector.Everything).Select(NamespaceOf)];
        foreach (var ns in namespaces)
        {
            foreach (var labels in LabelExamples.Of(peer.PodSelector ?? LabelSelector.Everything))
                AddPod(ns, labels);
        }
    }

    private static IEnumerable<AddressRange> RangesOf(NetworkPolicy policy) => policy.IPBlocks()
        .SelectMany(static block => block.Except.Prepend(block.Cidr))
        .Select(static cidr => AddressRange.TryParseCidr(cidr, out var range, out _, out _) ? range : (AddressRange?)null)
        .OfType<AddressRange>()
        .Distinct();

    /// <summary>A pod of the policy's namespace, one of another, and a node, whose addresses are the last ones of a range.</summary>
    private void AddAt(AddressRange range, string elsewhere)
    {
        var address = range.Last;
        foreach (var ns in new[] { _policy.Namespace, elsewhere })
        {
            AddPod(ns, LabelSet.Empty, new NetAddress(range.Family, address));
            if (address == range.First)
                return;
            address--;
        }

        _objects.Add(new Node(new ObjectMetadata { Name = $"node-{new NetAddress(range.Family, address)}" })
        {
            Addresses = [new NetAddress(range.Family, address)],
        });
    }

    private string NamespaceOf(LabelSet labels)
    {
        if (labels.TryGet(Namespace.NameLabel, out var given) && given.Length > 0)
        {
            Add(given, labels);
            return given;
        }

        var name = NameOf("namespace", labels);
        Add(name, labels);
        return name;
    }

    private void Add(string name, LabelSet labels) => _namespaces.TryAdd(name, new Namespace(new ObjectMetadata { Name = name, Labels = labels }));

    private NetAddress NextAddress()
    {
        var first = FirstAddresses.First(address => address.Family == _family);
        return new NetAddress(first.Family, first.Value + (uint)_objects.Count);
    }

    private void AddPod(string ns, LabelSet labels, NetAddress? given = null)
    {
        if (given is null && !_known.Add((ns, labels)))
            return;
        var name = NameOf("pod", labels) + (given is null ? "" : $" at {given}");
        Add(name, []);
        if (given is null)
            _objects.AddRange(_api.LooksLike(ns, labels));
        if (_ports.Length > 0 && given is null)
            Add($"{name} with ports", _ports);

        void Add(string podName, IReadOnlyList<ContainerPort> ports) =>
            _objects.Add(new Pod(new ObjectMetadata { Name = podName, Namespace = ns, Labels = labels })
            {
                Addresses = [given ?? NextAddress()],
                Spec = new PodSpec { Ports = ports },
            });
    }

    private static string NameOf(string what, LabelSet labels) => labels.Count == 0 ? $"{what} without labels" : $"{what} with {labels}";
}
