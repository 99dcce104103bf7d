using NetPolTools.Authoring.Selecting;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Authoring.Inference;

/// <summary>
/// Numbers what policies can name inside a cluster: first the classes of pods with the same labels, by namespace; then the namespaces as wholes.
/// </summary>
internal sealed class TrafficNodes
{
    private readonly string[] _names;
    private readonly LabelClasses[] _classes;
    private readonly SelectorChooser[] _selectors;
    private readonly int[] _firstClass;
    private readonly Dictionary<string, int> _positions = [];

    public TrafficNodes(EndDirectory directory)
    {
        _names = [.. directory.Snapshot.Namespaces.Select(static ns => ns.Name)];
        _classes = [.. _names.Select(name => new LabelClasses(name, directory.Endpoints))];
        _selectors = [.. _classes.Select(static classes => new SelectorChooser(classes))];
        _firstClass = new int[_names.Length + 1];
        for (var i = 0; i < _names.Length; i++)
        {
            _positions.Add(_names[i], i);
            _firstClass[i + 1] = _firstClass[i] + _classes[i].Count;
        }
    }

    public int ClassCount => _firstClass[^1];

    public int Count => ClassCount + _names.Length;

    /// <summary>The number of a namespace as a whole.</summary>
    public int OfNamespace(string name) => ClassCount + _positions[name];

    /// <summary>The number of the class of a selectable pod.</summary>
    public int OfPod(Endpoint endpoint, int number)
    {
        var position = _positions[endpoint.Namespace];
        return _firstClass[position] + _classes[position].Of(number);
    }

    public bool IsNamespace(int node) => node >= ClassCount;

    public string NamespaceOf(int node) => _names[PositionOf(node)];

    /// <summary>The number of the namespace that a class lies in; a namespace lies in none but itself.</summary>
    public int NamespaceNodeOf(int node) => ClassCount + PositionOf(node);

    /// <summary>The nodes of a namespace: its classes, and at last itself.</summary>
    public IEnumerable<int> In(string name)
    {
        var position = _positions[name];
        return Enumerable.Range(_firstClass[position], _classes[position].Count).Append(ClassCount + position);
    }

    /// <summary>The classes among nodes, by namespace, as each namespace numbers them.</summary>
    /// <param name="nodes">Ascending, so the namespaces come in order.</param>
    public IEnumerable<(string Namespace, IndexSet Classes)> ByNamespace(IndexSet nodes)
    {
        for (var i = 0; i < _names.Length; i++)
        {
            var classes = nodes.Slice(_firstClass[i], _firstClass[i + 1]);
            if (!classes.IsEmpty)
                yield return (_names[i], Shift(classes, -_firstClass[i]));
        }
    }

    public SelectorChooser SelectorsOf(string name) => _selectors[_positions[name]];

    /// <summary>The number of a class as its namespace numbers it.</summary>
    public int LocalOf(int node) => node - _firstClass[PositionOf(node)];

    public string LabelsOf(int node) => _classes[PositionOf(node)].LabelsOf(LocalOf(node)).ToString();

    private int PositionOf(int node)
    {
        if (IsNamespace(node))
            return node - ClassCount;
        var at = Array.BinarySearch(_firstClass, node);
        if (at < 0)
            return ~at - 1;

        // A namespace without pods begins where the next one does.
        while (_firstClass[at + 1] == node)
            at++;
        return at;
    }

    private static IndexSet Shift(IndexSet set, int by)
    {
        if (by == 0)
            return set;
        var builder = new IndexSet.Builder();
        foreach (var member in set)
            builder.Add(member + by);
        return builder.Build();
    }
}
