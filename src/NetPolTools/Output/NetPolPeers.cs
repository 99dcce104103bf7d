using System.Management.Automation;
using NetPolTools.Isolation;

namespace NetPolTools.Output;

/// <summary>Whom the policies of a workload allow in one direction, on any port. Reads as a few words, and is equal to them.</summary>
public sealed class NetPolPeers : IEquatable<NetPolPeers>
{
    private readonly AllowedPeers _allowed;

    internal NetPolPeers(AllowedPeers allowed)
    {
        _allowed = allowed;
        (AllWorkloads, AllAddresses) = (allowed.IsEveryWorkload, allowed.IsEveryAddress);
    }

    /// <summary>Whether every workload of the cluster is allowed, on some port at least.</summary>
    public bool AllWorkloads { get; }

    /// <summary>The workloads as namespace/name; none are listed where all are allowed.</summary>
    public NetPolList<string> Workloads => field ??= NetPolList.Names(_allowed.Workloads());

    /// <summary>Whether every address outside the cluster is allowed, on some port at least.</summary>
    public bool AllAddresses { get; }

    /// <summary>Addresses outside the cluster, as CIDR blocks or from-to; none are listed where all are allowed.</summary>
    public NetPolList<string> Addresses => field ??= NetPolList.Names(_allowed.Addresses().Select(static range => AddressText.Of(range.ToString())));

    /// <summary>Ends that policies name and that are known by a name alone, such as kube-apiserver and fqdn:*.example.com.</summary>
    public NetPolList<string> Named => field ??= NetPolList.Names(_allowed.Named);

    public bool Equals(NetPolPeers? other) => other is not null && ToString() == other.ToString() && AllWorkloads == other.AllWorkloads
        && AllAddresses == other.AllAddresses && Workloads.SequenceEqual(other.Workloads) && Addresses.SequenceEqual(other.Addresses)
        && Named.SequenceEqual(other.Named);

    public override bool Equals(object? obj) => obj switch
    {
        PSObject wrapped => Equals(wrapped.BaseObject),
        string text => string.Equals(ToString(), text, StringComparison.OrdinalIgnoreCase),
        _ => Equals(obj as NetPolPeers),
    };

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ToString());

    /// <summary>nothing, 3 workloads, addresses, everyone (on some ports), everything.</summary>
    public override string ToString() => _allowed.ToString();
}
