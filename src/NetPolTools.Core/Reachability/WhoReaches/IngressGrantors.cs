using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>The subject classes whose ingress rules name one peer set, with the ports granted.</summary>
internal sealed class IngressGrantors
{
    /// <param name="grants">Subjects and the ports that they are allowed with the peers.</param>
    /// <param name="unions">Scratch space for unions.</param>
    public IngressGrantors(ReadOnlySpan<(PortSet Ports, IndexSet Subjects)> grants, IndexSetAccumulator unions)
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
