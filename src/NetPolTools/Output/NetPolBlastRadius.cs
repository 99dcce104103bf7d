using NetPolTools.Paths;

namespace NetPolTools.Output;

/// <summary>How much comes into reach of whoever takes over some workloads, and which single connections cut off most of it.</summary>
public sealed class NetPolBlastRadius
{
    internal NetPolBlastRadius(BlastRadius radius, IReadOnlyList<ChokePoint> chokePoints)
    {
        From = NetPolList.Names(radius.From.Select(static end => end.Addresses ?? $"{end.Namespace}/{end.Name}"));
        var (certain, undetermined) = (radius.WorkloadsByHops, radius.UndeterminedByHops);
        (Workloads, Undetermined, Asked) = (certain.Sum(), undetermined.Sum(), radius.WorkloadsAsked);
        ByHops = NetPolList.Texts(Enumerable.Range(0, Math.Max(certain.Count, undetermined.Count)).Select(hops =>
            new NetPolHopCount(hops + 1, certain.ElementAtOrDefault(hops), undetermined.ElementAtOrDefault(hops))));
        ChokePoints = NetPolList.Texts(chokePoints.Select(static choke => new NetPolChokePoint(choke)));
    }

    /// <summary>The workloads that are taken over, as namespace/name; addresses outside as they were asked for.</summary>
    public NetPolList<string> From { get; }

    /// <summary>How many other workloads, or targets, are in reach.</summary>
    public int Workloads { get; }

    /// <summary>How many more are in reach only by connections of which nothing in the input tells.</summary>
    public int Undetermined { get; }

    /// <summary>How many there are: all other workloads, or the targets.</summary>
    public int Asked { get; }

    /// <summary>The same by hops.</summary>
    public NetPolList<NetPolHopCount> ByHops { get; }

    /// <summary>The single connections without which most would be out of reach; those that cut off most first.</summary>
    public NetPolList<NetPolChokePoint> ChokePoints { get; }

    /// <summary>Kinds of policies in the input that may decide traffic too and are not evaluated: <c>CiliumNetworkPolicy (cilium.io/v2)</c>.</summary>
    public NetPolList<string> NotEvaluated { get; internal init; } = NetPolList.Empty;

    /// <summary><c>shop/web: 2 of 2 in reach</c>, or <c>shop/web: 2 to 3 of 5 in reach</c>.</summary>
    public override string ToString() =>
        $"{From}: {Workloads}{(Undetermined > 0 ? $" to {Workloads + Undetermined}" : "")} of {Asked} in reach";
}

/// <summary>How many workloads come into reach in some number of hops.</summary>
public sealed class NetPolHopCount
{
    internal NetPolHopCount(int hops, int workloads, int undetermined)
    {
        (Hops, Workloads, Undetermined) = (hops, workloads, undetermined);
    }

    /// <summary>From 1.</summary>
    public int Hops { get; }

    public int Workloads { get; }

    /// <summary>How many more, by connections of which nothing in the input tells.</summary>
    public int Undetermined { get; }

    /// <summary><c>2 in 1 hop</c>.</summary>
    public override string ToString() =>
        $"{Workloads}{(Undetermined > 0 ? $" to {Workloads + Undetermined}" : "")} in {(Hops == 1 ? "1 hop" : $"{Hops} hops")}";
}

/// <summary>A connection that lies on every path to some of the workloads in reach.</summary>
public sealed class NetPolChokePoint
{
    internal NetPolChokePoint(ChokePoint choke)
    {
        Connection = new NetPolExplainedConnection(choke.Connection, choke.Explanation);
        (Cuts, MayRemain) = (choke.Cuts, choke.MayRemain);
    }

    /// <summary>How many workloads or targets are out of reach without it, as far as the input decides.</summary>
    public int Cuts { get; }

    /// <summary>How many of these may still be in reach without it, by connections of which nothing in the input tells.</summary>
    public int MayRemain { get; }

    /// <summary>With the rules that allow it.</summary>
    public NetPolExplainedConnection Connection { get; }

    /// <summary><c>shop/web -> shop/api: TCP 5000 (cuts off 2)</c>.</summary>
    public override string ToString() => $"{Connection} (cuts off {(MayRemain > 0 ? $"{Cuts - MayRemain} to " : "")}{Cuts})";
}
