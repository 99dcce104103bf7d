using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Tests.Oracle;

/// <summary>The ports and outside addresses that matter in a cluster: both sides of every edge in it, and some far from all.</summary>
internal sealed class Samples
{
    private Samples(IEnumerable<int> ports, IEnumerable<NetAddress> addresses, IEnumerable<NetAddress> ofPods)
    {
        PodAddresses = ofPods.ToHashSet();
        var numbers = ports.Where(static port => port is >= 1 and <= 65535).Distinct();
        Ports = [.. from protocol in Protocols.WithPorts from number in numbers select (protocol, number)];
        Addresses = [.. addresses.Where(address => !PodAddresses.Contains(address)).Distinct()];
    }

    public IReadOnlyList<(Protocol Protocol, int Number)> Ports { get; }

    /// <summary>Outside: those of pods are not among them.</summary>
    public IReadOnlyList<NetAddress> Addresses { get; }

    /// <summary>Of pods that selectors can pick; nobody else can have them.</summary>
    public IReadOnlySet<NetAddress> PodAddresses { get; }

    public static Samples Of(ClusterSnapshot snapshot)
    {
        var rules = snapshot.NetworkPolicies.SelectMany(static policy => (policy.Ingress ?? []).Concat(policy.Egress ?? [])).ToList();
        var declared = snapshot.Pods.Select(static pod => pod.Spec).Concat(snapshot.Workloads.Select(static workload => workload.Template))
            .SelectMany(static spec => spec.Ports)
            .Select(static port => port.Number);
        var portEdges = rules.SelectMany(static rule => rule.Ports ?? [])
            .SelectMany(static port => new[] { port.Port?.Number, port.EndPort })
            .OfType<int>();
        var blockEdges = rules.SelectMany(static rule => rule.Peers ?? [])
            .Select(static peer => peer.IPBlock)
            .OfType<IPBlock>()
            .SelectMany(static block => block.Except.Append(block.Cidr))
            .SelectMany(AroundEdges);
        var known = snapshot.Pods.SelectMany(static pod => pod.Addresses.Concat(pod.HostAddresses))
            .Concat(snapshot.Nodes.SelectMany(static node => node.Addresses));
        return new Samples(
            declared.Concat(portEdges).SelectMany(static port => new[] { port - 1, port, port + 1 }).Concat([1, 65535]),
            blockEdges.Concat(known).Concat([NetAddress.Parse("8.8.8.8"), NetAddress.Parse("2620:fe::fe")]),
            snapshot.Pods.Where(static pod => !pod.Spec.HostNetwork && !pod.IsFinished).SelectMany(static pod => pod.Addresses));
    }

    /// <summary>Fails at the first sampled port on which a set and the oracle differ.</summary>
    public void AssertSame(Func<Protocol, int, bool> expected, PortSet actual, Func<string> about)
    {
        foreach (var (protocol, number) in Ports)
        {
            var allowed = expected(protocol, number);
            if (allowed != actual.Contains(protocol, number))
                Assert.Fail($"{about()}: the answer is {actual}, and the oracle says that {protocol} {number} is {(allowed ? "allowed" : "denied")}");
        }
    }

    private static IEnumerable<NetAddress> AroundEdges(string cidr)
    {
        Assert.True(AddressRange.TryParseCidr(cidr, out var block, out _, out _));
        yield return new NetAddress(block.Family, block.First);
        yield return new NetAddress(block.Family, block.Last);
        if (block.First > 0)
            yield return new NetAddress(block.Family, block.First - 1);
        if (block.Last < NetAddress.MaxValue(block.Family))
            yield return new NetAddress(block.Family, block.Last + 1);
    }
}
