using System.Collections.Concurrent;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// Endpoints that no rule of some policies tells apart as peers stand together as one atom. There are as many atoms as there are kinds of peers and not as
/// endpoints, so that walking through tiers takes time by what policies say and not by the size of the cluster. Thread safe.
/// </summary>
internal sealed class PeerAtoms
{
    /// <summary>Null where each endpoint is an atom of its own.</summary>
    private readonly EndpointClasses? _classes;

    /// <summary>By endpoint, the number of its atom.</summary>
    private readonly int[] _numbers = [];

    /// <summary>By atom, its endpoints.</summary>
    private readonly IndexSet[] _members = [];
    private readonly ConcurrentDictionary<IndexSet, IndexSet> _known = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<IndexSet, IndexSet> _expanded = [];
    private readonly ConcurrentDictionary<CompiledPolicy, CompiledPolicy> _policies = new(ReferenceEqualityComparer.Instance);

    /// <param name="policies">With the rules that tell peers apart.</param>
    /// <param name="endpointCount">How many endpoints there are.</param>
    public PeerAtoms(IEnumerable<CompiledPolicy> policies, int endpointCount)
    {
        var sets = policies.SelectMany(static policy => policy.Rules)
            .SelectMany(static rule => rule.Pieces.Select(static piece => piece.Peers).Append(rule.Peers))
            .SelectMany(static peers => new[] { peers.Must, peers.May })
            .ToHashSet<IndexSet>(ReferenceEqualityComparer.Instance);
        _classes = EndpointClasses.Refine(endpointCount, endpointCount, [.. sets]);
        _numbers = new int[endpointCount];
        var members = new List<IndexSet.Builder>();
        for (var endpoint = 0; endpoint < endpointCount; endpoint++)
        {
            var first = _classes.ClassOf(endpoint);
            if (first == endpoint)
            {
                _numbers[endpoint] = members.Count;
                members.Add(new IndexSet.Builder());
            }

            var atom = _numbers[endpoint] = _numbers[first];
            members[atom].Add(endpoint);
        }

        _members = [.. members.Select(static builder => builder.Build())];
        All = IndexSet.Range(0, _members.Length);
    }

    private PeerAtoms(IndexSet everyone) => All = everyone;

    public IndexSet All { get; }

    /// <summary>Each endpoint by itself.</summary>
    /// <param name="everyone">All of them.</param>
    public static PeerAtoms Single(IndexSet everyone) => new(everyone);

    /// <summary>The policy with atoms for its peers; who its subjects are stays.</summary>
    public CompiledPolicy Of(CompiledPolicy policy) => _classes is null ? policy : _policies.GetOrAdd(policy, static (given, atoms) => given with
    {
        Rules =
        [
            .. given.Rules.Select(rule => rule with
            {
                Peers = atoms.Of(rule.Peers),
                Pieces = [.. rule.Pieces.Select(piece => new RulePiece(atoms.Of(piece.Peers), piece.Ports))],
            }),
        ],
    }, this);

    /// <summary>Who is named by each rule of a policy, in atoms.</summary>
    public IEnumerable<EndpointMatch> PeersOf(CompiledPolicy policy) => Of(policy).Rules.Select(static rule => rule.Peers);

    /// <summary>The atoms that have some of these endpoints among them.</summary>
    public IndexSet Touching(IndexSet endpoints)
    {
        if (_classes is null)
            return endpoints;
        var atoms = new SortedSet<int>();
        foreach (var endpoint in endpoints)
            atoms.Add(_numbers[endpoint]);
        var builder = new IndexSet.Builder();
        foreach (var atom in atoms)
            builder.Add(atom);
        return builder.Build();
    }

    /// <summary>The endpoints of some atoms: one object for equal sets, since what policies come to for many subjects has the same peers.</summary>
    public IndexSet Expand(IndexSet atoms) => _classes is null ? atoms : _expanded.GetOrAdd(atoms, static (atoms, members) =>
    {
        var sets = new List<IndexSet>(atoms.Count);
        foreach (var atom in atoms)
            sets.Add(members[atom]);
        return IndexSet.UnionOf(sets);
    }, _members);

    private EndpointMatch Of(EndpointMatch peers) => peers.IsExact ? new EndpointMatch(Of(peers.Must)) : new EndpointMatch(Of(peers.Must), Of(peers.May));

    /// <summary>Whole atoms. They have the order of their first members.</summary>
    private IndexSet Of(IndexSet peers) => _known.GetOrAdd(peers, static (given, atoms) =>
    {
        var builder = new IndexSet.Builder();
        foreach (var endpoint in given)
        {
            if (atoms._classes!.ClassOf(endpoint) == endpoint)
                builder.Add(atoms._numbers[endpoint]);
        }

        return builder.Build();
    }, this);
}
