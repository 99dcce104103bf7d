using NetPolTools.Reading;

namespace NetPolTools.Live;

/// <summary>How an attempt to list a kind ended.</summary>
/// <param name="Message">Of <see cref="ListStatus.Forbidden"/> and <see cref="ListStatus.Failed"/>: what the server or the transport said.</param>
public sealed record ListOutcome(ListStatus Status, string Message = "")
{
    public static readonly ListOutcome Read = new(ListStatus.Read);

    public static readonly ListOutcome Absent = new(ListStatus.Absent);

    /// <summary>What a failure is told as.</summary>
    public DiagnosticId FailedWith { get; init; } = DiagnosticId.ClusterNotRead;
}

public enum ListStatus
{
    /// <summary>All of it was read.</summary>
    Read,

    /// <summary>The server does not have the kind.</summary>
    Absent,

    /// <summary>The user may not list the kind.</summary>
    Forbidden,

    /// <summary>The cluster could not be read.</summary>
    Failed,
}
