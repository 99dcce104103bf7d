using NetPolTools.Reachability;

namespace NetPolTools.Authoring.Inference;

/// <summary>
/// The pods of a cluster as the traffic asked for tells them apart: pods of one atom have the same labels and belong to the same ends. Numbered from 0.
/// </summary>
internal sealed class TrafficAtoms
{
    private readonly EndpointTable _endpoints;
    private readonly int[] _atomOf;
    private readonly List<int> _nodeOf = [];
    private readonly List<List<int>> _pods = [];
    private readonly List<int>[] _ofNode;

    public TrafficAtoms(EndpointTable endpoints, TrafficNodes nodes, IEnumerable<TrafficEnd> ends)
    {
        _endpoints = endpoints;
        var endsOf = new List<int>?[endpoints.SelectableCount];
        var number = 0;
        foreach (var end in ends)
        {
            foreach (var pod in end.Pods)
                (endsOf[pod] ??= []).Add(number);
            number++;
        }

        _atomOf = new int[endpoints.SelectableCount];
        _ofNode = [.. Enumerable.Range(0, nodes.ClassCount).Select(static _ => new List<int>())];
        var atoms = new Dictionary<(int Node, string Ends), int>();
        for (var pod = 0; pod < _atomOf.Length; pod++)
        {
            var node = nodes.OfPod(endpoints[pod], pod);
            var key = (node, endsOf[pod] is { } inEnds ? string.Join(',', inEnds) : "");
            if (!atoms.TryGetValue(key, out var atom))
            {
                atoms.Add(key, atom = _pods.Count);
                _pods.Add([]);
                _nodeOf.Add(node);
                _ofNode[node].Add(atom);
            }

            _pods[atom].Add(pod);
            _atomOf[pod] = atom;
        }
    }

    public int Count => _pods.Count;

    public int OfPod(int pod) => _atomOf[pod];

    /// <summary>The class its pods belong to.</summary>
    public int NodeOf(int atom) => _nodeOf[atom];

    public IReadOnlyList<int> PodsOf(int atom) => _pods[atom];

    /// <summary>The atoms that make up a class: no selector tells them apart.</summary>
    public IReadOnlyList<int> OfNode(int node) => _ofNode[node];

    /// <summary>Whether it is one running pod, which needs no rule to reach itself.</summary>
    public bool IsOnePod(int atom) => _pods[atom].Count == 1 && _endpoints[_pods[atom][0]].PodName is not null;

    /// <summary>The workload or pod that people know it by.</summary>
    public string NameOf(int atom)
    {
        var endpoint = _endpoints[_pods[atom][0]];
        var siblings = endpoint.PodName is not null
            && _ofNode[_nodeOf[atom]].Any(other => other != atom && _endpoints[_pods[other][0]].Owner == endpoint.Owner);
        return siblings ? $"{endpoint.Namespace}/{endpoint.PodName}[Pod]" : $"{endpoint.Namespace}/{endpoint.Owner.Name}[{endpoint.Owner.Kind}]";
    }
}
