using NetPolTools.Intents;

namespace NetPolTools.Asking;

/// <summary>What came of intents.</summary>
/// <param name="Results">In the order of the file.</param>
public sealed record IntentReport(IReadOnlyList<IntentResult> Results)
{
    /// <summary>Whether one of them surely does not hold.</summary>
    public bool HasFailed => Results.Any(static result => result.Status == IntentStatus.Failed);

    /// <summary>Whether there is one of which it cannot be told.</summary>
    public bool HasUndetermined => Results.Any(static result => result.Status == IntentStatus.Undetermined);
}
