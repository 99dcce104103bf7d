using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// Remembers what large sets have in common: the peers of a rule that many namespaces have, and those with whom its traffic is left to it. Thread safe.
/// </summary>
internal sealed class Intersections
{
    // Smaller sets are intersected faster than looked up.
    private const int FewestWords = 32;

    private readonly ConcurrentDictionary<(IndexSet A, IndexSet B), IndexSet> _known = new(ByReference.Instance);

    public IndexSet Of(IndexSet a, IndexSet b)
    {
        if (Math.Min(a.Words.Length, b.Words.Length) < FewestWords)
            return a.Intersect(b);
        return _known.GetOrAdd((a, b), static pair => pair.A.Intersect(pair.B));
    }

    private sealed class ByReference : IEqualityComparer<(IndexSet A, IndexSet B)>
    {
        public static readonly ByReference Instance = new();

        public bool Equals((IndexSet A, IndexSet B) x, (IndexSet A, IndexSet B) y) => ReferenceEquals(x.A, y.A) && ReferenceEquals(x.B, y.B);

        public int GetHashCode((IndexSet A, IndexSet B) pair) =>
            HashCode.Combine(RuntimeHelpers.GetHashCode(pair.A), RuntimeHelpers.GetHashCode(pair.B));
    }
}
