using NetPolTools.Diagnostics;
using NetPolTools.Sets;

namespace NetPolTools.Asking;

/// <summary>Whether the one may reach the other.</summary>
/// <param name="IsAllowed">On at least one of the ports asked about.</param>
/// <param name="Ports">Those of the ports asked about that are allowed.</param>
/// <param name="Example">Two endpoints, by their numbers in the map, that the answer was found with.</param>
/// <param name="Because">Why no policy was asked; null where policies decide.</param>
public sealed record ReachabilityAnswer(bool IsAllowed, PortSet Ports, (int Source, int Destination) Example, string? Because)
{
    /// <summary>Where none of the ports asked about is allowed: those of them of which nothing in the input tells whether they are.</summary>
    public PortSet Undetermined { get; init; } = PortSet.None;

    /// <summary>Whether nothing in the input tells the answer.</summary>
    public bool IsUndetermined => !IsAllowed && !Undetermined.IsEmpty;

    /// <summary>The ports of the example's destination that the question is about: those that a Service leads to, where it is about one.</summary>
    public PortSet AskedPorts { get; init; } = PortSet.All;

    /// <summary>How many of the pods behind a Service are reached; null where the question is about no Service.</summary>
    public (int Reached, int All)? ServicePods { get; init; }

    /// <summary>Assumptions behind the answer that may not hold; usually empty.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Why the answer may be wrong: what may decide it too and is not evaluated, or not in the input. Then it is none to rely on.</summary>
    public IReadOnlyList<AnswerDoubt> Doubts { get; init; } = [];
}

/// <summary>A reason why an answer may be wrong.</summary>
/// <param name="Id">What kind of reason: <see cref="DiagnosticId.NotEvaluated"/> or <see cref="DiagnosticId.UnknownNamespaceLabels"/>.</param>
/// <param name="Text">A sentence without its full stop.</param>
public sealed record AnswerDoubt(DiagnosticId Id, string Text);
