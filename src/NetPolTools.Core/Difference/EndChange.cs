using NetPolTools.Listing;

namespace NetPolTools.Difference;

/// <summary>Whether an end of a connection is there on both sides.</summary>
public enum EndStatus
{
    Kept,
    Added,
    Removed,
}

/// <summary>A workload, pod or namespace that came or went.</summary>
public sealed record EndChange(ConnectionEnd End, EndStatus Status);
