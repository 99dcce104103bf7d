using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>The classes whose ingress rules speak of one set of peers, and the ports on which they let these in.</summary>
internal sealed class Receivers
{
    /// <param name="grants">Subjects and the ports that they are allowed with the peers.</param>
    /// <param name="unions">To put sets together in.</param>
    public Receivers(ReadOnlySpan<(PortSet Ports, IndexSet Subjects)> grants, IndexSetAccumulator unions)
    {
        Grants = grants.ToArray();
        Any = unions.UnionOf(Array.ConvertAll(Grants, static grant => grant.Subjects));
        SubjectCount = Grants.Sum(static grant => grant.Subjects.Count);
    }

    /// <summary>Subjects may stand in several, with what each allows.</summary>
    public (PortSet Ports, IndexSet Subjects)[] Grants { get; }

    /// <summary>On any ports at all.</summary>
    public IndexSet Any { get; }

    /// <summary>Of all grants.</summary>
    public int SubjectCount { get; }
}
