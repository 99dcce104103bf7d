using NetPolTools.Listing;

namespace NetPolTools.Output;

/// <summary>Who may reach whom on which ports of the destination.</summary>
public class NetPolConnection : IEquatable<NetPolConnection>
{
    /// <summary>The kind of an end that is outside the cluster.</summary>
    internal const string AddressesKind = "Addresses";

    internal NetPolConnection(Connection connection)
    {
        (SourceEnd, DestinationEnd) = (connection.Source, connection.Destination);
        (SourceNamespace, Source, SourceKind) = Parts(connection.Source);
        (DestinationNamespace, Destination, DestinationKind) = Parts(connection.Destination);
        Ports = new NetPolPorts(connection.Ports);
        Verdict = connection.Verdict.ToString();
        Notes = NetPolList.Notes(connection.Notes);
        IsNodeTraffic = connection.IsNodeTraffic;
    }

    /// <summary>Empty for addresses outside the cluster, and for an ingress controller that is not in the input.</summary>
    public string SourceNamespace { get; }

    /// <summary>The workload's, pod's or namespace's name, or a range of addresses.</summary>
    public string Source { get; }

    /// <summary>Deployment, Pod and so on; Addresses for addresses outside the cluster; IngressController for one that is not in the input.</summary>
    public string SourceKind { get; }

    /// <inheritdoc cref="SourceNamespace"/>
    public string DestinationNamespace { get; }

    /// <inheritdoc cref="Source"/>
    public string Destination { get; }

    /// <inheritdoc cref="SourceKind"/>
    public string DestinationKind { get; }

    /// <summary>Pod ports, never Service ports.</summary>
    public NetPolPorts Ports { get; }

    /// <summary>Allowed or Denied.</summary>
    public string Verdict { get; }

    /// <summary>What the verdict depends on that a reader would not expect.</summary>
    public NetPolList<string> Notes { get; }

    /// <summary>Whether it is only between pods and the nodes they run on.</summary>
    public bool IsNodeTraffic { get; }

    /// <summary>Kinds of policies in the input that may decide it too and are not evaluated: <c>CiliumNetworkPolicy (cilium.io/v2)</c>.</summary>
    public NetPolList<string> NotEvaluated { get; internal init; } = NetPolList.Empty;

    internal ConnectionEnd SourceEnd { get; }

    internal ConnectionEnd DestinationEnd { get; }

    public bool Equals(NetPolConnection? other) =>
        other is not null
        && SourceNamespace == other.SourceNamespace && Source == other.Source && SourceKind == other.SourceKind
        && DestinationNamespace == other.DestinationNamespace && Destination == other.Destination && DestinationKind == other.DestinationKind
        && Verdict == other.Verdict && Ports.Equals(other.Ports);

    public override bool Equals(object? obj) => Equals(obj as NetPolConnection);

    public override int GetHashCode() => HashCode.Combine(SourceNamespace, Source, SourceKind, DestinationNamespace, Destination, DestinationKind, Ports);

    /// <summary><c>shop/web -> shop/api: TCP 5000</c>.</summary>
    public override string ToString() => $"{Qualified(SourceNamespace, Source)} -> {Qualified(DestinationNamespace, Destination)}: {Ports}";

    /// <summary><c>shop/web</c>; addresses have no namespace.</summary>
    internal static string Qualified(string ns, string name) => ns.Length == 0 ? name : $"{ns}/{name}";

    internal static (string Namespace, string Name, string Kind) Parts(ConnectionEnd end) =>
        end.Addresses is not null ? ("", end.Addresses, AddressesKind) : (end.Namespace!, end.Name!, end.Kind!);
}
