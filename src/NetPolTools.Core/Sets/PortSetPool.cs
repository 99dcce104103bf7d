using System.Runtime.InteropServices;

namespace NetPolTools.Sets;

/// <summary>Remembers unions and intersections: a cluster has few distinct port sets, and asks for the same ones a million times. Not thread safe.</summary>
public sealed class PortSetPool
{
    // Where a cluster has many after all, remembering them would cost more than working them out again.
    private const int MostRemembered = 1 << 16;

    // Intermediate unions of long lists are never reused; caching them would fill the pool.
    private const int MostOneByOne = 16;

    private readonly Dictionary<PortSet, PortSet> _sets = new(SetComparer.Instance);
    private readonly Dictionary<long, PortSet> _ranges = [];
    private readonly Dictionary<(PortSet, PortSet), PortSet> _unions = new(PairComparer.Instance);
    private readonly Dictionary<(PortSet, PortSet), PortSet> _intersections = new(PairComparer.Instance);

    /// <summary>The one object for this content.</summary>
    public PortSet Intern(PortSet set)
    {
        if (_sets.Count >= MostRemembered)
            _sets.Clear();
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_sets, set, out _);
        return known ??= set;
    }

    /// <inheritdoc cref="PortSet.Of(Protocol, int, int)"/>
    public PortSet Of(Protocol protocol, int first, int last)
    {
        if (first < PortSet.MinPort || last > PortSet.MaxPort || last < first)
            return PortSet.Of(protocol, first, last);
        if (_ranges.Count >= MostRemembered)
            _ranges.Clear();
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_ranges, ((long)protocol << 32) | ((long)first << 16) | (uint)last, out _);
        return known ??= Intern(PortSet.Of(protocol, first, last));
    }

    public PortSet Union(PortSet a, PortSet b)
    {
        if (ReferenceEquals(a, b) || b.IsEmpty)
            return a;
        if (a.IsEmpty)
            return b;
        return Remember(_unions, a, b, static (a, b) => a.Union(b));
    }

    /// <inheritdoc cref="PortSet.UnionOf"/>
    public PortSet UnionOf(ReadOnlySpan<PortSet> sets)
    {
        if (sets.Length > MostOneByOne)
            return Intern(PortSet.UnionOf(sets.ToArray()));
        var union = PortSet.None;
        foreach (var set in sets)
            union = Union(union, set);
        return union;
    }

    public PortSet Intersect(PortSet a, PortSet b)
    {
        if (ReferenceEquals(a, b) || ReferenceEquals(b, PortSet.All))
            return a;
        if (ReferenceEquals(a, PortSet.All))
            return b;
        return Remember(_intersections, a, b, static (a, b) => a.Intersect(b));
    }

    private PortSet Remember(Dictionary<(PortSet, PortSet), PortSet> known, PortSet a, PortSet b, Func<PortSet, PortSet, PortSet> make)
    {
        if (known.TryGetValue((a, b), out var result))
            return result;
        if (known.Count >= MostRemembered)
            known.Clear();
        known.Add((a, b), result = Intern(make(a, b)));
        return result;
    }

    /// <summary>Equal sets, of which one counts ICMP and the other does not, are two.</summary>
    private sealed class SetComparer : IEqualityComparer<PortSet>
    {
        public static readonly SetComparer Instance = new();

        public bool Equals(PortSet? x, PortSet? y) => ReferenceEquals(x, y) || (x?.CountsIcmp == y?.CountsIcmp && x!.Equals(y));

        public int GetHashCode(PortSet set) => set.GetHashCode();
    }

    private sealed class PairComparer : IEqualityComparer<(PortSet A, PortSet B)>
    {
        public static readonly PairComparer Instance = new();

        public bool Equals((PortSet A, PortSet B) x, (PortSet A, PortSet B) y) =>
            SetComparer.Instance.Equals(x.A, y.A) && SetComparer.Instance.Equals(x.B, y.B);

        public int GetHashCode((PortSet A, PortSet B) pair) => (pair.A.GetHashCode() * 31) + pair.B.GetHashCode();
    }
}
