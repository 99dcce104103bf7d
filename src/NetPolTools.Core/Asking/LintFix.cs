using NetPolTools.Linting;
using NetPolTools.Snapshot;
using NetPolTools.Sources;

namespace NetPolTools.Asking;

/// <summary>A correction as it would be made in a file.</summary>
/// <param name="Finding">What it mends.</param>
/// <param name="Correction">The correction.</param>
/// <param name="File">The file.</param>
public sealed record LintFix(LintFinding Finding, LintCorrection Correction, string File)
{
    /// <summary>Why it is not to be made, as a sentence; null where it may be.</summary>
    public string? Refusal { get; internal init; }

    /// <summary>Whether a fix that was made before has mended the finding too.</summary>
    public bool IsMadeAlready { get; internal init; }

    /// <summary>How many connections it opens, at least on some ports.</summary>
    public int Opened { get; internal init; }

    /// <summary>How many connections it closes, at least on some ports.</summary>
    public int Closed { get; internal init; }

    /// <summary>The file afterwards.</summary>
    internal SourceFile? After { get; init; }

    /// <summary>The cluster afterwards.</summary>
    internal ClusterSnapshot? Cluster { get; init; }

    /// <summary><c>NP017 NetworkPolicy shop/web: Name the direction. (closes 3 connections)</c>.</summary>
    public override string ToString() => $"{Finding.Rule.Id} {Finding.Object}: {Correction.Description} ({Effect})";

    /// <summary>What it does to traffic, in a few words.</summary>
    public string Effect => (Opened, Closed) switch
    {
        (0, 0) => "changes no connection",
        (_, 0) => $"opens {Text.Wording.Count(Opened, "connection")}",
        (0, _) => $"closes {Text.Wording.Count(Closed, "connection")}",
        _ => $"opens {Text.Wording.Count(Opened, "connection")} and closes {Text.Wording.Count(Closed, "connection")}",
    };
}
