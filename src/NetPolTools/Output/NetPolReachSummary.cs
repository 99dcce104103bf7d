using NetPolTools.Summaries;

namespace NetPolTools.Output;

/// <summary>With how many others a workload, or one of its pods where policies tell them apart, may talk on some port, as far as policies decide.</summary>
public sealed class NetPolReachSummary
{
    internal NetPolReachSummary(ReachSummary summary)
    {
        (Namespace, Workload, Kind) = NetPolConnection.Parts(summary.End);
        (ReachedBy, ReachedByAtMost) = (summary.ReachedBy.Workloads, summary.ReachedBy.WorkloadsAtMost);
        (FromOutside, FromOutsideAtMost) = (summary.ReachedBy.Outside.ToString(), summary.ReachedBy.OutsideAtMost.ToString());
        (Reaches, ReachesAtMost) = (summary.Reaches.Workloads, summary.Reaches.WorkloadsAtMost);
        (ToOutside, ToOutsideAtMost) = (summary.Reaches.Outside.ToString(), summary.Reaches.OutsideAtMost.ToString());
        Text = (summary.ReachedBy.WorkloadsText, summary.ReachedBy.OutsideText, summary.Reaches.WorkloadsText, summary.Reaches.OutsideText);
    }

    public string Namespace { get; }

    /// <summary>The workload's or pod's name.</summary>
    public string Workload { get; }

    /// <summary>Deployment, Pod and so on.</summary>
    public string Kind { get; }

    /// <summary>How many other workloads may reach it.</summary>
    public int ReachedBy { get; }

    /// <summary>The same with those of which nothing in the input tells.</summary>
    public int ReachedByAtMost { get; }

    /// <summary>Whether addresses outside the cluster may reach it: None, Some or Every.</summary>
    public string FromOutside { get; }

    /// <summary>The same with those of which nothing in the input tells.</summary>
    public string FromOutsideAtMost { get; }

    /// <summary>How many other workloads it may reach.</summary>
    public int Reaches { get; }

    /// <summary>The same with those of which nothing in the input tells.</summary>
    public int ReachesAtMost { get; }

    /// <summary>Whether it may reach addresses outside the cluster: None, Some or Every.</summary>
    public string ToOutside { get; }

    /// <summary>The same with those of which nothing in the input tells.</summary>
    public string ToOutsideAtMost { get; }

    /// <summary>Kinds of policies in the input that may decide traffic too and are not evaluated: <c>CiliumNetworkPolicy (cilium.io/v2)</c>.</summary>
    public NetPolList<string> NotEvaluated { get; internal init; } = NetPolList.Empty;

    /// <summary>What the columns of a table show.</summary>
    internal (string ReachedBy, string FromOutside, string Reaches, string ToOutside) Text { get; }

    /// <summary><c>shop/db: reached by 1 workload and none outside, reaches 0 workloads and none outside</c>.</summary>
    public override string ToString() =>
        $"{Namespace}/{Workload}: reached by {Text.ReachedBy} workloads and {Text.FromOutside} outside, "
        + $"reaches {Text.Reaches} workloads and {Text.ToOutside} outside";
}
