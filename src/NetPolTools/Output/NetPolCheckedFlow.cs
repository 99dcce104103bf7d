using NetPolTools.Explaining;
using NetPolTools.SeenTraffic;

namespace NetPolTools.Output;

/// <summary>What policies make of traffic that was seen.</summary>
public sealed class NetPolCheckedFlow
{
    internal NetPolCheckedFlow(CheckedFlow flow)
    {
        (SourceNamespace, Source, SourceKind) = NetPolConnection.Parts(flow.Source);
        (DestinationNamespace, Destination, DestinationKind) = NetPolConnection.Parts(flow.Destination);
        Ports = new NetPolPorts(flow.Ports);
        (Outcome, WasDenied, Before, After) = (flow.Outcome.ToString(), flow.WasDenied, flow.Before?.ToString() ?? "", flow.After.ToString());
        DeniedBy = NetPolList.Notes([.. flow.DeniedBy.Select(static place => place.Text)]);
        Location = flow.DeniedBy is [{ Location.IsKnown: true } first, ..] ? first.Location.ToString() : "";
        Notes = NetPolList.Notes(flow.Notes);
        Explanation = flow.Explanation;
    }

    /// <summary>Breaks, Undetermined, Opens or Stays.</summary>
    public string Outcome { get; }

    /// <summary>Empty for addresses outside the cluster.</summary>
    public string SourceNamespace { get; }

    /// <summary>The name of the workload, or an address.</summary>
    public string Source { get; }

    /// <summary>Deployment, Pod and so on; Addresses for addresses.</summary>
    public string SourceKind { get; }

    /// <inheritdoc cref="SourceNamespace"/>
    public string DestinationNamespace { get; }

    /// <inheritdoc cref="Source"/>
    public string Destination { get; }

    /// <inheritdoc cref="SourceKind"/>
    public string DestinationKind { get; }

    /// <summary>Those of the seen ports that have this outcome.</summary>
    public NetPolPorts Ports { get; }

    /// <summary>Whether it was seen as denied by a policy.</summary>
    public bool WasDenied { get; }

    /// <summary>Allowed, Denied or Undetermined before the change; empty where only one state is asked about.</summary>
    public string Before { get; }

    /// <summary>Allowed, Denied or Undetermined.</summary>
    public string After { get; }

    /// <summary>The rules and policies that deny it, with tier, file and line; empty where it is not denied.</summary>
    public NetPolList<string> DeniedBy { get; }

    /// <summary>The place of the first of them, as file:line:column; empty where that is not known.</summary>
    public string Location { get; }

    /// <summary>What the verdict depends on that a reader would not expect.</summary>
    public NetPolList<string> Notes { get; }

    /// <summary>Both directions: which policies isolate, which rules allow, what the nearest rules lack. Reads as text.</summary>
    public Explanation Explanation { get; }

    /// <summary>Kinds of policies in the input that may decide traffic too and are not evaluated: <c>CiliumNetworkPolicy (cilium.io/v2)</c>.</summary>
    public NetPolList<string> NotEvaluated { get; internal init; } = NetPolList.Empty;

    /// <summary><c>shop/web -> shop/db: TCP 3306 (Breaks)</c>.</summary>
    public override string ToString() =>
        $"{NetPolConnection.Qualified(SourceNamespace, Source)} -> {NetPolConnection.Qualified(DestinationNamespace, Destination)}: {Ports} ({Outcome})";
}
