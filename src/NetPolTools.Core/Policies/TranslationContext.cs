using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Snapshot;

namespace NetPolTools.Policies;

/// <summary>What a dialect translates its policies from, and where it reports what it meets.</summary>
/// <param name="snapshot">The cluster.</param>
/// <param name="layout">The engine that enforces the policies.</param>
/// <param name="takesPart">Whether the engine enforces an object; what it does not enforce is not translated.</param>
public sealed class TranslationContext(ClusterSnapshot snapshot, EngineLayout layout, Func<PolicyObject, bool> takesPart)
{
    private readonly List<Diagnostic> _diagnostics = [];

    public ClusterSnapshot Snapshot { get; } = snapshot;

    public EngineLayout Layout { get; } = layout;

    /// <summary>What was reported, in this order.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>The objects of one type that take part, in the order of the snapshot.</summary>
    public IEnumerable<T> Objects<T>()
        where T : PolicyObject => Snapshot.PolicyObjects.Where(takesPart).OfType<T>();

    public void Report(Diagnostic diagnostic) => _diagnostics.Add(diagnostic);
}
