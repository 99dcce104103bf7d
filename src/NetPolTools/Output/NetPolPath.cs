using NetPolTools.Listing;
using NetPolTools.Paths;

namespace NetPolTools.Output;

/// <summary>How a workload comes into reach of whoever takes over another: a shortest path of allowed connections.</summary>
public sealed class NetPolPath
{
    /// <param name="path">What to show.</param>
    /// <param name="step">Makes the object of a connection of the path.</param>
    internal NetPolPath(WorkloadPath path, Func<Connection, NetPolConnection> step)
    {
        (Namespace, Workload, Kind) = NetPolConnection.Parts(path.Destination);
        (Hops, HopsAtLeast, Verdict) = (path.Hops, path.HopsAtLeast, path.Verdict.ToString());
        Steps = NetPolList.Texts(path.Steps.Select(step));
        Ports = new NetPolPorts(path.Steps is [.., var last] ? last.Ports : Sets.PortSet.None);
        Through = NetPolList.Names(Steps.Select(static connection => NetPolConnection.Qualified(connection.SourceNamespace, connection.Source)));
        Notes = NetPolList.Notes([.. path.Steps.SelectMany(static connection => connection.Notes).Distinct()]);
    }

    public string Namespace { get; }

    /// <summary>The name of the workload or pod in reach.</summary>
    public string Workload { get; }

    /// <summary>Deployment, Pod and so on.</summary>
    public string Kind { get; }

    /// <summary>How many connections the path has; 0 for a start, and where there is no path.</summary>
    public int Hops { get; }

    /// <summary>How many it would have if all is allowed of which nothing in the input tells.</summary>
    public int HopsAtLeast { get; }

    /// <summary>Allowed; Undetermined where the path takes a connection of which nothing in the input tells; Denied for a target out of reach.</summary>
    public string Verdict { get; }

    /// <summary>The ports of the last connection.</summary>
    public NetPolPorts Ports { get; }

    /// <summary>The workloads before it on the path, the start first, as namespace/name.</summary>
    public NetPolList<string> Through { get; }

    /// <summary>The connections of the path, in order.</summary>
    public NetPolList<NetPolConnection> Steps { get; }

    /// <summary>What the verdicts of the connections depend on that a reader would not expect.</summary>
    public NetPolList<string> Notes { get; }

    /// <summary>Kinds of policies in the input that may decide traffic too and are not evaluated: <c>CiliumNetworkPolicy (cilium.io/v2)</c>.</summary>
    public NetPolList<string> NotEvaluated { get; internal init; } = NetPolList.Empty;

    /// <summary><c>shop/web -> shop/api -> shop/db (2 hops)</c>, or <c>shop/db: out of reach</c>.</summary>
    public override string ToString()
    {
        var end = NetPolConnection.Qualified(Namespace, Workload);
        if (Verdict == nameof(Listing.Verdict.Denied))
            return $"{end}: out of reach";
        var hops = Hops == 1 ? "1 hop" : $"{Hops} hops";
        return $"{string.Join(" -> ", Through.Append(end))} ({(Verdict == nameof(Listing.Verdict.Allowed) ? "" : "perhaps ")}{hops})";
    }
}
