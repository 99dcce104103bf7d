using NetPolTools.Diagnostics;

namespace NetPolTools.Live;

/// <summary>What the watch of a kind tells, each on a thread of its own.</summary>
internal interface IWatchNews
{
    /// <summary>Objects came, went or became others.</summary>
    /// <param name="diagnostics">What is wrong with them.</param>
    void Changed(IReadOnlyList<Diagnostic> diagnostics);

    /// <summary>The user may not watch a kind; it stays as it was.</summary>
    void Refused(ClusterKind kind, string message);

    /// <summary>The cluster does not answer.</summary>
    void Lost(KindWatch watch, string message);

    /// <summary>It does again.</summary>
    void Back(KindWatch watch);
}
