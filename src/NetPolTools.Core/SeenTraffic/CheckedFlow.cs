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
/// <param name="Source">Who began it: a workload, or an address.</param>
/// <param name="Destination">Whom it was to reach.</param>
/// <param name="Ports">Those of the traffic that have this outcome.</param>
/// <param name="WasDenied">Whether it was seen as denied by a policy.</param>
/// <param name="Outcome">What becomes of it.</param>
/// <param name="Before">What policies say of it before the change; null where only one state is asked about.</param>
/// <param name="After">What policies say of it.</param>
public sealed record CheckedFlow(
    ConnectionEnd Source, ConnectionEnd Destination, PortSet Ports, bool WasDenied, FlowOutcome Outcome, Verdict? Before, Verdict After)
{
    /// <summary>What the verdict depends on that a reader would not expect.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Which rules decide it now, in both directions.</summary>
    public required Explanation Explanation { get; init; }

    /// <summary>Of denied traffic, the rules and policies that deny it, with their tiers; empty for any other.</summary>
    public IReadOnlyList<DenyingPlace> DeniedBy { get; init; } = [];
}

/// <summary>A rule or policy that denies something.</summary>
/// <param name="Text">With its tier where it has one, and file and line where they are known.</param>
/// <param name="Location">Where it stands.</param>
public sealed record DenyingPlace(string Text, SourceLocation Location);
