using NetPolTools.Difference;
using NetPolTools.Objects;
using NetPolTools.Repairing;
using NetPolTools.Snapshot;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>A change of policies or labels after which an intent holds, and what else comes of it.</summary>
/// <param name="Steps">All of them together.</param>
public sealed record Repair(IReadOnlyList<RepairStep> Steps)
{
    /// <summary>What it opens, and was not asked for: on the ports that are more than asked.</summary>
    public IReadOnlyList<ConnectionChange> OpensBesides { get; internal init; } = [];

    /// <summary>What it closes, and was not asked for.</summary>
    public IReadOnlyList<ConnectionChange> ClosesBesides { get; internal init; } = [];

    /// <summary>Of which connections it cannot be told, where it could before, or the other way round.</summary>
    public IReadOnlyList<ConnectionChange> LeavesOpen { get; internal init; } = [];

    /// <summary>The policies that it changes or adds, as they are afterwards.</summary>
    public IReadOnlyList<NetworkPolicy> Policies { get; internal init; } = [];

    /// <summary>
    /// Whether it changes more connections than are told: a change that lets in thousands of others is none that anybody would make, and no more of them are
    /// looked for than that takes to see.
    /// </summary>
    public bool IsCut { get; internal init; }

    /// <summary>How many connections it changes that were not asked for; where it is cut, how many of them are told.</summary>
    public int SideEffects => OpensBesides.Count + ClosesBesides.Count + LeavesOpen.Count;

    /// <summary>The cluster afterwards.</summary>
    internal ClusterSnapshot? Cluster { get; init; }

    internal int Size => Steps.Sum(static step => step.Size);

    /// <summary>What it does besides, in a few words: <c>opens nothing else</c>.</summary>
    public string Effect
    {
        get
        {
            string[] parts =
            [
                .. OpensBesides.Count > 0 ? new[] { $"opens {Wording.Count(OpensBesides.Count, "other connection")}" } : [],
                .. ClosesBesides.Count > 0 ? new[] { $"closes {Wording.Count(ClosesBesides.Count, "other connection")}" } : [],
                .. LeavesOpen.Count > 0 ? new[] { $"leaves open {Wording.Count(LeavesOpen.Count, "other connection")}" } : [],
            ];
            return parts.Length == 0 ? "changes nothing else" : $"{string.Join(" and ", parts)}{(IsCut ? ", and more" : "")}";
        }
    }

    public override string ToString() => string.Join(' ', Steps);
}
