using NetPolTools.Editing;
using NetPolTools.Objects;
using NetPolTools.Sources;
using NetPolTools.Text;

namespace NetPolTools.Repairing;

/// <summary>One change of one object.</summary>
/// <param name="Kind">What is changed.</param>
/// <param name="Object">The policy, or the workload or pod that gets a label.</param>
/// <param name="Description">An instruction, as a sentence.</param>
public sealed record RepairStep(RepairKind Kind, ObjectReference Object, string Description)
{
    /// <summary>The policy that there is one more of; null for other changes.</summary>
    public NetworkPolicy? NewPolicy { get; internal init; }

    /// <summary>The labels that pods get; empty for changes of policies.</summary>
    public IReadOnlyList<LabelChange> Labels { get; internal init; } = [];

    /// <summary>The same as a patch in JSON Patch's form, written as YAML on one line, for kubectl patch; null where there is none.</summary>
    public string? Patch { get; internal init; }

    /// <summary>What to change in the text of the object; empty where that cannot be said of any text.</summary>
    public IReadOnlyList<SourceEdit> Edits { get; internal init; } = [];

    /// <summary>Where the object stands.</summary>
    public SourceLocation Location { get; internal init; }

    /// <summary>What becomes of the policy.</summary>
    internal Func<NetworkPolicy, NetworkPolicy>? Change { get; init; }

    /// <summary>The pods that get the labels.</summary>
    internal IReadOnlyCollection<ObjectReference> Relabelled { get; init; } = [];

    /// <summary>How much is changed, to be compared.</summary>
    internal int Size => Kind switch
    {
        RepairKind.AddPort => 1,
        RepairKind.AddPeer => 2,
        RepairKind.NarrowRule => 2,
        RepairKind.AddRule => 3,
        RepairKind.AddLabel => 3,
        _ => 6,
    } + Labels.Count;

    public override string ToString() => $"{Object}: {Description}";
}
