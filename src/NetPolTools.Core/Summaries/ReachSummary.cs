using NetPolTools.Listing;

namespace NetPolTools.Summaries;

/// <summary>With how many a workload, or one of its pods where policies tell them apart, may talk on some port, as far as policies decide.</summary>
/// <param name="End">The workload or pod.</param>
/// <param name="ReachedBy">Who may reach it.</param>
/// <param name="Reaches">Whom it may reach.</param>
public sealed record ReachSummary(ConnectionEnd End, PeerFigures ReachedBy, PeerFigures Reaches);

/// <summary>How many others there are on the other side. Where nothing in the input decides, the figures lie between the two of each.</summary>
/// <param name="Workloads">How many other workloads have pods among them; those on the host network are counted too.</param>
/// <param name="WorkloadsAtMost">The same with those of which nothing in the input tells; as many where everything is decided.</param>
/// <param name="Outside">Addresses of no pod.</param>
/// <param name="OutsideAtMost">The same with those of which nothing in the input tells.</param>
public readonly record struct PeerFigures(int Workloads, int WorkloadsAtMost, OutsideReach Outside, OutsideReach OutsideAtMost)
{
    /// <summary><c>12</c>, or <c>12 to 15</c> where nothing in the input tells of three.</summary>
    public string WorkloadsText => Workloads == WorkloadsAtMost ? $"{Workloads}" : $"{Workloads} to {WorkloadsAtMost}";

    /// <summary><c>some</c>, or <c>none to some</c>.</summary>
    public string OutsideText => Outside == OutsideAtMost ? Word(Outside) : $"{Word(Outside)} to {Word(OutsideAtMost)}";

    private static string Word(OutsideReach reach) => reach switch
    {
        OutsideReach.None => "none",
        OutsideReach.Some => "some",
        _ => "every address",
    };
}

/// <summary>How many of the addresses outside the cluster.</summary>
public enum OutsideReach
{
    None,
    Some,
    Every,
}
