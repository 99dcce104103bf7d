using NetPolTools.Objects;

namespace NetPolTools.Causes;

/// <summary>Parts of two states of a cluster that can be undone one by one, by numbers; those of one name are one part.</summary>
internal interface IPairedParts
{
    /// <summary>How many there are, those of both states once.</summary>
    int Count { get; }

    /// <summary>Which can matter, in one of the states at least.</summary>
    bool[] Relevant(RelevantObjects relevant);

    /// <summary>Which are not the same in both states.</summary>
    /// <param name="asked">Those that are compared, the others count as the same; null for all.</param>
    bool[] Changed(bool[]? asked);

    /// <summary>What makes a part in the earlier state; nothing where it is not there.</summary>
    KubernetesObject[] Before(int part);

    /// <summary>The same of the later one.</summary>
    KubernetesObject[] After(int part);

    /// <summary>The name of a part.</summary>
    ObjectReference Reference(int part);
}
