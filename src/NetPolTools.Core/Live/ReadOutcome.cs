using NetPolTools.Diagnostics;

namespace NetPolTools.Live;

/// <summary>How an attempt to read something of a cluster ended.</summary>
/// <param name="Message">Of <see cref="ReadStatus.Forbidden"/> and <see cref="ReadStatus.Failed"/>: what the server or the transport said.</param>
public sealed record ReadOutcome(ReadStatus Status, string Message = "")
{
    public static readonly ReadOutcome Read = new(ReadStatus.Read);

    public static readonly ReadOutcome Absent = new(ReadStatus.Absent);

    public static readonly ReadOutcome Expired = new(ReadStatus.Expired, "The server no longer keeps what was asked for.");

    /// <summary>What a failure is told as.</summary>
    public DiagnosticId FailedWith { get; init; } = DiagnosticId.ClusterNotRead;

    /// <summary>Where changes of a list that was read can be had; null for anything else.</summary>
    internal ListPosition? Position { get; init; }
}

public enum ReadStatus
{
    /// <summary>All of it was read.</summary>
    Read,

    /// <summary>The server does not have it.</summary>
    Absent,

    /// <summary>The user may not read it.</summary>
    Forbidden,

    /// <summary>The server no longer has what was asked for: it keeps old versions for some minutes only.</summary>
    Expired,

    /// <summary>The cluster could not be read.</summary>
    Failed,
}
