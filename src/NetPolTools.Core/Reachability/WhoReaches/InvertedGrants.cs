using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <param name="grants">Subjects and the ports that they are allowed with one set of peers.</param>
/// <param name="unions">Scratch space for unions.</param>
internal delegate T MakeGrantors<out T>(ReadOnlySpan<(PortSet Ports, IndexSet Subjects)> grants, IndexSetAccumulator unions);

/// <summary>Inverted index of one direction: for an endpoint, the subjects whose rules name it as a peer. Immutable.</summary>
/// <typeparam name="T">What is kept of the subjects whose rules name one peer set.</typeparam>
internal sealed class InvertedGrants<T>
{
    private const int FewestSets = 1024;

    private readonly T[] _grantors;
    private readonly bool[] _isShared;

    /// <summary>By class, the positions of the peer sets that it is in.</summary>
    private readonly GroupedArray<int> _of;

    /// <param name="rules">Of a direction.</param>
    /// <param name="classes">Of the endpoints.</param>
    /// <param name="endpointCount">How many endpoints there are.</param>
    /// <param name="make">Makes what is kept of one peer set.</param>
    public InvertedGrants(DirectionRules rules, EndpointClasses classes, int endpointCount, MakeGrantors<T> make)
    {
        (var sets, _isShared, var grants) = BySet(rules);
        _grantors = new T[sets.Count];
        var bounds = ParallelParts.Bounds(sets.Count, FewestSets);
        ParallelParts.ForEachPart(
            bounds.Length - 1,
            part =>
            {
                var unions = new IndexSetAccumulator(endpointCount);
                for (var s = bounds[part]; s < bounds[part + 1]; s++)
                    _grantors[s] = make(grants[s], unions);
            },
            CancellationToken.None);

        _of = classes.PositionsIn(sets);
    }

    /// <summary>The positions of the peer sets that a class is in; each has its grantors at <see cref="this"/>.</summary>
    public ReadOnlySpan<int> SetsWith(int peer) => _of[peer];

    public T this[int position] => _grantors[position];

    /// <summary>Whether what is at a position is granted by shared blocks, which some of the grantors have only for other peers.</summary>
    public bool IsShared(int position) => _isShared[position];

    /// <summary>What blocks grant to whom, turned over.</summary>
    /// <returns>The sets of peers, each once for shared blocks and once for others, and to whom each is granted.</returns>
    private static (List<IndexSet> Sets, bool[] IsShared, GroupedArray<(PortSet Ports, IndexSet Subjects)> Grants) BySet(DirectionRules rules)
    {
        var numbersOf = new Dictionary<IndexSet, int>(ReferenceEqualityComparer.Instance);
        var numbersOfShared = new Dictionary<IndexSet, int>(ReferenceEqualityComparer.Instance);
        var sets = new List<IndexSet>();
        var isShared = new ArrayBuilder<bool>();
        var found = new ArrayBuilder<(int Set, PortSet Ports, IndexSet Subjects)>();
        foreach (var block in rules.Blocks)
        {
            var subjects = rules.SubjectsOf(block.Number);
            var numbers = block.IsShared ? numbersOfShared : numbersOf;
            foreach (var (ports, peers) in block.Entries)
            {
                if (!numbers.TryGetValue(peers, out var set))
                {
                    numbers.Add(peers, set = sets.Count);
                    sets.Add(peers);
                    isShared.Add(block.IsShared);
                }

                found.Add((set, ports, subjects));
            }
        }

        var grants = new GroupedArray<(PortSet, IndexSet)>(sets.Count);
        foreach (var pass in grants.Filling)
        {
            foreach (var (set, ports, subjects) in found.Items)
                pass.Add(set, (ports, subjects));
        }

        return (sets, isShared.Items.ToArray(), grants);
    }
}
