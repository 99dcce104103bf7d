using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.SeenTraffic;

/// <summary>What becomes of traffic that was seen.</summary>
public enum FlowOutcome
{
    /// <summary>It came about, and policies deny it.</summary>
    Breaks,

    /// <summary>Nothing in the input tells whether policies allow it.</summary>
    Undetermined,

    /// <summary>It was denied, and policies allow it.</summary>
    Opens,

    /// <summary>It stays as it is: what came about is allowed, or was denied before too; what was denied stays denied.</summary>
    Stays,
}

/// <summary>What policies make of traffic that was seen.</summary>
public sealed class CheckedFlow
{
    private readonly Func<Explanation> _explain;

    /// <param name="explain">Works out which rules decide it.</param>
    internal CheckedFlow(Func<Explanation> explain) => _explain = explain;

    /// <summary>Who began it: a workload, or an address.</summary>
    public required ConnectionEnd Source { get; init; }

    /// <summary>Whom it was to reach.</summary>
    public required ConnectionEnd Destination { get; init; }

    /// <summary>Those of the traffic that have this outcome.</summary>
    public required PortSet Ports { get; init; }

    /// <summary>Whether it was seen as denied by a policy.</summary>
    public required bool WasDenied { get; init; }

    /// <summary>What becomes of it.</summary>
    public required FlowOutcome Outcome { get; init; }

    /// <summary>What policies say of it before the change; null where only one state is asked about.</summary>
    public required Verdict? Before { get; init; }

    /// <summary>What policies say of it.</summary>
    public required Verdict After { get; init; }

    /// <summary>What the verdict depends on that a reader would not expect.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Which rules decide it now, in both directions. Worked out when first asked for, by one thread for all traffic of an answer.</summary>
    public Explanation Explanation => field ??= _explain();

    /// <summary>Of denied traffic, the rules and policies that deny it, with their tiers; empty for any other. Worked out like the explanation.</summary>
    public IReadOnlyList<DenyingPlace> DeniedBy => field ??= After == Verdict.Denied ? DenyingPlaces.Of(Explanation, Ports) : [];
}

/// <summary>A rule or policy that denies something.</summary>
/// <param name="Text">With its tier where it has one, and file and line where they are known.</param>
/// <param name="Location">Where it stands.</param>
public sealed record DenyingPlace(string Text, SourceLocation Location);
