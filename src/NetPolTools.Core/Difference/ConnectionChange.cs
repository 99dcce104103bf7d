using NetPolTools.Listing;
using NetPolTools.Sets;

namespace NetPolTools.Difference;

public enum ChangeKind
{
    Opened,
    Closed,
    Changed,
}

/// <summary>A connection that policies allow on other ports than before.</summary>
/// <param name="Before">Pod ports; none where nothing was allowed, also since an end was not there.</param>
/// <param name="After">Likewise, and not the same.</param>
public sealed record ConnectionChange(ConnectionEnd Source, ConnectionEnd Destination, PortSet Before, PortSet After)
{
    public ChangeKind Kind =>
        Before.Equals(After) ? ChangeKind.Changed : Before.IsEmpty ? ChangeKind.Opened : After.IsEmpty ? ChangeKind.Closed : ChangeKind.Changed;

    public PortSet Opened => After.Except(Before);

    public PortSet Closed => Before.Except(After);

    /// <summary>Pod ports of which it could not be told whether they were allowed.</summary>
    public PortSet UndeterminedBefore { get; init; } = PortSet.None;

    /// <summary>Pod ports of which it cannot be told whether they are allowed. Where these alone differ, the change opens and closes nothing for
    /// sure.</summary>
    public PortSet UndeterminedAfter { get; init; } = PortSet.None;

    /// <summary>Not Kept where the connection came or went with its source.</summary>
    public EndStatus SourceStatus { get; init; }

    /// <summary>Not Kept where the connection came or went with its destination.</summary>
    public EndStatus DestinationStatus { get; init; }

    /// <summary>
    /// The policies that select an end in the direction that changed, and that are not the same on both sides; of policies with an order those alone that
    /// decide otherwise than before at a port that changed.
    /// </summary>
    public IReadOnlyList<PolicyChange> Policies { get; init; } = [];

    /// <summary>What else is the reason, and what the answer depends on that a reader would not expect.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
