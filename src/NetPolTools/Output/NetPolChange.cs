using NetPolTools.Difference;
using NetPolTools.Sets;

namespace NetPolTools.Output;

/// <summary>What differs between two inputs: a connection opened, closed or changed in its ports, or an end that came or went.</summary>
public sealed class NetPolChange
{
    internal NetPolChange(ConnectionChange change)
    {
        Change = change.Kind.ToString();
        (SourceNamespace, Source, SourceKind) = NetPolConnection.Parts(change.Source);
        (DestinationNamespace, Destination, DestinationKind) = NetPolConnection.Parts(change.Destination);
        PortsBefore = new NetPolPorts(change.Before);
        PortsAfter = new NetPolPorts(change.After);
        PortsOpened = new NetPolPorts(change.Opened);
        PortsClosed = new NetPolPorts(change.Closed);
        SourceStatus = change.SourceStatus.ToString();
        DestinationStatus = change.DestinationStatus.ToString();
        Policies = NetPolList.Names(change.Policies.Select(static policy => policy.ToString()));
        Notes = NetPolList.Notes(change.Notes);
    }

    internal NetPolChange(EndChange change)
    {
        Change = change.Status.ToString();
        (SourceNamespace, Source, SourceKind) = NetPolConnection.Parts(change.End);
        SourceStatus = Change;
    }

    /// <summary>Opened, Closed or Changed for a connection; Added or Removed for an end, which stands as the source.</summary>
    public string Change { get; }

    /// <summary>Empty for addresses outside the cluster.</summary>
    public string SourceNamespace { get; }

    /// <summary>The workload's, pod's or namespace's name, or a range of addresses.</summary>
    public string Source { get; }

    /// <summary>Deployment, Pod and so on; Addresses for addresses outside the cluster.</summary>
    public string SourceKind { get; }

    /// <inheritdoc cref="SourceNamespace"/>
    public string DestinationNamespace { get; } = "";

    /// <inheritdoc cref="Source"/>
    public string Destination { get; } = "";

    /// <inheritdoc cref="SourceKind"/>
    public string DestinationKind { get; } = "";

    /// <summary>Pod ports allowed in the reference.</summary>
    public NetPolPorts PortsBefore { get; } = new(PortSet.None);

    /// <summary>Pod ports allowed in the difference.</summary>
    public NetPolPorts PortsAfter { get; } = new(PortSet.None);

    /// <summary>Those allowed only in the difference.</summary>
    public NetPolPorts PortsOpened { get; } = new(PortSet.None);

    /// <summary>Those allowed only in the reference.</summary>
    public NetPolPorts PortsClosed { get; } = new(PortSet.None);

    /// <summary>What came with +, what went with -: <c>+TCP 443 -TCP 80</c>.</summary>
    public string Ports => string.Join(' ', new[] { (Sign: '+', Changed: PortsOpened), (Sign: '-', Changed: PortsClosed) }
        .Where(static part => !part.Changed.Set.IsEmpty).Select(static part => $"{part.Sign}{part.Changed}"));

    /// <summary>Kept, or Added or Removed where the source is on one side only.</summary>
    public string SourceStatus { get; }

    /// <summary>Likewise of the destination.</summary>
    public string DestinationStatus { get; } = nameof(EndStatus.Kept);

    /// <summary>The policies responsible: <c>+shop/web</c> for added, <c>-shop/web</c> for removed, <c>~shop/web</c> for changed.</summary>
    public NetPolList<string> Policies { get; } = NetPolList.Empty;

    /// <summary>What else is the reason, and what the answer depends on that a reader would not expect.</summary>
    public NetPolList<string> Notes { get; } = NetPolList.Empty;

    /// <summary>Kinds of policies in the input that may decide traffic too and are not evaluated: <c>CiliumNetworkPolicy (cilium.io/v2)</c>.</summary>
    public NetPolList<string> NotEvaluated { get; internal init; } = NetPolList.Empty;

    /// <summary><c>Changed shop/web -> shop/api: TCP 80 -> TCP 80,443</c>, or <c>Added shop/cache</c>.</summary>
    public override string ToString()
    {
        var source = NetPolConnection.Qualified(SourceNamespace, Source);
        return Destination.Length == 0
            ? $"{Change} {source}"
            : $"{Change} {source} -> {NetPolConnection.Qualified(DestinationNamespace, Destination)}: {PortsBefore} -> {PortsAfter}";
    }
}
