using System.Collections.Immutable;

namespace NetPolTools.Policies;

/// <summary>Compares ports by what terms say, in the order in which they say it.</summary>
internal sealed class PortTermComparer : IEqualityComparer<PortTerm>
{
    public static readonly PortTermComparer Instance = new();

    public bool Equals(PortTerm? x, PortTerm? y) => ReferenceEquals(x, y) || (x, y) switch
    {
        (PortTerm.AllOf a, PortTerm.AllOf b) => Equals(a.Parts, b.Parts),
        (PortTerm.AnyOf a, PortTerm.AnyOf b) => Equals(a.Parts, b.Parts),
        (PortTerm.Not a, PortTerm.Not b) => Equals(a.Part, b.Part),
        _ => x is not null && x.Equals(y),
    };

    public int GetHashCode(PortTerm term) => term switch
    {
        PortTerm.AllOf all => HashOf(all.Parts, 1),
        PortTerm.AnyOf any => HashOf(any.Parts, 2),
        PortTerm.Not not => HashCode.Combine(3, GetHashCode(not.Part)),
        PortTerm.Range range => HashCode.Combine(range.Protocol, range.First, range.Last),
        _ => term.GetHashCode(),
    };

    private bool Equals(ImmutableArray<PortTerm> a, ImmutableArray<PortTerm> b) => a.AsSpan().SequenceEqual(b.AsSpan(), this);

    private int HashOf(ImmutableArray<PortTerm> parts, int seed)
    {
        foreach (var part in parts)
            seed = HashCode.Combine(seed, GetHashCode(part));
        return seed;
    }
}
